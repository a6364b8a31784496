// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_formula_rewriting_h
#define dynkin_model_formula_rewriting_h

#include <unordered_map>

#include "model/formula_polynomial.h"

namespace dynkin
{
  namespace formulas
  {
    /**
     * Writes an expression as a polynomial in generators that are taken for independent,
     * apart from relations g^n = value: coordinates, logarithms, exponentials exp(m) and
     * waves exp(i m) of monomials m, signs (s^2 = 1), roots and denominators (g = their
     * polynomial), other functions.
     */
    class Rewriting
    {
    public:
      /** A proof; throws TooLong. */
      bool
      vanishes(const Expression e);

    private:
      Polynomial
      of(const Expression e);

      Polynomial
      of(const Expression e, const unsigned int argument);

      Polynomial
      compute(const Expression e);

      bool
      is_zero(const Polynomial &p) const;

      /** f(a...) as a generator: the same one for arguments that can be shown to be equal. */
      unsigned int
      symbol(const Operation operation, const std::vector<Polynomial> &arguments);

      /** exp(p), or for waves exp(i p): a product over the monomials of p. */
      Polynomial
      exponential(const Polynomial &p, const bool is_wave);

      /** sin u or cos u. */
      Polynomial
      wave(const Polynomial &u, const bool is_sine);

      /** (exp u + sign exp(-u)) / 2. */
      Polynomial
      hyperbolic(const Polynomial &u, const int sign);

      Polynomial
      sign(Polynomial u);

      /** 1 or 0: (1 + s) / 2 with s^2 = 1. */
      Polynomial
      truth(const Operation operation, const std::vector<Polynomial> &arguments);

      /** 1 where the value is not 0. */
      Polynomial
      condition(const Expression e);

      Polynomial
      raised_to(Polynomial p, const Rational &exponent);

      /** Powers of small primes are generators of their own: sqrt(8) = 2 sqrt(2). */
      Polynomial
      number_power(const Rational &base, const Rational &exponent);

      Polynomial
      logarithm(Polynomial u);

      /** An odd function, or one of which nothing is known. */
      Polynomial
      plain(const Operation operation, const Polynomial &u, const bool is_odd);

      struct Symbol
      {
        Operation               operation;
        std::vector<Polynomial> arguments;
        unsigned int            generator;
      };

      unsigned int                               n_generators = 4; // x, y, z, pi
      std::vector<Symbol>                        symbols;
      std::map<unsigned int, Polynomial>         logarithms; // their arguments
      std::map<unsigned int, bool>               positive;
      std::map<unsigned int, Relation>           relations;
      std::unordered_map<Expression, Polynomial> results;
    };
  } // namespace formulas
} // namespace dynkin

#endif
