// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_exit_jacobi_basis_h
#define dynkin_theory_exit_jacobi_basis_h

#include "theory/exit/exit_moments.h"

#include <Eigen/Core>

namespace dynkin
{
  /**
   * Polynomials of s in (0, 1) that vanish at absorbing ends, well conditioned
   * for the weight s^beta, with a Gauss rule for that weight. With p_j, the
   * orthonormal Jacobi polynomials of weight (1 + t)^beta, t = 2s - 1,
   *
   *   psi_j = p_j / p_j(1) - p_{j+1} / p_{j+1}(1)   zero at s = 1,
   *           p_j / p_j(1) + p_{j+1} / p_{j+1}(1)   zero at s = 0 (beta = 0),
   *           p_j / p_j(1) - p_{j+2} / p_{j+2}(1)   zero at both  (beta = 0).
   *
   * Source: Shen, Tang, Wang, Spectral Methods (2011), chapters 3 and 4; nodes by Golub
   * and Welsch, Math. Comp. 23 (1969), weights from the Christoffel function.
   */
  class JacobiBasis
  {
  public:
    using Matrix = Eigen::Matrix<long double, Eigen::Dynamic, Eigen::Dynamic>;
    using Vector = Eigen::Matrix<long double, Eigen::Dynamic, 1>;

    JacobiBasis(const long double beta, const ReflectingEnd reflecting_end, const unsigned int n);

    /** psi_j(s) in row 0 and psi_j'(s) in row 1. */
    Matrix
    evaluate(const long double s) const;

    /** Nodes in (0, 1) and weights of the Gauss rule with n_nodes nodes for s^beta ds. */
    struct Rule
    {
      Vector nodes, weights;
    };

    Rule
    gauss_rule(const unsigned int n_nodes) const;

  private:
    /** p_j(t) in row 0 and p_j'(t) in row 1, j < n. */
    Matrix
    orthonormal(const long double t, const unsigned int n) const;

    /** t p_j = b_{j+1} p_{j+1} + a_j p_j + b_j p_{j-1}. */
    long double
    a(const unsigned int j) const;
    long double
    b(const unsigned int j) const;

    long double  beta;
    unsigned int n, lag; // number of functions; psi_j combines p_j and p_{j+lag}
    long double  sign;
    Matrix       at_right; // orthonormal(1)
  };
} // namespace dynkin

#endif
