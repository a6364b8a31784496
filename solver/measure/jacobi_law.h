// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_measure_jacobi_law_h
#define dynkin_measure_jacobi_law_h

#include "measure/sampler.h"

namespace dynkin
{
  /**
   * The law of a scalar function S in (-1, 1) of the state under a density p: its density is
   *
   *   (1 - s)^a (1 + s)^b sum_k c_k P_k(s),   c_k = E P_k(S) = int P_k(S(x)) p(x) dx,
   *
   * with the orthonormal Jacobi polynomials P_k of this weight. The expectations are integrals of
   * smooth functions over the whole mesh, so nothing has to be cut along S = s; where a and b are
   * the exponents of the tails, these keep their relative accuracy. The sum ends where the
   * coefficients stop to fall.
   */
  class JacobiLaw
  {
  public:
    /** s by its distances 1 + s and 1 - s from the ends, each accurate relative to itself. */
    struct Place
    {
      double from_left, from_right;
    };

    template <int dim>
    JacobiLaw(const Sampler<dim>                                     &sampler,
              const Field<dim>                                       &density,
              const std::function<Place(const dealii::Point<dim> &)> &place,
              const double                                            a,
              const double                                            b);

    /** A value, and the most that the last eighth, quarter .. or half of the sum adds to it. */
    struct Value
    {
      double value, truncation;
    };

    /** Per unit of s. */
    Value
    density(const Place &place) const;

    /** P(S > s). */
    Value
    above(const Place &place) const;

  private:
    /** P_k(s), k < P.size(). */
    void
    evaluate(const Place &place, std::vector<double> &P) const;

    /** From sums with fewer terms; a single one may be near by accident where they oscillate. */
    double
    largest_change(const double value, const std::function<double(const unsigned int)> &sum) const;

    /** c_0 P_0 + ... + c_(n-1) P_(n-1) at s, times the weight. */
    double
    partial_sum(const Place &place, const unsigned int n) const;

    double              a, b;
    double              first;       // P_0
    std::vector<double> alpha, beta; // s P_k = beta_(k+1) P_(k+1) + alpha_k P_k + beta_k P_(k-1)
    std::vector<double> coefficients;
  };
} // namespace dynkin

#endif
