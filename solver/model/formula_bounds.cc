// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <deal.II/base/numbers.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "model/formula_interval.h"
#include "model/formula_program.h"

namespace dynkin
{
  namespace formulas
  {
    namespace
    {
      constexpr double unbounded = std::numeric_limits<double>::infinity();

      constexpr unsigned int steps = 4; // elementary functions of the C library err by few

      /** Values between those at the ends, rounded outward but within [minimum, maximum]. */
      Interval
      between(const double one,
              const double other,
              const bool   is_defined,
              const double minimum = -unbounded,
              const double maximum = unbounded)
      {
        const double largest = std::numeric_limits<double>::max();
        const double lower   = below(std::min(one, other), steps);
        const double upper   = above(std::max(one, other), steps);
        return {std::isnan(lower) ? minimum : std::min(std::max(lower, minimum), largest),
                std::isnan(upper) ? maximum : std::max(std::min(upper, maximum), -largest),
                is_defined};
      }

      /** Does an argument shift + k period, k integer, lie in a (or hardly outside)? */
      bool
      meets(const Interval &a, const double shift, const double period)
      {
        const double slack = 1e-9 + 1e-12 * std::max(std::abs(a.lower), std::abs(a.upper));
        return std::floor((a.upper + slack - shift) / period) >=
               std::ceil((a.lower - slack - shift) / period);
      }

      /** Of sin (with its maxima at shift) or cos. */
      template <class Wave>
      Interval
      wave(const Interval &a, const double shift, const Wave &function)
      {
        if (!(std::abs(a.lower) < 1e8 && std::abs(a.upper) < 1e8))
          return {-1., 1., a.is_defined && std::isfinite(a.lower) && std::isfinite(a.upper)};
        const double period = 2. * dealii::numbers::PI;
        Interval     range  = between(function(a.lower), function(a.upper), a.is_defined, -1., 1.);
        if (meets(a, shift, period))
          range.upper = 1.;
        if (meets(a, shift + 0.5 * period, period))
          range.lower = -1.;
        return range;
      }

      /** Of a monotone function that is defined on [first, last]. */
      template <class Function>
      Interval
      monotone(const Interval &a,
               const Function &function,
               const double    minimum = -unbounded,
               const double    maximum = unbounded,
               const double    first   = -unbounded,
               const double    last    = unbounded)
      {
        if (a.upper < first || a.lower > last)
          return {-unbounded, unbounded, false};
        return between(function(std::max(a.lower, first)),
                       function(std::min(a.upper, last)),
                       a.is_defined && a.lower >= first && a.upper <= last,
                       minimum,
                       maximum);
      }

      Interval
      condition(const bool is_certain, const bool is_possible, const bool is_defined)
      {
        return {is_certain ? 1. : 0., is_possible ? 1. : 0., is_defined};
      }

      bool
      may_be_zero(const Interval &a)
      {
        return a.lower <= 0. && a.upper >= 0.;
      }

      bool
      is_zero(const Interval &a)
      {
        return a.lower == 0. && a.upper == 0.;
      }

      /** Of the angle of (b, a). */
      Interval
      angle(const Interval &a, const Interval &b, const bool is_defined)
      {
        const double pi = above(dealii::numbers::PI);
        if (may_be_zero(a) && b.lower <= 0.)
          return {-pi, pi, is_defined};
        double lower = pi, upper = -pi;
        for (const double y : {a.lower, a.upper})
          for (const double x : {b.lower, b.upper})
            {
              lower = std::min(lower, std::atan2(y, x));
              upper = std::max(upper, std::atan2(y, x));
            }
        return between(lower, upper, is_defined, -pi, pi);
      }
    } // namespace

    Interval
    function(const Operation operation, const Interval &a, const Interval &b, const Interval &c)
    {
      const bool   both_defined = a.is_defined && b.is_defined;
      const double half_pi      = 0.5 * dealii::numbers::PI;
      switch (operation)
        {
          case Operation::absolute:
            return {may_be_zero(a) ? 0. : std::min(std::abs(a.lower), std::abs(a.upper)),
                    std::max(std::abs(a.lower), std::abs(a.upper)),
                    a.is_defined};
          case Operation::sign:
            return {a.lower > 0.   ? 1.
                    : a.lower < 0. ? -1.
                                   : 0.,
                    a.upper > 0.   ? 1.
                    : a.upper < 0. ? -1.
                                   : 0.,
                    a.is_defined};
          case Operation::step:
            return {a.lower > 0.   ? 1.
                    : a.lower < 0. ? 0.
                                   : 0.5,
                    a.upper > 0.   ? 1.
                    : a.upper < 0. ? 0.
                                   : 0.5,
                    a.is_defined};
          case Operation::minimum:
            return {std::min(a.lower, b.lower), std::min(a.upper, b.upper), both_defined};
          case Operation::maximum:
            return {std::max(a.lower, b.lower), std::max(a.upper, b.upper), both_defined};
          case Operation::less:
            return condition(a.upper < b.lower, a.lower < b.upper, both_defined);
          case Operation::less_equal:
            return condition(a.upper <= b.lower, a.lower <= b.upper, both_defined);
          case Operation::equal:
            return condition(a.lower == b.upper && a.upper == b.lower,
                             a.lower <= b.upper && b.lower <= a.upper,
                             both_defined);
          case Operation::both:
            return condition(
              !may_be_zero(a) && !may_be_zero(b), !is_zero(a) && !is_zero(b), both_defined);
          case Operation::either:
            return condition(
              !may_be_zero(a) || !may_be_zero(b), !is_zero(a) || !is_zero(b), both_defined);
          case Operation::negation:
            return condition(is_zero(a), may_be_zero(a), a.is_defined);
            case Operation::choice: {
              Interval range   = is_zero(a)        ? c
                                 : !may_be_zero(a) ? b
                                                   : Interval{std::min(b.lower, c.lower),
                                                            std::max(b.upper, c.upper),
                                                            b.is_defined && c.is_defined};
              range.is_defined = range.is_defined && a.is_defined;
              return range;
            }
          case Operation::exp:
            return monotone(
              a, [](double t) { return std::exp(t); }, 0.);
          case Operation::log:
            return monotone(
              a, [](double t) { return std::log(t); }, -unbounded, unbounded, 0.);
          case Operation::log10:
            return monotone(
              a, [](double t) { return std::log10(t); }, -unbounded, unbounded, 0.);
          case Operation::sin:
            return wave(a, half_pi, [](double t) { return std::sin(t); });
          case Operation::cos:
            return wave(a, 0., [](double t) { return std::cos(t); });
          case Operation::tan:
            if (!(a.upper - a.lower < 3.2 && std::abs(a.upper) < 1e8) ||
                meets(a, half_pi, 2. * half_pi))
              return {-unbounded,
                      unbounded,
                      a.is_defined && std::isfinite(a.lower) && std::isfinite(a.upper)};
            return monotone(a, [](double t) { return std::tan(t); });
          case Operation::asin:
            return monotone(
              a, [](double t) { return std::asin(t); }, -1.6, 1.6, -1., 1.);
          case Operation::acos:
            return monotone(
              a, [](double t) { return std::acos(t); }, 0., 3.2, -1., 1.);
          case Operation::atan:
            return monotone(a, [](double t) { return std::atan(t); });
          case Operation::sinh:
            return monotone(a, [](double t) { return std::sinh(t); });
          case Operation::cosh: // of |a|, which it increases with
            return monotone(
              function(Operation::absolute, a, a, a), [](double t) { return std::cosh(t); }, 1.);
          case Operation::tanh:
            return monotone(
              a, [](double t) { return std::tanh(t); }, -1., 1.);
          case Operation::asinh:
            return monotone(a, [](double t) { return std::asinh(t); });
          case Operation::acosh:
            return monotone(
              a, [](double t) { return std::acosh(t); }, 0., unbounded, 1.);
          case Operation::atanh:
            return monotone(
              a, [](double t) { return std::atanh(t); }, -unbounded, unbounded, -1., 1.);
          case Operation::erf:
            return monotone(
              a, [](double t) { return std::erf(t); }, -1., 1.);
          case Operation::erfc:
            return monotone(
              a, [](double t) { return std::erfc(t); }, 0., 2.);
          case Operation::cbrt:
            return monotone(a, [](double t) { return std::cbrt(t); });
          case Operation::atan2:
            return angle(a, b, both_defined);
          default: // numbers, sums, products have codes of their own
            return {-unbounded, unbounded, false};
        }
    }

    Interval
    execute(const Instruction &instruction, const Interval &a, const Interval &b, const Interval &c)
    {
      switch (instruction.code)
        {
          case Code::add:
            return a + b;
          case Code::subtract:
            return a - b;
          case Code::multiply:
            return a * b;
          case Code::divide:
            return a / b;
          case Code::multiply_add:
            return a * b + c;
          case Code::square:
            return integer_power(a, 2);
          case Code::cube:
            return integer_power(a, 3);
          case Code::integer_power:
            return integer_power(a, instruction.n);
          case Code::root:
            return square_root(a);
          case Code::power:
            return power(a, b);
          default:
            return function(instruction.operation, a, b, c);
        }
    }

    std::pair<double, double>
    Program::bounds(const double *lower, const double *upper) const
    {
      std::vector<Interval> registers(n_registers);
      std::copy(exact_constants.begin(), exact_constants.end(), registers.begin());
      for (unsigned int i = 0; i < dimension; ++i)
        registers[constants.size() + i] = {lower[i], upper[i], true};
      for (const Instruction &instruction : instructions)
        registers[instruction.target] = execute(instruction,
                                                registers[instruction.operands[0]],
                                                registers[instruction.operands[1]],
                                                registers[instruction.operands[2]]);
      const Interval range = registers[result];
      if (!range.is_defined)
        return {-unbounded, unbounded};
      return {range.lower, range.upper};
    }
  } // namespace formulas
} // namespace dynkin
