// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/formula.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <memory>
#include <mutex>
#include <stdexcept>

#include "model/formula_parser.h"
#include "model/formula_program.h"

using namespace dealii;

namespace dynkin
{
  template <int dim>
  struct Formula<dim>::Implementation
  {
    explicit Implementation(const formulas::Expression expression)
      : expression(expression)
    {
    }

    /** Compiled at the first evaluation: most intermediate formulas are never evaluated. */
    const formulas::Program &
    program() const
    {
      if (!is_compiled.load(std::memory_order_acquire)) // quicker than call_once alone
        std::call_once(compilation, [this]() {
          compiled = formulas::compile(expression, dim);
          is_compiled.store(true, std::memory_order_release);
        });
      return compiled;
    }

    /** The derivatives of a formula that does not jump; none otherwise. */
    const std::vector<std::unique_ptr<Implementation>> &
    slopes() const
    {
      std::call_once(has_slopes, [this]() {
        if (formulas::may_jump(expression))
          return;
        for (unsigned int i = 0; i < dim; ++i)
          derivatives.push_back(
            std::make_unique<Implementation>(formulas::derivative(expression, i)));
      });
      return derivatives;
    }

    const formulas::Expression                           expression;
    mutable std::once_flag                               compilation, has_switches, has_slopes;
    mutable std::atomic<bool>                            is_compiled{false};
    mutable formulas::Program                            compiled;
    mutable std::vector<Switch>                          switches;
    mutable std::vector<std::unique_ptr<Implementation>> derivatives;
  };

  template <int dim>
  Formula<dim>::Formula(const std::shared_ptr<const Implementation> &implementation)
    : implementation(implementation)
  {
  }

  template <int dim>
  Formula<dim>::Formula(const double number)
  {
    if (!std::isfinite(number))
      throw std::invalid_argument("a formula needs finite numbers");
    implementation = std::make_shared<Implementation>(formulas::number(formulas::rational(number)));
  }

  template <int dim>
  Formula<dim>::Formula()
    : Formula(0.)
  {
  }

  template <int dim>
  Formula<dim>::Formula(const std::string &text, const Constants &constants)
    : implementation(std::make_shared<Implementation>(formulas::parse(text, dim, constants)))
  {
  }

  template <int dim>
  double
  Formula<dim>::value(const Point<dim> &x) const
  {
    return implementation->program().value(x.begin_raw());
  }

  template <int dim>
  void
  Formula<dim>::values(const std::vector<Point<dim>> &x, std::vector<double> &values) const
  {
    std::array<std::vector<double>, 3> coordinates;
    for (unsigned int i = 0; i < dim; ++i)
      {
        coordinates[i].resize(x.size());
        for (std::size_t q = 0; q < x.size(); ++q)
          coordinates[i][q] = x[q][i];
      }
    values.resize(x.size());
    implementation->program().values(coordinates, x.size(), values);
  }

  template <int dim>
  std::pair<double, double>
  Formula<dim>::bounds(const Point<dim> &lower, const Point<dim> &upper) const
  {
    const auto in_box = [&](const Implementation &formula) {
      return formula.program().bounds(lower.begin_raw(), upper.begin_raw());
    };
    auto range = in_box(*implementation);
    if (!std::isfinite(range.first) || !std::isfinite(range.second) || range.first == range.second)
      return range;
    const auto &slopes = implementation->slopes();
    if (slopes.empty())
      return range;
    constexpr double rounding_up = 1. + 1e-14;
    const Point<dim> middle      = lower + 0.5 * (upper - lower);
    double           reach       = 0.;
    for (unsigned int i = 0; i < dim; ++i)
      {
        const auto slope = in_box(*slopes[i]);
        reach += std::max(upper[i] - middle[i], middle[i] - lower[i]) *
                 std::max(std::abs(slope.first), std::abs(slope.second)) * rounding_up;
      }
    if (!std::isfinite(reach))
      return range;
    const auto   value = implementation->program().bounds(middle.begin_raw(), middle.begin_raw());
    const double size  = std::max(std::abs(value.first), std::abs(value.second));
    reach += (rounding_up - 1.) * size;
    range.first  = std::max(range.first, value.first - reach);
    range.second = std::min(range.second, value.second + reach);
    return range;
  }

  template <int dim>
  Formula<dim>
  Formula<dim>::derivative(const unsigned int i) const
  {
    return Formula(
      std::make_shared<Implementation>(formulas::derivative(implementation->expression, i)));
  }

  template <int dim>
  std::string
  Formula<dim>::text() const
  {
    return formulas::text(implementation->expression);
  }

  template <int dim>
  bool
  Formula<dim>::is_zero() const
  {
    return formulas::vanishes(implementation->expression);
  }

  template <int dim>
  const std::vector<typename Formula<dim>::Switch> &
  Formula<dim>::switches() const
  {
    std::call_once(implementation->has_switches, [this]() {
      for (const auto &[argument, is_jump] : formulas::switches(implementation->expression))
        implementation->switches.push_back(
          {Formula(std::make_shared<Implementation>(argument)), is_jump});
    });
    return implementation->switches;
  }

  template <int dim>
  Formula<dim>
  Formula<dim>::operator+(const Formula &other) const
  {
    return Formula(std::make_shared<Implementation>(
      formulas::plus(implementation->expression, other.implementation->expression)));
  }

  template <int dim>
  Formula<dim>
  Formula<dim>::operator-(const Formula &other) const
  {
    return Formula(std::make_shared<Implementation>(
      formulas::minus(implementation->expression, other.implementation->expression)));
  }

  template <int dim>
  Formula<dim>
  Formula<dim>::operator*(const Formula &other) const
  {
    return Formula(std::make_shared<Implementation>(
      formulas::times(implementation->expression, other.implementation->expression)));
  }

  template <int dim>
  Formula<dim>
  Formula<dim>::operator/(const Formula &other) const
  {
    return Formula(std::make_shared<Implementation>(
      formulas::over(implementation->expression, other.implementation->expression)));
  }

  template <int dim>
  Formula<dim>
  Formula<dim>::sqrt() const
  {
    return Formula(std::make_shared<Implementation>(
      formulas::to_power(implementation->expression, formulas::Rational(1, 2))));
  }

  std::string
  formula_help()
  {
    std::string names;
    for (const formulas::FunctionName &function : formulas::function_names())
      names += (names.empty() ? "" : ", ") + function.name;
    return "Operators: + - * / ^ (also **), < <= > >= == !=, && || ! (also and, or, not); "
           "conditions are 1 or 0. Functions: " +
           names + "; log and ln are natural, if(condition, a, b), step(0) = 1/2. The number pi.";
  }

  double
  constant_value(const std::string &text, const std::map<std::string, double> &constants)
  {
    const double value = formulas::compile(formulas::parse(text, 0, constants), 0).value(nullptr);
    if (!std::isfinite(value))
      throw std::invalid_argument("'" + text + "' has no finite value");
    return value;
  }

  template class Formula<1>;
  template class Formula<2>;
  template class Formula<3>;
} // namespace dynkin
