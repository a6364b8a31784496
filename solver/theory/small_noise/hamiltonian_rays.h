// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_small_noise_hamiltonian_rays_h
#define dynkin_theory_small_noise_hamiltonian_rays_h

#include "model/quadratic_model.h"
#include "theory/small_noise/hamilton_jacobi_series.h"

#include <vector>

namespace dynkin
{
  /** Minimum of the quasi-potential over the sphere |z| = r, z = x - w*. */
  struct SphereMinimum
  {
    double              value;
    std::vector<double> minimiser; // z; -z is one too
  };

  /**
   * Quasi-potential by its characteristics, d = 2 and 3: the rays of the Hamiltonian
   * 1/2 p . C(z) p - p . H z on its zero level,
   *
   *   z' = C p - H z,   p' = -1/2 grad_z (p . C p) + H^T p,   V' = 1/2 p . C p,   p = grad V,
   *
   * that leave the centre. They start on a small ellipsoid with V and p from
   * HamiltonJacobiSeries, are integrated by Runge, Kutta, Fehlberg 7(8), and stop on the sphere
   * exactly (Henon's change of variable). Every ray is an admissible path and the
   * cheapest path to the sphere is one of them, so the minimum over the rays is the
   * minimum of V over the sphere also beyond caustics.
   *
   * Source: Freidlin and Wentzell, Random Perturbations of Dynamical Systems, chapter 4.
   */
  class HamiltonianRays
  {
  public:
    explicit HamiltonianRays(const QuadraticModel &model);

    /** Scan of all directions, then descent from the lowest ones; relative error about 1e-11. */
    SphereMinimum
    minimum_over_sphere(const double radius) const;

  private:
    struct Arrival
    {
      double          value; // V; infinite if the ray did not reach the sphere cleanly
      Eigen::VectorXd z;
    };

    struct Vertex
    {
      Eigen::VectorXd direction; // where the ray starts, in the whitened coordinates
      Arrival         arrival;
    };

    using Simplex = std::vector<Vertex>;

    Vertex
    shoot(const Eigen::VectorXd &direction, const double radius) const;

    /** Simplices of directions, one of each antipodal pair, with nearby arrivals. */
    std::vector<Simplex>
    scan(const double radius) const;

    /** Nelder and Mead's descent from a simplex. */
    Vertex
    descend(const Simplex &start, const double radius) const;

    using State = std::vector<double>; // (y, p, V) in the whitened coordinates

    State
    rate(const State &state) const;

    Eigen::MatrixXd      unwhiten; // z = unwhiten y
    QuadraticModel       model;    // in y
    std::vector<double>  growth;   // of the model, S^ij_ab at ((i d + j) d + a) d + b
    HamiltonJacobiSeries series;
    double               trusted; // the series holds for |y| below
    double               stretch; // largest |z|/|y|
  };
} // namespace dynkin

#endif
