// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <array>
#include <cmath>
#include <random>

#include "model/formula_program.h"
#include "model/formula_rewriting.h"

namespace dynkin
{
  namespace formulas
  {
    namespace
    {
      /** Is there a point where the enclosure of the value excludes 0? */
      bool
      is_somewhere_else(const Expression e)
      {
        const Program                          program = compile(e, 3);
        std::mt19937                           random(1);
        std::uniform_real_distribution<double> uniform(-2., 2.);
        for (unsigned int k = 0; k < 40; ++k)
          {
            std::array<double, 3> x;
            for (double &coordinate : x)
              coordinate = std::round(uniform(random) * 1024.) / 1024.;
            if (k % 2 == 1)
              for (double &coordinate : x)
                coordinate = std::abs(coordinate); // where roots and logarithms are defined
            const auto [lower, upper] = program.bounds(x.data(), x.data());
            if (lower > 0. || upper < 0.)
              return true;
          }
        return false;
      }

    } // namespace

    Polynomial
    Rewriting::compute(const Expression e)
    {
      const Polynomial one = polynomial(1);
      switch (e->operation)
        {
          case Operation::number:
            return polynomial(e->number);
          case Operation::pi:
            return generator_power(3, 1);
          case Operation::coordinate:
            return generator_power(e->number.get_num().get_ui(), 1);
            case Operation::sum: {
              Polynomial total = polynomial(e->number);
              for (std::size_t k = 0; k < e->arguments.size(); ++k)
                total = total + scaled(of(e, k), e->weights[k]);
              return total;
            }
            case Operation::product: {
              Polynomial total = polynomial(e->number);
              for (std::size_t k = 0; k < e->arguments.size(); ++k)
                total = total * raised_to(of(e, k), e->weights[k]);
              return total;
            }
          case Operation::power:
            return exponential(of(e, 1) * logarithm(of(e, 0)), false);
          case Operation::absolute:
            return sign(of(e, 0)) * of(e, 0);
          case Operation::sign:
            return sign(of(e, 0));
          case Operation::step:
            return scaled(one + sign(of(e, 0)), Rational(1, 2));
          case Operation::minimum:
            case Operation::maximum: {
              const Polynomial a = of(e, 0), b = of(e, 1), size = sign(a - b) * (a - b);
              return scaled(e->operation == Operation::minimum ? a + b - size : a + b + size,
                            Rational(1, 2));
            }
          case Operation::less: // where the sides differ
            case Operation::less_equal: {
              const Polynomial difference = of(e, 1) - of(e, 0);
              if (is_zero(difference))
                return polynomial(e->operation == Operation::less_equal);
              return scaled(one + sign(difference), Rational(1, 2));
            }
            case Operation::equal: {
              const Polynomial difference = of(e, 0) - of(e, 1);
              return is_zero(difference) ? one : truth(Operation::equal, {difference});
            }
          case Operation::both:
            return condition(e->arguments[0]) * condition(e->arguments[1]);
            case Operation::either: {
              const Polynomial a = condition(e->arguments[0]), b = condition(e->arguments[1]);
              return a + b - a * b;
            }
          case Operation::negation:
            return one - condition(e->arguments[0]);
          case Operation::choice:
            return of(e, 2) + condition(e->arguments[0]) * (of(e, 1) - of(e, 2));
          case Operation::exp:
            return exponential(of(e, 0), false);
          case Operation::log:
            return logarithm(of(e, 0));
          case Operation::log10:
            return logarithm(of(e, 0)) * raised_to(logarithm(polynomial(10)), -1);
          case Operation::sin:
          case Operation::cos:
            return wave(of(e, 0), e->operation == Operation::sin);
          case Operation::tan:
            return wave(of(e, 0), true) * raised_to(wave(of(e, 0), false), -1);
          case Operation::sinh:
            return hyperbolic(of(e, 0), -1);
          case Operation::cosh:
            return hyperbolic(of(e, 0), 1);
          case Operation::tanh:
            return hyperbolic(of(e, 0), -1) * raised_to(hyperbolic(of(e, 0), 1), -1);
          case Operation::acos:
            return scaled(generator_power(3, 1), Rational(1, 2)) -
                   plain(Operation::asin, of(e, 0), true);
          case Operation::erfc:
            return one - plain(Operation::erf, of(e, 0), true);
            case Operation::cbrt: {
              const Polynomial u = of(e, 0);
              if (is_zero(u))
                return {};
              const unsigned int g = symbol(Operation::cbrt, {u});
              relations.emplace(g, Relation{3, u});
              return generator_power(g, 1);
            }
          case Operation::atan2:
            return generator_power(symbol(Operation::atan2, {of(e, 0), of(e, 1)}), 1);
          case Operation::acosh:
            return plain(Operation::acosh, of(e, 0), false);
          default: // asin, atan, asinh, atanh, erf
            return plain(e->operation, of(e, 0), true);
        }
    }

    bool
    vanishes(const Expression e)
    {
      if (e->operation == Operation::number)
        return e->number == 0;
      if (is_somewhere_else(e))
        return false;
      try
        {
          return Rewriting().vanishes(e);
        }
      catch (const TooLong &)
        {
          return false;
        }
    }
  } // namespace formulas
} // namespace dynkin
