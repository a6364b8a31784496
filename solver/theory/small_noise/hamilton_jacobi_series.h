// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_small_noise_hamilton_jacobi_series_h
#define dynkin_theory_small_noise_hamilton_jacobi_series_h

#include "model/quadratic_model.h"
#include "theory/monomials.h"

#include <vector>

namespace dynkin
{
  /**
   * The quasi-potential V near the centre as a power series, V = sum_n V_2n with V_2n
   * homogeneous of degree 2n, from the Hamilton-Jacobi equation
   * 1/2 grad V . C grad V - H z . grad V = 0, C(z) = Sigma + growth(z):
   *
   *   V_2 = 1/2 z^T P^-1 z,  H P + P H^T = Sigma,
   *   (Sigma P^-1 z - H z) . grad V_2n = -1/2 sum_(i + j = 2n + 2; i, j > 2) grad V_i . Sigma grad V_j
   *                                      -1/2 sum_(i + j = 2n) grad V_i . growth grad V_j.
   *
   * The linear field on the left is similar to H^T z, so each step is uniquely
   * solvable (no resonance is possible). d = 1, 2, 3.
   */
  class HamiltonJacobiSeries
  {
  public:
    /** In coordinates with P = 1/2 identity, so that V_2 = |z|^2; see QuadraticModel::transformed. */
    HamiltonJacobiSeries(const QuadraticModel &whitened, const unsigned int max_degree);

    double
    value(const Eigen::VectorXd &z) const;

    Eigen::VectorXd
    gradient(const Eigen::VectorXd &z) const;

    /** Radius |z| up to which the last terms are below `tolerance` |z|^2 (an estimate); infinite if they vanish. */
    double
    radius(const double tolerance) const;

  private:
    using Polynomial = Eigen::VectorXd; // coefficients, in the numbering of Monomials

    Polynomial
    product(const Polynomial  &p,
            const unsigned int degree_p,
            const Polynomial  &q,
            const unsigned int degree_q) const;

    /** d_i of a polynomial of this degree. */
    Polynomial
    derivative(const Polynomial &p, const unsigned int degree, const unsigned int i) const;

    unsigned int                         d;
    std::vector<Monomials>               monomials; // by degree
    std::vector<Polynomial>              V;         // V_2n at n
    std::vector<std::vector<Polynomial>> gradients; // of V_2n at n
  };
} // namespace dynkin

#endif
