// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_moments_closed_moments_h
#define dynkin_theory_moments_closed_moments_h

#include "model/quadratic_model.h"
#include "theory/monomials.h"

#include <vector>

namespace dynkin
{
  /** All moments E z^alpha up to an order, z = x - w*; [length^order]. */
  class MomentTable
  {
  public:
    /** `by_degree[n]`: the moments of the monomials of degree n in d variables. */
    MomentTable(const unsigned int dimension, std::vector<Eigen::VectorXd> by_degree);

    /** The moments of a point mass at x - w* = z. */
    static MomentTable
    of_point(const std::vector<double> &z, const unsigned int order);

    /** The moments of the normal law of this mean (relative to w*) and covariance. */
    static MomentTable
    of_gaussian(const std::vector<double> &mean,
                const Matrix              &covariance,
                const unsigned int         order);

    unsigned int
    order() const;

    unsigned int
    dimension() const;

    /** E z^alpha. Throws std::domain_error beyond order(). */
    double
    value(const Exponents &alpha) const;

    /** E z z^T. */
    Matrix
    second() const;

    /** E z z^T - E z E z^T. */
    Matrix
    covariance() const;

    /** The moments of one degree, in the numbering of Monomials. */
    const Eigen::VectorXd &
    degree(const unsigned int n) const;

  private:
    unsigned int                 d;
    std::vector<Eigen::VectorXd> by_degree;
  };

  /**
   * The moments of the models `decoupled`, `coupled` and `quadratic covariance`:
   * drift linear and diffusion quadratic about w*, so the generator maps
   * polynomials of degree n to themselves (Pearson diffusions),
   *
   *   d/dt m_n = L_n m_n + N_n m_(n-2),    m_n = (E z^alpha)_{|alpha| = n},
   *
   * in any dimension: stationary m_n = -L_n^-1 N_n m_(n-2) (odd ones vanish), and at
   * time t by the exponential of the block matrix.
   *
   * For even n, E|z|^n grows as e^(Lambda(n) t), Lambda(n) the spectral abscissa
   * of L_n, exactly (the flow preserves the cone of non-negative forms, of which
   * |z|^n is an interior point). The stationary moments of even order n are finite iff
   * Lambda(n) < 0, that is n < tail index; the linear system alone does not tell.
   *
   * Source: Forman and Soerensen, The Pearson diffusions, Scand. J. Stat. 35 (2008);
   * it replaces the inequality (3.3) of arXiv 2306.09624, which lacks a factor eta/2.
   *
   * Throws std::domain_error as QuadraticModel does, and for systems of more than 3000 moments.
   */
  class ClosedMoments
  {
  public:
    ClosedMoments(const ModelParameters &model, const unsigned int max_order);

    /** Lambda(n) [1/time] for even n <= max_order. */
    double
    growth_rate(const unsigned int n) const;

    /** Largest even order <= max_order whose stationary moments are finite. */
    unsigned int
    finite_order() const;

    /** The stationary moments up to finite_order(). */
    MomentTable
    stationary() const;

    /** The moments at time t >= 0 of the process with these initial moments (all finite), up to their order. */
    MomentTable
    at_time(const double t, const MomentTable &initial) const;

  private:
    QuadraticModel               model;
    std::vector<Eigen::MatrixXd> L; // by degree
    std::vector<Eigen::MatrixXd> N;
  };

  /**
   * E z z^T of the stationary law by formulas of its own: eta sigma_i/(2 h_i - eta rho_i)
   * for `decoupled`; for `coupled` eta L/(1 - eta l), H L + L H^T = Sigma_g,
   * l = tr(Sigma_H L); for `quadratic covariance` the solution of
   * H S + S H^T = eta (Sigma + A:S), finite iff the positive map T, H T(S) + T(S) H^T =
   * eta A:S, has spectral radius < 1.
   * Every entry is infinite where the second moment is.
   */
  Matrix
  stationary_covariance(const ModelParameters &model);
} // namespace dynkin

#endif
