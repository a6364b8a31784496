// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_density_sphere_operator_h
#define dynkin_theory_density_sphere_operator_h

#include "model/quadratic_model.h"

#include <optional>

namespace dynkin
{
  /**
   * The generator at infinity on the unit sphere, d = 2 or 3: with the homogeneous
   * parts b = -H x and a_infinity(x) = eta (x^T S^ij x), it maps r^alpha g(u), u = x/r, to
   * r^alpha (L_alpha g)(u). For g = Y of degree l, r^alpha Y(u) = r^s R(x) with the solid
   * harmonic R and s = alpha - l, so at r = 1
   *
   *   L_alpha Y = [ s b.u + s (s - 2)/2 u.a u + s/2 tr a ] R + (b + s a u) . grad R + 1/2 a : grad grad R.
   *
   * Galerkin in the even spherical harmonics up to a degree, integrals exact:
   * L_alpha = L_0 + alpha L_1 + alpha^2 L_2. Spectral convergence if a_infinity is
   * positive definite on the sphere.
   */
  class SphereOperator
  {
  public:
    SphereOperator(const QuadraticModel &model, const unsigned int max_degree);

    /** An eigenfunction, by its coefficients, with growth rate and exponent: L_exponent g = rate g. */
    struct Pair
    {
      double          exponent, rate;
      Eigen::VectorXd g;
    };

    /** Lambda(alpha), the largest real part of all eigenvalues of L_alpha. */
    double
    growth_rate(const double alpha) const;

    /** The same eigenvalue with its eigenfunction. */
    Pair
    rightmost(const double alpha) const;

    /**
     * Newton's method from a pair of a lower degree: to the same rate (solving for
     * the exponent) or to the same exponent (solving for the rate). Nothing if
     * it does not converge or if g changes sign, so that it is not the principal one.
     */
    std::optional<Pair>
    refine(const Pair &start, const bool keep_rate) const;

    /** d Lambda/d alpha at 0: L_1 1 averaged over the invariant law of the angle, L_0^T pi = 0. */
    double
    lyapunov_exponent() const;

    /** Number of basis functions. */
    unsigned int
    size() const;

  private:
    Eigen::MatrixXd
    at(const double alpha) const;

    Eigen::MatrixXd L[3];
    Eigen::MatrixXd values; // of the basis functions at the quadrature points
  };
} // namespace dynkin

#endif
