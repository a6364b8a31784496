// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/formula_rewriting.h"

#include <algorithm>

namespace dynkin
{
  namespace formulas
  {
    namespace
    {
      /** Divides p by the size of its first factor, or by the factor itself. */
      Rational
      normalize(Polynomial &p, const bool with_sign)
      {
        const Rational first = p.begin()->second;
        const Rational scale = with_sign ? first : Rational(abs(first));
        p                    = scaled(p, Rational(1 / scale));
        return scale;
      }
    } // namespace

    bool
    Rewriting::vanishes(const Expression e)
    {
      return is_zero(of(e));
    }

    bool
    Rewriting::is_zero(const Polynomial &p) const
    {
      return p.empty() || reduced(p, relations).empty();
    }

    Polynomial
    Rewriting::of(const Expression e)
    {
      const auto known = results.find(e);
      if (known != results.end())
        return known->second;
      const Polynomial result = compute(e);
      results.emplace(e, result);
      return result;
    }

    Polynomial
    Rewriting::of(const Expression e, const unsigned int argument)
    {
      return of(e->arguments[argument]);
    }

    unsigned int
    Rewriting::symbol(const Operation operation, const std::vector<Polynomial> &arguments)
    {
      for (const Symbol &known : symbols)
        if (known.operation == operation &&
            std::equal(arguments.begin(),
                       arguments.end(),
                       known.arguments.begin(),
                       known.arguments.end(),
                       [this](const Polynomial &a, const Polynomial &b) {
                         return a == b || is_zero(a - b);
                       }))
          return known.generator;
      symbols.push_back({operation, arguments, n_generators});
      return n_generators++;
    }

    Polynomial
    Rewriting::exponential(const Polynomial &p, const bool is_wave)
    {
      Polynomial result = polynomial(1);
      for (const auto &[monomial, factor] : p)
        {
          const bool is_single = monomial.size() == 1 && monomial.begin()->second == 1;
          const auto logarithm =
            is_single ? logarithms.find(monomial.begin()->first) : logarithms.end();
          if (!is_wave && logarithm != logarithms.end()) // exp(c log u) = u^c
            {
              result = result * raised_to(logarithm->second, factor);
              continue;
            }
          const unsigned int g =
            symbol(is_wave ? Operation::sin : Operation::exp, {Polynomial{{monomial, 1}}});
          positive[g] = !is_wave;
          result      = result * generator_power(g, factor);
        }
      return result;
    }

    Polynomial
    Rewriting::wave(const Polynomial &u, const bool is_sine)
    {
      const Polynomial forward = exponential(u, true), backward = exponential(scaled(u, -1), true);
      if (!is_sine)
        return scaled(forward + backward, Rational(1, 2));
      const unsigned int i = symbol(Operation::number, {}); // sqrt(-1)
      relations.emplace(i, Relation{2, polynomial(-1)});
      return scaled((forward - backward) * generator_power(i, 1), Rational(-1, 2));
    }

    Polynomial
    Rewriting::hyperbolic(const Polynomial &u, const int sign)
    {
      return scaled(exponential(u, false) + scaled(exponential(scaled(u, -1), false), sign),
                    Rational(1, 2));
    }

    Polynomial
    Rewriting::sign(Polynomial u)
    {
      if (is_zero(u))
        return {};
      const Rational first = normalize(u, true);
      if (u == polynomial(1))
        return polynomial(sgn(first));
      const unsigned int s = symbol(Operation::sign, {u});
      relations.emplace(s, Relation{2, polynomial(1)});
      return scaled(generator_power(s, 1), sgn(first));
    }

    Polynomial
    Rewriting::truth(const Operation operation, const std::vector<Polynomial> &arguments)
    {
      const unsigned int s = symbol(operation, arguments);
      relations.emplace(s, Relation{2, polynomial(1)});
      return scaled(polynomial(1) + generator_power(s, 1), Rational(1, 2));
    }

    Polynomial
    Rewriting::condition(const Expression e)
    {
      if (e->operation == Operation::number)
        return polynomial(e->number != 0);
      if (e->operation >= Operation::less && e->operation <= Operation::negation)
        return of(e);
      return truth(Operation::choice, {of(e)});
    }

    Polynomial
    Rewriting::raised_to(Polynomial p, const Rational &exponent)
    {
      if (is_integer(exponent) && exponent > 0 && exponent <= 100)
        return raised(p, exponent.get_num().get_ui());
      if (is_zero(p) || abs(exponent) > 1000)
        throw TooLong();
      const Rational   scale  = normalize(p, false);
      const Polynomial factor = number_power(scale, exponent);
      if (p == polynomial(1))
        return factor;
      if (p.size() == 1 && p.begin()->second == 1)
        {
          Monomial   monomial  = p.begin()->first;
          const bool is_single = monomial.size() == 1 && monomial.begin()->second == 1;
          const bool is_positive =
            std::all_of(monomial.begin(), monomial.end(), [this](const auto &power) {
              const auto known = positive.find(power.first);
              return known != positive.end() && known->second;
            });
          if (is_integer(exponent) || is_single || is_positive)
            {
              for (auto &power : monomial)
                power.second *= exponent;
              return factor * Polynomial{{monomial, 1}};
            }
        }
      const unsigned int g = symbol(Operation::product, {p});
      relations.emplace(g, Relation{1, p});
      return factor * generator_power(g, exponent);
    }

    Polynomial
    Rewriting::number_power(const Rational &base, const Rational &exponent)
    {
      Polynomial result   = polynomial(1);
      const auto multiply = [&](const Integer &factor, const Rational &power) {
        const Polynomial   value = polynomial(Rational(factor));
        const unsigned int g     = symbol(Operation::product, {value});
        relations.emplace(g, Relation{1, value});
        result = result * generator_power(g, power);
      };
      for (const int side : {1, -1})
        {
          Integer rest = side == 1 ? base.get_num() : base.get_den();
          for (int prime = 2; prime < 1000 && rest > 1; ++prime)
            for (; rest % prime == 0; rest /= prime)
              multiply(prime, Rational(exponent * side));
          if (rest > 1)
            multiply(rest, Rational(exponent * side));
        }
      return result;
    }

    Polynomial
    Rewriting::logarithm(Polynomial u)
    {
      if (is_zero(u))
        throw TooLong();
      const Rational scale = normalize(u, false);
      Polynomial     result;
      for (const Polynomial &argument : {u, polynomial(scale)})
        if (argument != polynomial(1))
          {
            const unsigned int g = symbol(Operation::log, {argument});
            logarithms.emplace(g, argument);
            result = result + generator_power(g, 1);
          }
      return result;
    }

    Polynomial
    Rewriting::plain(const Operation operation, const Polynomial &u, const bool is_odd)
    {
      if (is_odd && is_zero(u))
        return {};
      const bool is_turned = is_odd && u.begin()->second < 0;
      return scaled(generator_power(symbol(operation, {scaled(u, is_turned ? -1 : 1)}), 1),
                    is_turned ? -1 : 1);
    }
  } // namespace formulas
} // namespace dynkin
