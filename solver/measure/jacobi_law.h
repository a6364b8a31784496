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
   * coefficients stop to fall. With the orthonormal polynomials Q_k of (1 - s)^(a+1) (1 + s)^(b+1),
   *
   *   int_s^1 (1 - t)^a (1 + t)^b P_k(t) dt
   *     = (1 - s)^(a+1) (1 + s)^(b+1) Q_(k-1)(s) / sqrt(k (k + a + b + 1)),   k > 0,
   *
   * from Jacobi's differential equation (DLMF 18.8.1), and for k = 0 it is an incomplete beta
   * function.
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
    /** The orthonormal polynomials of (1 - s)^a (1 + s)^b over the first one, which may be out of range. */
    class Polynomials
    {
    public:
      Polynomials(const double a, const double b);

      /** P_k(s), k < P.size(). */
      void
      evaluate(const Place &place, std::vector<double> &P) const;

      /** sums_k += sum_j masses_j P_k(s_j), several places at a time; both are emptied. */
      void
      add_expectations(std::vector<double> &places,
                       std::vector<double> &masses,
                       std::vector<double> &sums) const;

      /** The weight over its integral, the square of the first polynomial times the weight. */
      double
      weight(const Place &place) const;

      /** The root of the integral of the weight over that of the other. */
      double
      norm_over(const Polynomials &other) const;

    private:
      /** P_(k+1) = (slope s - shift) P_k - back P_(k-1). */
      struct Step
      {
        double slope, shift, back;
      };

      double            a, b;
      double            log_norm; // of the integral of the weight
      std::vector<Step> steps;
    };

    /**
     * sum_k c_k terms_k. Several shorter sums tell the truncation: a single one may be near by
     * accident where they oscillate.
     */
    Value
    sum(const std::vector<double> &terms) const;

    double              a, b;
    Polynomials         polynomials, of_integrals; // P_k and Q_k
    std::vector<double> coefficients;
  };
} // namespace dynkin

#endif
