// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/formula_polynomial.h"

namespace dynkin
{
  namespace formulas
  {
    namespace
    {
      constexpr std::size_t most_terms    = 20000;
      constexpr std::size_t most_products = 400000;

      void
      add(Polynomial &p, const Monomial &monomial, const Rational &factor)
      {
        const auto at = p.emplace(monomial, 0).first;
        if ((at->second += factor) == 0)
          p.erase(at);
      }

      Monomial
      times(Monomial a, const Monomial &b)
      {
        for (const auto &[generator, exponent] : b)
          if ((a[generator] += exponent) == 0)
            a.erase(generator);
        return a;
      }

      Integer
      floor(const Rational &value)
      {
        Integer quotient;
        mpz_fdiv_q(quotient.get_mpz_t(), value.get_num_mpz_t(), value.get_den_mpz_t());
        return quotient;
      }

      Rational
      exponent_of(const unsigned int generator, const Monomial &monomial)
      {
        const auto at = monomial.find(generator);
        return at == monomial.end() ? Rational(0) : at->second;
      }
    } // namespace

    Polynomial
    polynomial(const Rational &value)
    {
      return value == 0 ? Polynomial() : Polynomial{{Monomial(), value}};
    }

    Polynomial
    generator_power(const unsigned int generator, const Rational &exponent)
    {
      return exponent == 0 ? polynomial(1) : Polynomial{{Monomial{{generator, exponent}}, 1}};
    }

    Polynomial
    scaled(Polynomial p, const Rational &factor)
    {
      if (factor == 0)
        return {};
      for (auto &term : p)
        term.second *= factor;
      return p;
    }

    Polynomial
    operator+(Polynomial p, const Polynomial &q)
    {
      for (const auto &[monomial, factor] : q)
        add(p, monomial, factor);
      if (p.size() > most_terms)
        throw TooLong();
      return p;
    }

    Polynomial
    operator-(const Polynomial &p, const Polynomial &q)
    {
      return p + scaled(q, -1);
    }

    Polynomial
    operator*(const Polynomial &p, const Polynomial &q)
    {
      if (p.size() * q.size() > most_products)
        throw TooLong();
      Polynomial result;
      for (const auto &[monomial, factor] : p)
        for (const auto &[other, other_factor] : q)
          add(result, times(monomial, other), factor * other_factor);
      if (result.size() > most_terms)
        throw TooLong();
      return result;
    }

    Polynomial
    raised(const Polynomial &p, const unsigned int n)
    {
      Polynomial result = polynomial(1);
      for (unsigned int k = 0; k < n; ++k)
        result = result * p;
      return result;
    }

    Polynomial
    reduced(const Polynomial &p, const std::map<unsigned int, Relation> &relations)
    {
      Polynomial result = p;
      for (auto entry = relations.rbegin(); entry != relations.rend(); ++entry)
        {
          const unsigned int generator = entry->first;
          const Relation    &relation  = entry->second;

          Integer lowest   = 0; // the power g^(degree lowest) is divided off
          bool    is_there = false;
          for (const auto &[monomial, factor] : result)
            if (monomial.count(generator) > 0)
              {
                lowest = std::min(
                  lowest, floor(Rational(exponent_of(generator, monomial) / relation.degree)));
                is_there = true;
              }
          if (!is_there)
            continue;
          std::map<Integer, Polynomial> by_power; // of g^degree
          for (const auto &[monomial, factor] : result)
            {
              const Integer power =
                floor(Rational(exponent_of(generator, monomial) / relation.degree));
              const Monomial removed = {{generator, Rational(-power * relation.degree)}};
              add(
                by_power[power - lowest], power == 0 ? monomial : times(monomial, removed), factor);
            }
          result.clear();
          Polynomial current = polynomial(1);
          Integer    power   = 0;
          for (const auto &[n, terms] : by_power)
            {
              if (n > 1000)
                throw TooLong();
              for (; power < n; ++power)
                current = current * relation.value;
              result = result + terms * current;
            }
        }
      return result;
    }
  } // namespace formulas
} // namespace dynkin
