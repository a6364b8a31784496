// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_density_tail_index_h
#define dynkin_theory_density_tail_index_h

#include "model/quadratic_model.h"

#include <string>

namespace dynkin
{
  /**
   * Tail index alpha* of the stationary law on R^d: P(|z| > R) ~ R^(-alpha*), E|z|^m is
   * finite iff m < alpha*. The generator at infinity maps r^alpha g(u) to
   * r^alpha (L_alpha g)(u); Lambda(alpha) is the principal eigenvalue of L_alpha on the unit sphere:
   * convex, Lambda(0) = 0, Lambda'(0) the Lyapunov exponent at infinity. The stationary
   * law exists iff Lambda'(0) < 0, and then Lambda(alpha*) = 0, alpha* > 0. This makes Theorem 1(i)
   * of arXiv 2306.09624 exact (Kesten, Acta Math. 131 (1973), for products of random matrices).
   *
   * By the first of these that applies:
   *   rho = 0, Sigma_H = 0, A = 0: infinite (Gaussian law);
   *   `decoupled`, d = 1: min_i (1 + 2 h_i/(eta rho_i)) (there each coordinate has its own index);
   *   `coupled`, H = (k Sigma_g + K) Sigma_H: 2 (1 + k/eta) - d, if positive, any d;
   *   d = 2, 3: the eigenproblem, by spherical harmonics of two successive degrees that agree
   *     to 1e-10, if the noise grows quadratically in every direction;
   *   otherwise (Sigma_H singular, d > 3, not resolved): the even orders of ClosedMoments
   *     bracket it, Lambda(n) < 0 iff n < alpha*, from lower() to upper().
   *
   * Throws std::domain_error as QuadraticModel does.
   */
  class TailIndex
  {
  public:
    explicit TailIndex(const ModelParameters &model);

    enum class Existence
    {
      yes,
      no,
      unknown // the bracket starts at 0
    };

    /** Of a stationary law on R^d. */
    Existence
    stationary_law() const;

    /** alpha*; NaN if there is no stationary law or if only a bracket is known. */
    double
    value() const;

    /** lower() <= alpha* <= upper(). */
    double
    lower() const;

    double
    upper() const;

    /** Lambda'(0) [1/time]; NaN where it is not computed (closed forms other than `decoupled`, brackets). */
    double
    lyapunov_exponent() const;

    /** Estimated absolute error of value(): the change from the last degree but one. */
    double
    error_estimate() const;

    /** Which of the rows above gave it. */
    const std::string &
    formula() const;

  private:
    bool
    closed_form(const ModelParameters &parameters, const QuadraticModel &model);

    bool
    eigenproblem(const ModelParameters &parameters, const QuadraticModel &model);

    void
    bracket(const ModelParameters &parameters, const QuadraticModel &model);

    /** The tail index where the closed form or the eigenproblem is solved; no law if it is not positive. */
    void
    set(const double alpha, const double error, const std::string &name);

    Existence   existence;
    double      low, high, lyapunov, error;
    std::string name;
  };

  /**
   * Lambda(alpha) [1/time], the growth rate of E|z|^alpha for large |z|, d = 2 or 3, by the eigenproblem
   * of TailIndex. Throws std::domain_error where it cannot be resolved.
   */
  double
  moment_growth_rate(const ModelParameters &model, const double alpha);
} // namespace dynkin

#endif
