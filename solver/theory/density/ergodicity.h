// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_density_ergodicity_h
#define dynkin_theory_density_ergodicity_h

#include "model/quadratic_model.h"

#include <string>

namespace dynkin
{
  /**
   * Contraction of the laws p(t, x, .) in the Wasserstein distance W2, by synchronous
   * coupling: d/dt E|X - Y|^2 <= (lambda_F - 2 theta) E|X - Y|^2, so
   *
   *   W2(t) <= |x - y| exp(rate t),   rate = lambda_F/2 - theta,
   *   theta = smallest eigenvalue of the symmetric part of H,
   *   lambda_F = sup ||s(x) - s(y)||_F^2/|x - y|^2 = eta lambda_max(sum_i S^ii),
   *
   * with a factor s of the noise linear in z (d + d^2 Brownian motions if need be; only the
   * law matters); for `coupled` lambda_F = eta tr(Sigma_g) lambda_max(Sigma_H). For
   * `decoupled` each coordinate contracts by itself: rate = max_i (eta rho_i/2 - h_i), sharp.
   * A negative rate implies a unique stationary law; TailIndex says exactly when there is one.
   *
   * It corrects (4.3), Theorem 2 and Remark 2 of arXiv 2306.09624: (4.3) holds with the rate d lambda/2 - theta,
   * lambda of (4.2), and, less sharply, as printed with d lambda - theta; the last line of its proof,
   * (d lambda - theta)/2, is not what it derives; Remark 2's c_s, for the squared distance, is
   * max_i (eta rho_i - 2 h_i). Chen, Eigenvalues, Inequalities and Ergodic Theory (2005), chapter 2.
   *
   * Throws std::domain_error as QuadraticModel does.
   */
  class Ergodicity
  {
  public:
    explicit Ergodicity(const ModelParameters &model);

    double
    theta() const;

    double
    lambda_F() const;

    /** lambda_F/2 - theta, or the sharp rate of `decoupled` [1/time]. */
    double
    contraction_rate() const;

    /** Is contraction_rate() the best constant? */
    bool
    is_sharp() const;

    /**
     * Half of the exact growth rate of E|X - Y|^2 under that coupling, at most contraction_rate():
     * W2(t) <= constant |x - y| exp(rate t). Negative iff the second moment is finite.
     */
    double
    mean_square_rate() const;

    /** lambda of (4.2), max_i sup_xy sum_j (s_ij(x) - s_ij(y))^2/|x - y|^2 [1/time]; `decoupled` and `coupled`. */
    double
    paper_lambda() const;

    /** The rate (4.3) states, d lambda - theta. */
    double
    paper_rate() const;

    /** What its proof gives: d lambda/2 - theta. */
    double
    corrected_paper_rate() const;

    /**
     * The bound on eta in (4.4): h_min/(d^2 g_max^2 H_sum), h_min the smallest eigenvalue of H, g_max the
     * largest entry of the root of Sigma_g in the eigenbasis of H, H_sum = tr Sigma_H. Infinite for Sigma_H = 0.
     * Throws std::domain_error where (4.4) says nothing: models other than `coupled` (`decoupled` for d = 1
     * is the same thing) and H not symmetric.
     */
    double
    paper_bound() const;

    /** (4.4): eta < paper_bound(); sufficient, far from necessary. */
    bool
    paper_condition() const;

  private:
    ModelParameters parameters;
    QuadraticModel  model;
  };
} // namespace dynkin

#endif
