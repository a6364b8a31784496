// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_density_student_t_density_h
#define dynkin_theory_density_student_t_density_h

#include "theory/density/student_t_structure.h"

#include <string>
#include <vector>

namespace dynkin
{
  /**
   * Stationary density of the model `coupled` with H = (k Sigma_g + K) Sigma_H, K
   * antisymmetric: a multivariate Student t, with z = x - w*,
   *
   *   p(x) = (1 + z^T Sigma_H z)^-m / Z,   m = 1 + k/eta,
   *   Z = pi^(d/2) det(Sigma_H)^(-1/2) Gamma(m - d/2)/Gamma(m).
   *
   * On R^d normalisable iff 2 m > d; the tail index is 2 m - d. Its current
   * J = -K Sigma_H z p is free of divergence and tangential to the ellipsoids
   * z^T Sigma_H z = R^2: on those, with reflecting walls, the density is the
   * restriction, renormalised. For K = 0 so it is on every domain.
   *
   * Source: Chen et al., arXiv 2306.09624, (2.13) to (2.15), whose diagonal form
   * (3.2) it is not for d > 1; Kotz and Nadarajah, Multivariate t Distributions (2004).
   *
   * The factories throw std::domain_error for another model or structure, 2 m <= d
   * (on R^d only), a radius <= 0, an empty box, and a ball or box for K != 0
   * or d > 3. All functions are const,
   * thread-safe and cheap.
   */
  class StudentTDensity
  {
  public:
    /** On R^d. */
    explicit StudentTDensity(const ModelParameters &model);

    /** On (x - w*)^T Sigma_H (x - w*) < radius^2, by the incomplete beta function (any d). */
    static StudentTDensity
    restricted_to_ellipsoid(const ModelParameters &model, const double radius);

    /** On |x - w*| < radius, by quadrature over directions; K = 0, d <= 3. */
    static StudentTDensity
    restricted_to_ball(const ModelParameters &model, const double radius);

    /** On the box lower <= x <= upper, anywhere, by quadrature along the coordinates; K = 0, d <= 3. */
    static StudentTDensity
    restricted_to_box(const ModelParameters     &model,
                      const std::vector<double> &lower,
                      const std::vector<double> &upper);

    /** log p(x) [log length^-d]. */
    double
    log_value(const std::vector<double> &x) const;

    /** p(x) [length^-d]. */
    double
    value(const std::vector<double> &x) const;

    /** grad p(x) [length^-d-1]. */
    std::vector<double>
    gradient(const std::vector<double> &x) const;

    /** log Z, Z the integral over the domain of the density normalised to 1 at w*. */
    double
    log_normalisation() const;

    /** 2 m - d: on R^d, E|z|^n is finite iff n is smaller. */
    double
    tail_index() const;

    /** Sigma_H^-1/(tail index - 2) on R^d; every entry infinite if the tail index is <= 2. */
    Matrix
    covariance() const;

    /** P(z^T Sigma_H z > radius^2) on R^d. */
    double
    tail_probability(const double radius) const;

    /** P(x_i <= value) on R^d: Student's t with as many degrees of freedom as the tail index. */
    double
    cdf(const unsigned int i, const double value) const;

    /** Inverse of cdf. Throws std::domain_error unless 0 < p < 1. */
    double
    quantile(const unsigned int i, const double p) const;

    /** k, and K. */
    const StudentTStructure &
    structure() const;

  private:
    struct NotNormalised
    {
    };

    StudentTDensity(const ModelParameters &model, const NotNormalised);

    /** log int_0^radius r^(d-1) (1 + r^2)^-m dr. */
    double
    log_radial_mass(const double radius) const;

    /** log of the integral over |z| < radius. */
    double
    log_ball_mass(const double radius) const;

    /** log of the integral over lower <= z <= upper from coordinate i on, the first i coordinates of z given. */
    double
    log_box_mass(const Eigen::VectorXd &lower,
                 const Eigen::VectorXd &upper,
                 Eigen::VectorXd       &z,
                 const unsigned int     i = 0) const;

    /** Throws std::domain_error where the restriction to `shape` does not solve the problem, or d > 3. */
    void
    require_restriction(const std::string &shape) const;

    Eigen::VectorXd
    relative(const std::vector<double> &x) const;

    /** Throws std::domain_error unless 2 m > d. */
    void
    require_normalisable() const;

    /** sqrt((Sigma_H^-1)_ii / tail index): the scale of coordinate i's Student t. */
    double
    scale(const unsigned int i) const;

    StudentTStructure parts;
    Eigen::VectorXd   w_star;
    Eigen::MatrixXd   Sigma_H;
    double            m;
    double            log_Z;
  };
} // namespace dynkin

#endif
