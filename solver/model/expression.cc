// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/expression.h"

#include <regex>

#include "model/expression_model.h"
#include "model/quadratic_model.h"
#include "utilities/entry_table.h"
#include "utilities/exceptions.h"

namespace dynkin
{
  Choice
  ExpressionParameters::choice() const
  {
    return {"expression", "drift and diffusion as formulas in x, y, z"};
  }

  void
  ExpressionParameters::add_parameters(EntryTable &table)
  {
    const ValuePattern text = text_pattern("formulas");
    table.add("constants",
              constants,
              "Numbers by name for the formulas, such as \"k = 2, s = sqrt(k)\": formulas of "
              "numbers and of constants before them. The learning rate is known as eta.",
              text_pattern("names with numbers"));
    table.add("drift",
              drift,
              "Drift b [length/time]: `dimension` formulas in x, y, z (absolute coordinates), "
              "separated by ';'. Mandatory for Model/type = expression. " +
                formula_help(),
              text);
    table.add("diffusion",
              diffusion,
              "Diffusion matrix a = s s^T [length^2/time], all of it (the learning rate is not "
              "multiplied to it): rows separated by ';', full or from the diagonal on. "
              "Formulas as for the drift. Mandatory for Model/type = expression.",
              text);
    table.add(
      "convention",
      convention,
      "How dv = b dt + s dB is meant; it is converted to Ito exactly.",
      {{"Ito", "the noise looks at the state before the step"},
       {"Stratonovich", "midpoint; for d > 1 with the lower triangular root of the diffusion"},
       {"Haenggi-Klimontovich", "end point: A f = 1/2 div(a grad f) + b . grad f"}});
  }

  void
  ExpressionParameters::check(const unsigned int /*dimension*/)
  {
    if (drift.empty())
      throw InputError("Model/expression/drift", "needs formulas separated by ';'");
    if (diffusion.empty())
      throw InputError("Model/expression/diffusion", "needs rows of formulas separated by ';'");
  }

  AnyModel
  ExpressionParameters::create(const ModelParameters &parameters,
                               const unsigned int     dimension) const
  {
    return make_model<ExpressionModel>(dimension, parameters);
  }

  bool
  ExpressionParameters::uses_learning_rate() const
  {
    return names_learning_rate(drift) || names_learning_rate(diffusion);
  }

  bool
  ExpressionParameters::has_formulas() const
  {
    return true;
  }

  bool
  ExpressionParameters::is_quadratic() const
  {
    return false;
  }

  std::optional<QuadraticCoefficients>
  ExpressionParameters::as_quadratic(const unsigned int /*dimension*/) const
  {
    return {};
  }

  bool
  names_learning_rate(const std::string &formula)
  {
    return std::regex_search(formula, std::regex("\\beta\\b"));
  }
} // namespace dynkin
