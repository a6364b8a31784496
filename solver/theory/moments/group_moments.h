// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_moments_group_moments_h
#define dynkin_theory_moments_group_moments_h

#include "model/model_parameters.h"
#include "theory/monomials.h"

#include <vector>

namespace dynkin
{
  /**
   * Coefficients of groups of d_k coordinates that are alike (model/groups.h): b = -h_k v_k, the noise
   * alpha_k = still_k + sum_j A_kj |v_j|^2 across v_k, and m_kl v_k v_l^T along them, with the factor eta.
   */
  struct GroupCoefficients
  {
    /** Throws std::domain_error for a model that is not the same in all directions of a group. */
    explicit GroupCoefficients(const ModelParameters &model);

    /** Does the noise grow? */
    bool
    is_constant() const;

    /** Of one coordinate of group k [length^2], of the linearised process. */
    double
    variance(const unsigned int k) const
    {
      return still[k] / (2. * h[k]);
    }

    std::vector<double>              sizes, h, still;
    std::vector<std::vector<double>> A, m;
  };

  /**
   * Moments of X_k = |v_k|^2 [length^2] of groups of d_k coordinates that are alike (model/groups.h), any number
   * of groups of any size d_k >= 1, with alpha_k = alpha_k(0) + sum_j A_kj X_j the noise across v_k and
   * eta m_kl v_k v_l^T that along them. The generator maps polynomials of degree n in X to themselves,
   *
   *   A X^beta = X^beta sum_k beta_k (eta m_kk - 2 h_k + 2 eta sum_l m_kl (beta_l - delta_kl))
   *              + sum_k beta_k (d_k + 2 beta_k - 2) alpha_k X^(beta - e_k),
   *
   * so that d/dt M_n = L_n M_n + N_n M_(n-1), M_n = (E X^beta)_{|beta| = n}. E |v|^(2n) is finite iff the spectral
   * abscissa of L_n is negative: L_n has no negative entry off its diagonal.
   *
   * Source: as ClosedMoments, which has these moments coordinate by coordinate.
   */
  class GroupMoments
  {
  public:
    /**
     * Throws std::domain_error as GroupCoefficients, and for more than 3000 moments of a degree.
     */
    explicit GroupMoments(const ModelParameters &model);

    /** Spectral abscissa of L_n [1/time]: E |v|^(2n) grows like exp of it times t. */
    double
    growth_rate(const unsigned int n) const;

    /** The largest n with at most 3000 moments of that degree. */
    unsigned int
    highest_degree() const;

    /** The largest n up to `most` with finite E |v|^(2n). */
    unsigned int
    finite_degree(const unsigned int most) const;

    /** E X^beta, |beta| = n, of the stationary law, in the numbering of Monomials. Infinite beyond finite_degree(n). */
    Eigen::VectorXd
    stationary(const unsigned int n) const;

    /**
     * The learning rate below which E |v|^2 is finite: 1/rho of diag(2 h)^-1 G, L_1 = -2 diag(h) + eta G, rho the spectral
     * radius. Infinity for noise that does not grow.
     */
    double
    largest_learning_rate() const;

    /** E r_k^2 [length^2] of the stationary law, group by group; infinite where E |v|^2 is. */
    std::vector<double>
    mean_squares() const;

    /** E 1/2 v^T H v of the stationary law; infinite where E |v|^2 is. */
    double
    loss() const;

  private:
    /**
     * Is the spectral abscissa of L_n negative? Then and only then -L_n x = (1, .., 1) has a solution x > 0
     * (M-matrices), which takes far less time than eigenvalues.
     */
    bool
    is_finite(const unsigned int n) const;

    /** (L_n | N_n). */
    std::pair<Eigen::MatrixXd, Eigen::MatrixXd>
    generator(const unsigned int n) const;

    double            eta;
    GroupCoefficients of;
  };
} // namespace dynkin

#endif
