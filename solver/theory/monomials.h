// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_monomials_h
#define dynkin_theory_monomials_h

#include <Eigen/Core>

#include <vector>

namespace dynkin
{
  /** Exponents of z^alpha = prod_i z_i^alpha_i. */
  using Exponents = std::vector<unsigned int>;

  /** The monomials of one degree in d variables, numbered from 0; there are binomial(degree + d - 1, d - 1). */
  class Monomials
  {
  public:
    Monomials(const unsigned int dimension, const unsigned int degree);

    unsigned int
    size() const;

    const Exponents &
    operator[](const unsigned int i) const;

    /**
     * The number of the monomial with these exponents, of the right degree:
     * sum_(i < d) binomial(s_i + d - 1 - i, d - i), s_i = alpha_(i+1) + .. + alpha_d.
     */
    static unsigned int
    index(const Exponents &alpha);

    /** All of them at the point z. */
    Eigen::VectorXd
    values(const Eigen::VectorXd &z) const;

  private:
    std::vector<Exponents> exponents;
  };

  /** binomial(degree + dimension - 1, dimension - 1) without forming the monomials. */
  double
  n_monomials(const unsigned int dimension, const unsigned int degree);

  /** Row alpha: the coefficients of (B z) . grad z^alpha in the same monomials. */
  Eigen::MatrixXd
  linear_transport(const Monomials &monomials, const Eigen::MatrixXd &B);
} // namespace dynkin

#endif
