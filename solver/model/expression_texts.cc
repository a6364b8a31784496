// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <algorithm>
#include <cctype>
#include <stdexcept>

#include "model/expression_model.h"
#include "model/formula_list.h"
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

    bool
    is_name(const std::string &text)
    {
      return !text.empty() && !std::isdigit(static_cast<unsigned char>(text[0])) &&
             std::all_of(text.begin(), text.end(), [](const unsigned char c) {
               return std::isalnum(c) || c == '_';
             });
    }

    /** Words of the language of formulas, and the learning rate. */
    bool
    is_taken(const std::string &name)
    {
      for (const char *const word : {"x", "y", "z", "eta", "pi", "Pi", "and", "or", "not", "if"})
        if (name == word)
          return true;
      return false;
    }

    /** Each one may use those before it. */
    std::map<std::string, double>
    read_constants(const std::string &text)
    {
      const char *const             entry = "Model/expression/constants";
      std::map<std::string, double> constants;
      for (const std::string &assignment : split_formulas(text, ','))
        {
          const std::size_t equals = assignment.find('=');
          const std::string name   = trimmed(assignment.substr(0, equals));
          if (equals == std::string::npos || !is_name(name))
            throw InputError(entry,
                             "needs numbers by name, such as \"k = 2, s = sqrt(k)\", but '" +
                               assignment + "' is none");
          if (is_taken(name) || constants.count(name) > 0)
            throw InputError(entry, "needs names that are new, but '" + name + "' is taken");
          try
            {
              const double value =
                constant_value(trimmed(assignment.substr(equals + 1)), constants);
              constants.emplace(name, value);
            }
          catch (const std::invalid_argument &error)
            {
              throw InputError(
                entry, "needs numbers by name, but '" + assignment + "' is none: " + error.what());
            }
        }
      return constants;
    }
  } // namespace

  std::map<std::string, double>
  formula_constants(const ModelParameters &parameters)
  {
    std::map<std::string, double> constants = read_constants(parameters.expression.constants);
    constants.emplace("eta", parameters.eta);
    return constants;
  }

  ExpressionTexts::ExpressionTexts(const ExpressionParameters &parameters,
                                   const unsigned int          dimension)
    : drift(split_formulas(parameters.drift, ';'))
  {
    const std::string d = std::to_string(dimension);
    if (drift.size() != dimension)
      throw InputError("Model/expression/drift",
                       "needs " + d + " formulas separated by ';' (dimension = " + d + "), but " +
                         std::to_string(drift.size()) + " are given");

    for (const std::string &row : split_formulas(parameters.diffusion, ';'))
      diffusion.push_back(split_formulas(row, ','));
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
        if (without_spaces(diffusion[i][j]) != without_spaces(diffusion[j][i]))
          throw InputError("Model/expression/diffusion",
                           "needs a symmetric matrix, but '" + diffusion[i][j] +
                             "' below the diagonal is not '" + diffusion[j][i] + "' above");
  }
} // namespace dynkin
