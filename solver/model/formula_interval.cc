// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/formula_interval.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace dynkin
{
  namespace formulas
  {
    namespace
    {
      constexpr double infinity = std::numeric_limits<double>::infinity();
      constexpr double largest  = std::numeric_limits<double>::max();

      /** NaN becomes infinite; no bound is infinite on the wrong side. */
      Interval
      ordered(const double lower, const double upper, const bool is_defined)
      {
        return {std::isnan(lower) ? -infinity : std::min(lower, largest),
                std::isnan(upper) ? infinity : std::max(upper, -largest),
                is_defined};
      }

      bool
      has_zero(const Interval &a)
      {
        return a.lower <= 0. && a.upper >= 0.;
      }

      bool
      is_infinite(const Interval &a)
      {
        return std::isinf(a.lower) || std::isinf(a.upper);
      }

      Interval
      everything(const bool is_defined)
      {
        return {-infinity, infinity, is_defined};
      }

      /** A result with the sign of its rounding error: exact results are not widened. */
      struct Rounded
      {
        double value, error;

        double
        down() const
        {
          return error < 0. || std::isnan(error) ? below(value) : value;
        }
        double
        up() const
        {
          return error > 0. || std::isnan(error) ? above(value) : value;
        }
      };

      Rounded
      rounded_sum(const double a, const double b)
      {
        const double sum = a + b, part = sum - a;
        return {sum, (a - (sum - part)) + (b - part)};
      }

      /** 0 times an infinite bound is 0: the bound is not a value. */
      Rounded
      rounded_product(const double a, const double b)
      {
        if (a == 0. || b == 0.)
          return {0., 0.};
        const double product = a * b;
        // an error that underflows is not seen
        return {product, std::abs(product) < 1e-280 ? NAN : std::fma(a, b, -product)};
      }

      Rounded
      rounded_quotient(const double a, const double b)
      {
        const double quotient = a / b;
        if (a == 0. || std::isinf(b))
          return {std::isnan(quotient) ? 0. : quotient, 0.};
        if (std::abs(quotient) < 1e-280 || std::abs(a) < 1e-280)
          return {quotient, NAN};
        const double rest = std::fma(-quotient, b, a);
        return {quotient, b > 0. ? rest : -rest};
      }

      /** Smallest and largest of values rounded one way and the other. */
      Interval
      hull(const std::array<Rounded, 4> &corners, const bool is_defined)
      {
        double lower = infinity, upper = -infinity;
        for (const Rounded &corner : corners)
          {
            lower = std::min(lower, corner.down());
            upper = std::max(upper, corner.up());
          }
        return ordered(lower, upper, is_defined);
      }
    } // namespace

    double
    below(const double value, const unsigned int n_steps)
    {
      if (std::isinf(value))
        return value > 0. ? largest : value;
      // a step is at most 2^-52 |value|
      return value - (n_steps * 2.3e-16 * std::abs(value) + std::numeric_limits<double>::min());
    }

    double
    above(const double value, const unsigned int n_steps)
    {
      return -below(-value, n_steps);
    }

    Interval
    operator+(const Interval &a, const Interval &b)
    {
      return ordered(rounded_sum(a.lower, b.lower).down(),
                     rounded_sum(a.upper, b.upper).up(),
                     a.is_defined && b.is_defined && // not infinity - infinity
                       !(std::isinf(a.lower) && std::isinf(b.upper)) &&
                       !(std::isinf(a.upper) && std::isinf(b.lower)));
    }

    Interval
    operator-(const Interval &a, const Interval &b)
    {
      return a + Interval{-b.upper, -b.lower, b.is_defined};
    }

    Interval
    operator*(const Interval &a, const Interval &b)
    {
      for (const auto &[one, other] : {std::make_pair(a, b), std::make_pair(b, a)})
        if (has_zero(one) && is_infinite(other))
          return everything(false); // 0 * infinity
      const bool is_defined = a.is_defined && b.is_defined;
      return hull({{rounded_product(a.lower, b.lower),
                    rounded_product(a.lower, b.upper),
                    rounded_product(a.upper, b.lower),
                    rounded_product(a.upper, b.upper)}},
                  is_defined);
    }

    Interval
    operator/(const Interval &a, const Interval &b)
    {
      if ((has_zero(a) && has_zero(b)) || (is_infinite(a) && is_infinite(b)))
        return everything(false);
      const bool is_defined = a.is_defined && b.is_defined;
      if (b.lower > 0. || b.upper < 0.)
        return hull({{rounded_quotient(a.lower, b.lower),
                      rounded_quotient(a.lower, b.upper),
                      rounded_quotient(a.upper, b.lower),
                      rounded_quotient(a.upper, b.upper)}},
                    is_defined);
      if ((b.lower < 0. && b.upper > 0.) || (b.lower == 0. && b.upper == 0.))
        return everything(is_defined);
      // 0 is an end of b, and a is positive or negative
      const bool    is_positive = (a.upper > 0.) == (b.upper > 0.);
      const double  nearest     = a.upper > 0. ? a.lower : a.upper;
      const Rounded bound       = rounded_quotient(nearest, b.upper > 0. ? b.upper : b.lower);
      return is_positive ? ordered(bound.down(), infinity, is_defined)
                         : ordered(-infinity, bound.up(), is_defined);
    }

    Interval
    integer_power(const Interval &a, const unsigned int n)
    {
      const auto raise = [n](const double base) { // |base|^n
        double down = std::abs(base), up = down;
        for (unsigned int k = 1; k < n; ++k)
          if (n > 3)
            up *= std::abs(base);
          else
            {
              down = rounded_product(down, std::abs(base)).down();
              up   = rounded_product(up, std::abs(base)).up();
            }
        // the program multiplies in another order
        return n > 3 ? ordered(std::max(0., below(up, 2 * n)), above(up, 2 * n), true)
                     : ordered(down, up, true);
      };
      const Interval lower = raise(a.lower), upper = raise(a.upper);
      if (n % 2 == 1)
        return ordered(a.lower < 0. ? -lower.upper : lower.lower,
                       a.upper < 0. ? -upper.lower : upper.upper,
                       a.is_defined);
      return ordered(has_zero(a) ? 0. : std::min(lower.lower, upper.lower),
                     std::max(lower.upper, upper.upper),
                     a.is_defined);
    }

    Interval
    square_root(const Interval &a)
    {
      if (a.upper < 0.)
        return everything(false);
      const auto root = [](const double value) {
        const double result = std::sqrt(value);
        const double error  = std::isinf(result)              ? 0.
                              : value != 0. && value < 1e-280 ? NAN
                                                              : std::fma(-result, result, value);
        return Rounded{result, error};
      };
      return ordered(
        root(std::max(a.lower, 0.)).down(), root(a.upper).up(), a.is_defined && a.lower >= 0.);
    }

    Interval
    power(const Interval &a, const Interval &b)
    {
      const bool is_defined = a.is_defined && b.is_defined;
      if (b.lower == b.upper && b.lower > 0. && b.lower < 1e15 && b.lower == std::floor(b.lower))
        {
          const double one = std::pow(a.lower, b.lower), other = std::pow(a.upper, b.lower);
          const bool   is_even = std::fmod(b.lower, 2.) == 0.;
          return ordered(is_even && has_zero(a) ? 0. : below(std::min(one, other), 4),
                         above(std::max(one, other), 4),
                         is_defined);
        }
      if (a.lower < 0. || (a.lower == 0. && b.lower <= 0.) || std::isinf(a.upper) ||
          std::isinf(b.lower) || std::isinf(b.upper))
        {
          const bool is_positive = a.lower >= 0.;
          return {is_positive ? 0. : -infinity, infinity, is_defined && is_positive};
        }
      double lower = infinity, upper = 0.;
      for (const double base : {a.lower, a.upper})
        for (const double exponent : {b.lower, b.upper})
          {
            const double value = std::pow(base, exponent);
            lower              = std::min(lower, below(value, 4));
            upper              = std::max(upper, above(value, 4));
          }
      return ordered(std::max(lower, 0.), upper, is_defined);
    }
  } // namespace formulas
} // namespace dynkin
