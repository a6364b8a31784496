// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_formula_h
#define dynkin_model_formula_h

#include <deal.II/base/point.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace dynkin
{
  /**
   * A formula in the coordinates x, y, z; formula_help() has its language. Numbers and
   * constants are decimal numbers, exactly; what is computed from them is rounded when the
   * formula is evaluated. A formula is a value: operations give new ones.
   */
  template <int dim>
  class Formula
  {
  public:
    /** Names of constants with their values. */
    using Constants = std::map<std::string, double>;

    /** A place where a formula is not smooth: the zeros of its argument. */
    struct Switch;

    /** 0. */
    Formula();

    /** Throws std::invalid_argument with a sentence about what cannot be read. */
    Formula(const std::string &text, const Constants &constants);

    /** Throws std::invalid_argument for a number that is not finite. */
    Formula(const double number);

    double
    value(const dealii::Point<dim> &x) const;

    /** At many points; `values` gets their number. */
    void
    values(const std::vector<dealii::Point<dim>> &x, std::vector<double> &values) const;

    /**
     * Lower and upper bound of the values in the box, rounded outward; infinite where
     * nothing better is known, or where the formula may be undefined in the box. Interval
     * arithmetic on the formula and, unless it jumps, on its gradient: |f(x) - f(m)| <=
     * sum_i |x_i - m_i| max |d_i f|, m the middle (mean value form: its excess falls like the
     * square of the size of the box).
     */
    std::pair<double, double>
    bounds(const dealii::Point<dim> &lower, const dealii::Point<dim> &upper) const;

    /** d/dx_i, exact, piece by piece: |u|' = sign(u) u'. */
    Formula
    derivative(const unsigned int i) const;

    /** As the constructor reads it, without constants. */
    std::string
    text() const;

    /**
     * Can it be shown that the formula vanishes wherever it is defined, apart perhaps from
     * zeros of its switches? Never true for another one.
     */
    bool
    is_zero() const;

    /** All kinks and jumps that abs, min, max, sign, step, comparisons and if may make. */
    const std::vector<Switch> &
    switches() const;

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
    struct Implementation; // an expression and what is computed from it at its first use
    explicit Formula(const std::shared_ptr<const Implementation> &implementation);

    std::shared_ptr<const Implementation> implementation;
  };

  template <int dim>
  struct Formula<dim>::Switch
  {
    Formula<dim> argument;
    bool         is_jump; // else a kink
  };

  /** Operators and functions of formulas in one sentence. */
  std::string
  formula_help();

  /**
   * The value of a formula without coordinates. Throws std::invalid_argument if it cannot
   * be read or is not finite.
   */
  double
  constant_value(const std::string &text, const std::map<std::string, double> &constants);
} // namespace dynkin

#endif
