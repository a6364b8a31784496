// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/formula_node.h"

#include <unordered_map>

namespace dynkin
{
  namespace formulas
  {
    namespace
    {
      /** f'(u). */
      Expression
      outer_derivative(const Expression e)
      {
        const Expression u = e->arguments[0], one = number(1);
        const Expression square = to_power(u, 2);
        switch (e->operation)
          {
            case Operation::absolute:
              return operation(Operation::sign, u);
            case Operation::exp:
              return e;
            case Operation::log:
              return to_power(u, -1);
            case Operation::log10:
              return over(one, times(u, operation(Operation::log, number(10))));
            case Operation::sin:
              return operation(Operation::cos, u);
            case Operation::cos:
              return product(-1, {{operation(Operation::sin, u), 1}});
            case Operation::tan:
              return plus(one, to_power(e, 2));
            case Operation::asin:
              return to_power(minus(one, square), Rational(-1, 2));
            case Operation::acos:
              return product(-1, {{minus(one, square), Rational(-1, 2)}});
            case Operation::atan:
              return to_power(plus(one, square), -1);
            case Operation::sinh:
              return operation(Operation::cosh, u);
            case Operation::cosh:
              return operation(Operation::sinh, u);
            case Operation::tanh:
              return minus(one, to_power(e, 2));
            case Operation::asinh:
              return to_power(plus(one, square), Rational(-1, 2));
            case Operation::acosh: // NaN for u < 1, as the function
              return product(1,
                             {{minus(u, one), Rational(-1, 2)}, {plus(u, one), Rational(-1, 2)}});
            case Operation::atanh:
              return to_power(minus(one, square), -1);
            case Operation::erf:
            case Operation::erfc:
              return product(e->operation == Operation::erf ? 2 : -2,
                             {{operation(Operation::exp, product(-1, {{square, 1}})), 1},
                              {shared({Operation::pi, 0, {}, {}}), Rational(-1, 2)}});
            case Operation::cbrt:
              return product(Rational(1, 3), {{e, -2}});
            default: // sign, step, conditions: constant piece by piece
              return number(0);
          }
      }

      struct Differentiation
      {
        Expression
        operator()(const Expression e)
        {
          const auto known = results.find(e);
          if (known != results.end())
            return known->second;
          const Expression result = compute(e);
          results.emplace(e, result);
          return result;
        }

        Expression
        compute(const Expression e)
        {
          const std::vector<Expression> &a = e->arguments;
          switch (e->operation)
            {
              case Operation::number:
              case Operation::pi:
                return number(0);
              case Operation::coordinate:
                return number(e->number == i);
                case Operation::sum: {
                  std::vector<std::pair<Expression, Rational>> terms;
                  for (std::size_t k = 0; k < a.size(); ++k)
                    terms.emplace_back((*this)(a[k]), e->weights[k]);
                  return sum(0, terms);
                }
              case Operation::product:
                return of_product(e);
                case Operation::power: // (a^b)' = a^b (b' log a + b a'/a)
                {
                  const Expression base = (*this)(a[0]), exponent = (*this)(a[1]);
                  const Expression by_base =
                    times(times(a[1], base), power(a[0], minus(a[1], number(1))));
                  if (is_number(exponent, 0))
                    return by_base;
                  return plus(by_base, times(times(e, exponent), operation(Operation::log, a[0])));
                }
              case Operation::atan2:
                return over(minus(times(a[1], (*this)(a[0])), times(a[0], (*this)(a[1]))),
                            plus(to_power(a[0], 2), to_power(a[1], 2)));
              case Operation::minimum:
                return function(
                  Operation::choice,
                  {function(Operation::less, {a[0], a[1]}), (*this)(a[0]), (*this)(a[1])});
              case Operation::maximum:
                return function(
                  Operation::choice,
                  {function(Operation::less, {a[0], a[1]}), (*this)(a[1]), (*this)(a[0])});
              case Operation::choice:
                return function(Operation::choice, {a[0], (*this)(a[1]), (*this)(a[2])});
                default: {
                  const Expression inner = (*this)(a[0]);
                  return is_number(inner, 0) ? inner : times(outer_derivative(e), inner);
                }
            }
        }

        Expression
        of_product(const Expression e)
        {
          std::vector<std::pair<Expression, Rational>> terms, factors;
          for (std::size_t k = 0; k < e->arguments.size(); ++k)
            factors.emplace_back(e->arguments[k], e->weights[k]);
          for (std::size_t k = 0; k < e->arguments.size(); ++k)
            {
              const Expression inner = (*this)(e->arguments[k]);
              if (is_number(inner, 0))
                continue;
              std::vector<std::pair<Expression, Rational>> term = factors;
              term[k].second -= 1;
              term.emplace_back(inner, 1);
              terms.emplace_back(product(e->number * e->weights[k], term), 1);
            }
          return sum(0, terms);
        }

        unsigned int                               i;
        std::unordered_map<Expression, Expression> results = {};
      };
    } // namespace

    Expression
    derivative(const Expression e, const unsigned int i)
    {
      return Differentiation{i}(e);
    }
  } // namespace formulas
} // namespace dynkin
