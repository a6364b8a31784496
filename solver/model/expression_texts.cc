// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <algorithm>
#include <cctype>

#include "model/expression.h"
#include "utilities/exceptions.h"

namespace dynkin
{
  namespace
  {
    std::string
    without_spaces(const std::string &text)
    {
      std::string result;
      std::copy_if(text.begin(), text.end(), std::back_inserter(result), [](unsigned char c) {
        return !std::isspace(c);
      });
      return result;
    }

    /** Pieces between separators that are not inside parentheses; nothing for an empty text. */
    std::vector<std::string>
    split(const std::string &text, const char separator)
    {
      if (text.empty())
        return {};
      std::vector<std::string> pieces(1);
      int                      depth = 0;
      for (const char c : text)
        {
          depth += (c == '(') - (c == ')');
          if (c == separator && depth == 0)
            pieces.emplace_back();
          else
            pieces.back() += c;
        }
      return pieces;
    }

    std::map<std::string, double>
    read_constants(const std::string &text)
    {
      std::map<std::string, double> constants;
      for (const std::string &assignment : split(text, ','))
        {
          const std::size_t equals  = assignment.find('=');
          const std::string name    = assignment.substr(0, equals);
          std::size_t       end     = 0;
          double            value   = 0.;
          bool              is_read = equals != std::string::npos && !name.empty() &&
                         std::isalpha(static_cast<unsigned char>(name[0])) &&
                         std::all_of(name.begin(), name.end(), [](const unsigned char c) {
                           return std::isalnum(c) || c == '_';
                         });
          try
            {
              value   = is_read ? std::stod(assignment.substr(equals + 1), &end) : 0.;
              is_read = is_read && equals + 1 + end == assignment.size();
            }
          catch (const std::exception &)
            {
              is_read = false;
            }
          if (!is_read)
            throw InputError("Model/expression/constants",
                             "needs numbers by name, such as \"k=2, s=0.3\", but '" + assignment +
                               "' is none");
          if (name == "x" || name == "y" || name == "z" || name == "eta" ||
              !constants.emplace(name, value).second)
            throw InputError("Model/expression/constants",
                             "needs names that are new, but '" + name + "' is taken");
        }
      return constants;
    }
  } // namespace

  ExpressionTexts::ExpressionTexts(const ExpressionParameters &parameters,
                                   const unsigned int          dimension)
    : constants(read_constants(without_spaces(parameters.constants)))
    , drift(split(without_spaces(parameters.drift), ';'))
  {
    const std::string d = std::to_string(dimension);
    if (drift.size() != dimension)
      throw InputError("Model/expression/drift",
                       "needs " + d + " formulas separated by ';' (dimension = " + d + "), but " +
                         std::to_string(drift.size()) + " are given");

    for (const std::string &row : split(without_spaces(parameters.diffusion), ';'))
      diffusion.push_back(split(row, ','));
    bool is_full = diffusion.size() == dimension, is_triangle = is_full;
    for (unsigned int i = 0; i < diffusion.size(); ++i)
      {
        is_full     = is_full && diffusion[i].size() == dimension;
        is_triangle = is_triangle && diffusion[i].size() == dimension - i;
      }
    if (!is_full && !is_triangle)
      throw InputError("Model/expression/diffusion",
                       "needs " + d + " rows separated by ';', either full (" + d +
                         " formulas each, separated by ',') or from the diagonal on");
    if (!is_full)
      for (unsigned int i = 0; i < dimension; ++i)
        for (unsigned int j = 0; j < i; ++j)
          diffusion[i].insert(diffusion[i].begin() + j, diffusion[j][i]);
    for (unsigned int i = 0; i < dimension; ++i)
      for (unsigned int j = 0; j < i; ++j)
        if (diffusion[i][j] != diffusion[j][i])
          throw InputError("Model/expression/diffusion",
                           "needs a symmetric matrix, but '" + diffusion[i][j] +
                             "' below the diagonal is not '" + diffusion[j][i] + "' above");
  }
} // namespace dynkin
