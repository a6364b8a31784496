// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "geometry/domain_parameters.h"

#include <deal.II/base/utilities.h>

#include <algorithm>
#include <cmath>

#include "utilities/exceptions.h"
#include "utilities/parameter_entries.h"

namespace dynkin
{
  namespace
  {
    const std::vector<Choice> shapes = {
      {"interval", "lower < v < upper, in dimension 1"},
      {"box", "lower_i < v_i < upper_i, in dimensions 1, 2 and 3"},
      {"ball", "|v - center| < radius with a truly curved surface, in dimensions 2 and 3"},
      {"whole space", "all of R^d; only for problem = theory"}};

    /** Reads Domain/boundary: keeps the walls that are not named. */
    class BoundaryReader
    {
    public:
      BoundaryReader(const std::vector<std::string> &names)
        : names(names)
      {
      }

      void
      read(const std::string &text, std::map<std::string, BoundaryKind> &walls) const
      {
        if (text.find(':') == std::string::npos)
          for (const std::string &name : names)
            walls[name] = kind(text);
        else
          {
            std::vector<std::string> named;
            for (const std::string &pair : dealii::Utilities::split_string_list(text, ','))
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
      const std::vector<std::string> &names;

      BoundaryKind
      kind(const std::string &word) const
      {
        if (word != "absorbing" && word != "reflecting")
          fail("'" + word + "' is no kind of wall");
        return word == "absorbing" ? BoundaryKind::absorbing : BoundaryKind::reflecting;
      }

      std::string
      wall(const std::string &word) const
      {
        for (unsigned int id = 0; id < names.size(); ++id)
          if (word == names[id] || word == std::to_string(id))
            return names[id];
        fail("there is no wall '" + word + "'");
      }

      [[noreturn]] void
      fail(const std::string &reason) const
      {
        std::string known;
        for (unsigned int id = 0; id < names.size(); ++id)
          known += (id > 0 ? ", " : "") + names[id] + " (" + std::to_string(id) + ")";
        throw InputError("Domain/boundary",
                         reason + "; needs absorbing or reflecting for all walls, or pairs '" +
                           names[0] + ": reflecting' separated by ','; the walls are " + known);
      }
    };

    void
    check_ball(const DomainParameters &domain, const unsigned int dimension)
    {
      if (dimension == 1)
        throw InputError("Domain/shape",
                         "needs dimension = 2 or 3; for dimension = 1 use interval or box");
      check_numbers("Domain/center", domain.center, Ranges::any, dimension);
      check_number("Domain/radius", domain.radius, Ranges::positive);
    }

    void
    check_box(const DomainParameters &domain, const unsigned int dimension)
    {
      if (domain.shape == "interval" && dimension != 1)
        throw InputError("Domain/shape", "needs dimension = 1; for dimension = 2 or 3 use box");
      check_numbers("Domain/lower", domain.lower, Ranges::any, dimension);
      check_numbers("Domain/upper", domain.upper, Ranges::any, dimension);
      for (unsigned int i = 0; i < dimension; ++i)
        if (!Ranges::positive.contains(domain.upper[i] - domain.lower[i]))
          throw InputError("Domain/upper",
                           "needs numbers > Domain/lower, but number " + std::to_string(i + 1) +
                             " is not");
    }

    /** An entry of another shape that is set would be ignored: refuse it. */
    void
    check_without_meaning(const std::string &entry, const bool is_set, const std::string &shape)
    {
      if (is_set)
        throw InputError("Domain/" + entry,
                         "has no meaning for Domain/shape = " + shape + ", which needs " +
                           (shape == "ball"          ? "center and radius"
                            : shape == "whole space" ? "nothing else"
                                                     : "lower and upper"));
    }
  } // namespace

  void
  DomainParameters::add_parameters(dealii::ParameterHandler &prm)
  {
    prm.enter_subsection("Domain");
    add_entry(prm, "shape", shape, "Where the process lives.", shapes);
    add_entry(prm,
              "center",
              center,
              "Centre of a ball [length]; `dimension` numbers. Only for Domain/shape = ball. Not "
              "set: the origin.",
              list_pattern(Ranges::any));
    add_entry(prm,
              "radius",
              radius,
              "Radius of a ball, > 0 [length]. Only for Domain/shape = ball, mandatory there.",
              number_pattern(Ranges::positive));
    add_entry(prm,
              "lower",
              lower,
              "Lower ends of an interval or box [length]; `dimension` numbers, each < upper. "
              "Mandatory for Domain/shape = interval and box.",
              list_pattern(Ranges::any));
    add_entry(prm,
              "upper",
              upper,
              "Upper ends of an interval or box [length]; `dimension` numbers, each > lower. "
              "Mandatory for Domain/shape = interval and box.",
              list_pattern(Ranges::any));
    add_entry(prm,
              "exit set",
              exit_set,
              "The wall, left or right, whose probability to be the place of exit is asked for. "
              "Only for problem = theory in dimension 1.",
              text_pattern("the name of a wall"));
    add_entry(
      prm,
      "boundary",
      boundary,
      "What happens at the walls: absorbing (the process is stopped there) or reflecting. "
      "One word for all walls, or pairs `left: reflecting, right: absorbing`, by name or by "
      "boundary id. Walls of an interval: left, right; of a box: left, right, bottom, top, "
      "back, front; of a ball: surface. Not set: absorbing for problem = exit time, which "
      "needs an absorbing wall; reflecting for stationary density, which allows no "
      "absorbing wall.",
      text_pattern("absorbing, reflecting, or pairs 'wall: kind' separated by ','"));
    prm.leave_subsection();
  }

  void
  DomainParameters::check(const unsigned int dimension, const BoundaryKind default_kind)
  {
    check_choice("Domain/shape", shape, shapes);
    if (shape == "ball")
      {
        if (center.empty())
          center.assign(dimension, 0.);
        check_ball(*this, dimension);
      }
    else if (shape != "whole space")
      check_box(*this, dimension);
    check_without_meaning("center", shape != "ball" && !center.empty(), shape);
    check_without_meaning("radius", shape != "ball" && radius != 0., shape);
    const bool has_corners = shape == "interval" || shape == "box";
    check_without_meaning("lower", !has_corners && !lower.empty(), shape);
    check_without_meaning("upper", !has_corners && !upper.empty(), shape);

    const auto names = wall_names(dimension);
    walls.clear();
    for (const std::string &name : names)
      walls[name] = default_kind;
    if (!boundary.empty())
      BoundaryReader(names).read(boundary, walls);
  }

  std::vector<std::string>
  DomainParameters::wall_names(const unsigned int dimension) const
  {
    if (shape == "whole space")
      return {};
    if (shape == "ball")
      return {"surface"};
    std::vector<std::string> names = {"left", "right", "bottom", "top", "back", "front"};
    for (unsigned int i = 3; i < dimension; ++i)
      for (const char *side : {"lower ", "upper "})
        names.push_back(side + std::to_string(i + 1));
    names.resize(2 * dimension);
    return names;
  }

  bool
  DomainParameters::contains(const std::vector<double> &point) const
  {
    const double rounding = 1e-12;
    if (shape == "whole space")
      return true;
    if (shape == "ball")
      {
        double distance = 0.;
        for (unsigned int i = 0; i < point.size(); ++i)
          distance = std::hypot(distance, point[i] - center[i]);
        return distance <= radius * (1. + rounding);
      }
    for (unsigned int i = 0; i < point.size(); ++i)
      {
        const double slack = rounding * (upper[i] - lower[i]);
        if (!(point[i] >= lower[i] - slack && point[i] <= upper[i] + slack))
          return false;
      }
    return true;
  }
} // namespace dynkin
