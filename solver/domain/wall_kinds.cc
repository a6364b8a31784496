// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "domain/wall_kinds.h"

#include <deal.II/base/utilities.h>

#include <algorithm>

#include "utilities/entry_values.h"
#include "utilities/exceptions.h"

namespace dynkin
{
  namespace
  {
    class BoundaryReader
    {
    public:
      BoundaryReader(const std::size_t                n_outer,
                     const std::vector<std::string>  &names,
                     const std::vector<unsigned int> &ids)
        : n_outer(n_outer)
        , names(names)
        , ids(ids)
      {
      }

      void
      read(const std::string &text, std::map<std::string, BoundaryKind> &walls) const
      {
        if (text.find(':') == std::string::npos)
          for (std::size_t k = 0; k < n_outer; ++k)
            walls[names[k]] = kind(text);
        else
          {
            std::vector<std::string> named;
            for (const std::string &pair : split_items(text, ','))
              {
                const auto words = dealii::Utilities::split_string_list(pair, ':');
                if (words.size() != 2)
                  fail("'" + pair + "' is not of the form 'wall: kind'");
                const std::string name = wall(words[0]);
                if (std::find(named.begin(), named.end(), name) != named.end())
                  fail("wall '" + name + "' is named twice");
                named.push_back(name);
                walls[name] = kind(words[1]);
              }
          }
      }

    private:
      const std::size_t                n_outer;
      const std::vector<std::string>  &names;
      const std::vector<unsigned int> &ids;

      BoundaryKind
      kind(const std::string &word) const
      {
        for (const BoundaryKind kind :
             {BoundaryKind::absorbing, BoundaryKind::reflecting, BoundaryKind::periodic})
          if (word == name_of(kind))
            return kind;
        fail("'" + word + "' is no kind of wall");
      }

      std::string
      wall(const std::string &word) const
      {
        if (std::find(names.begin(), names.end(), word) != names.end())
          return word;
        for (unsigned int k = 0; k < names.size(); ++k)
          if (word == std::to_string(ids[k]))
            return names[k];
        fail("there is no wall '" + word + "'");
      }

      [[noreturn]] void
      fail(const std::string &reason) const
      {
        std::string known;
        for (unsigned int k = 0; k < names.size(); ++k)
          known += (k > 0 ? ", " : "") + names[k] + " (" + std::to_string(ids[k]) + ")";
        throw InputError("Domain/boundary",
                         reason +
                           "; needs absorbing, reflecting or periodic for all walls, or pairs '" +
                           names[0] + ": reflecting' separated by ','; the walls are " + known);
      }
    };
  } // namespace

  void
  read_wall_kinds(const std::string                   &boundary,
                  const std::size_t                    n_outer,
                  const std::vector<std::string>      &names,
                  const std::vector<unsigned int>     &ids,
                  std::map<std::string, BoundaryKind> &walls)
  {
    if (names.empty())
      throw InputError("Domain/boundary", "has no meaning for Domain/shape = whole space");
    BoundaryReader(n_outer, names, ids).read(boundary, walls);
  }

  std::string
  name_of(const BoundaryKind kind)
  {
    return kind == BoundaryKind::absorbing    ? "absorbing"
           : kind == BoundaryKind::reflecting ? "reflecting"
                                              : "periodic";
  }
} // namespace dynkin
