// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_expression_h
#define dynkin_model_expression_h

#include "model/model_kind.h"

namespace dynkin
{
  /**
   * Model "expression" (M4): any diffusion, drift and a as formulas in x, y, z
   * (absolute coordinates) and named constants.
   */
  struct ExpressionParameters : ModelKind
  {
    std::string constants;          // Model/expression/constants: "k=2, s=0.3"
    std::string drift;              // Model/expression/drift: d formulas, separated by ';'
    std::string diffusion;          // Model/expression/diffusion: rows of a, full or upper triangle
    std::string convention = "Ito"; // Model/expression/convention

    Choice
    choice() const override;

    void
    add_parameters(EntryTable &table) override;

    void
    check(const unsigned int dimension) override;

    AnyModel
    create(const ModelParameters &parameters, const unsigned int dimension) const override;

    bool
    uses_learning_rate() const override;

    bool
    has_formulas() const override;

    bool
    is_quadratic() const override;

    std::optional<QuadraticCoefficients>
    as_quadratic(const unsigned int dimension) const override;
  };

  /** Does a formula name the learning rate, eta? */
  bool
  names_learning_rate(const std::string &formula);
} // namespace dynkin

#endif
