// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_formula_polynomial_h
#define dynkin_model_formula_polynomial_h

#include "model/formula_node.h"

namespace dynkin
{
  namespace formulas
  {
    /** Exponents by generator, none of them 0. */
    using Monomial = std::map<unsigned int, Rational>;

    /** Factors by monomial, none of them 0; exponents are any rational numbers. */
    using Polynomial = std::map<Monomial, Rational>;

    /** Thrown where a proof becomes too long. */
    struct TooLong
    {
    };

    Polynomial
    polynomial(const Rational &value);

    Polynomial
    generator_power(const unsigned int generator, const Rational &exponent);

    Polynomial
    scaled(Polynomial p, const Rational &factor);

    Polynomial
    operator+(Polynomial p, const Polynomial &q);

    Polynomial
    operator-(const Polynomial &p, const Polynomial &q);

    /** Throws TooLong. */
    Polynomial
    operator*(const Polynomial &p, const Polynomial &q);

    Polynomial
    raised(const Polynomial &p, const unsigned int n);

    /** A generator g with g^degree = value, where value has only generators of smaller number. */
    struct Relation
    {
      unsigned int degree;
      Polynomial   value;
    };

    /**
     * The polynomial times something that is not 0, with generators of relations only to
     * powers in [0, degree): empty only if the polynomial vanishes.
     */
    Polynomial
    reduced(const Polynomial &p, const std::map<unsigned int, Relation> &relations);
  } // namespace formulas
} // namespace dynkin

#endif
