// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_small_noise_quasi_potential_h
#define dynkin_theory_small_noise_quasi_potential_h

#include "theory/density/student_t_structure.h"
#include "theory/small_noise/hamiltonian_rays.h"

#include <optional>
#include <string>
#include <vector>

namespace dynkin
{
  /**
   * Quasi-potential V about the centre, z = x - w*: eta log E tau -> min V over the
   * boundary as eta -> 0 (eta does not enter V). Solves the Hamilton-Jacobi equation
   * 1/2 grad V . C grad V - H z . grad V = 0, a = eta C.
   *
   *   `decoupled`: V = sum_i (h_i/rho_i) log(1 + rho_i z_i^2/sigma_i); each term is concave in z_i^2,
   *     so the minimum over the sphere |z| = r lies on a coordinate axis;
   *   `coupled`, H = (k Sigma_g + K) Sigma_H, K antisymmetric: V = k log(1 + z^T Sigma_H z), minimum
   *     in the eigen-direction of the smallest eigenvalue of Sigma_H;
   *   otherwise numerically on spheres, d = 2, 3, by HamiltonianRays.
   *
   * It corrects Theorem 3, (5.1), of arXiv 2306.09624: the sign is +, sigma_i divides, C = 1.
   * Source: Freidlin and Wentzell, Random Perturbations of Dynamical Systems, chapter 4.
   *
   * Throws std::domain_error as QuadraticModel does; value() without a closed form; a radius <= 0; d > 3
   * without a closed form.
   */
  class QuasiPotential
  {
  public:
    explicit QuasiPotential(const ModelParameters &model);

    /** V(x) by the closed form. */
    double
    value(const std::vector<double> &x) const;

    /** Is there one? */
    bool
    has_closed_form() const;

    /** Minimum of V over |x - w*| = radius; the minimiser, relative to w*, divided by the radius is the exit direction. */
    SphereMinimum
    minimum_over_sphere(const double radius) const;

    const std::string &
    formula() const;

  private:
    QuadraticModel                        model;
    std::optional<IndependentCoordinates> coordinates;
    std::optional<StudentTStructure>      structure;
    std::string                           name;
  };

  /**
   * Mean exit time of the model `decoupled` in one dimension from |x - w*| < r, started
   * at the centre, as eta -> 0; V = (h/rho) log(1 + rho r^2/sigma):
   *
   *   E tau = K sqrt(eta) e^(V/eta) [1 + eta c + O(eta^2)],
   *   K = sqrt(pi/(sigma h)) (sigma + rho r^2)/(2 h r),   c = (sigma - rho r^2)/(2 h r^2) - rho/(8 h),
   *
   * twice that if one of the ends reflects. Laplace's method on the exact integral of ExitTime1D.
   * Throws std::domain_error for another model or dimension and r <= 0.
   */
  class SmallNoiseExitTime1D
  {
  public:
    SmallNoiseExitTime1D(const ModelParameters &model,
                         const double           radius,
                         const bool             one_end_reflects = false);

    /** V. */
    double
    barrier() const;

    /** K, doubled if one end reflects. */
    double
    prefactor() const;

    /** c. */
    double
    correction() const;

    /** log E tau without (order = 0) or with (order = 1) the term eta c. */
    double
    log_value(const unsigned int order = 1) const;

  private:
    double eta, V, K, c;
  };
} // namespace dynkin

#endif
