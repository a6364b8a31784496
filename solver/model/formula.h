// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_formula_h
#define dynkin_model_formula_h

#include <deal.II/base/point.h>

#include <map>
#include <memory>
#include <string>

namespace dynkin
{
  /**
   * A formula in the coordinates x, y, z: read and differentiated by GiNaC,
   * evaluated by muParser. Numbers, + - * / ^, parentheses, Pi, and sin, cos, tan,
   * asin, acos, atan, sinh, cosh, tanh, asinh, acosh, atanh, exp, log (natural),
   * sqrt, abs. A formula is a value: operations give new ones.
   */
  template <int dim>
  class Formula
  {
  public:
    /** Names of constants with their values. */
    using Constants = std::map<std::string, double>;

    /** 0. */
    Formula();

    /** Throws std::invalid_argument with a sentence about what cannot be read. */
    Formula(const std::string &text, const Constants &constants);

    Formula(const double number);

    double
    value(const dealii::Point<dim> &x) const;

    /** d/dx_i, exact. */
    Formula
    derivative(const unsigned int i) const;

    /** As it is evaluated. */
    std::string
    text() const;

    bool
    is_zero() const;

    Formula
    operator+(const Formula &other) const;
    Formula
    operator-(const Formula &other) const;
    Formula
    operator*(const Formula &other) const;
    Formula
    operator/(const Formula &other) const;
    Formula
    sqrt() const;

  private:
    struct Implementation; // keeps GiNaC and muParser out of this header
    explicit Formula(const std::shared_ptr<const Implementation> &implementation);

    std::shared_ptr<const Implementation> implementation;
  };
} // namespace dynkin

#endif
