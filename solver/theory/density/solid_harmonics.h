// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_density_solid_harmonics_h
#define dynkin_theory_density_solid_harmonics_h

#include <Eigen/Core>

#include <vector>

namespace dynkin
{
  /** A solid harmonic (harmonic homogeneous polynomial of degree l) and its derivatives at a point. */
  struct SolidHarmonic
  {
    unsigned int    l;
    double          value;
    Eigen::VectorXd gradient;
    Eigen::MatrixXd hessian;
  };

  /**
   * All solid harmonics of even degree l <= max_degree at the point u, d = 2 or 3,
   * ordered by l and orthonormal on the unit sphere.
   *
   * d = 2: Re and Im of (x + iy)^l. d = 3: Re and Im of
   * R_l^m = r^l P_l^m e^(im phi)/(l + m)!, for which (Hobson, The Theory of Spherical and
   * Ellipsoidal Harmonics, 1931)
   *   d_z R_l^m = R_(l-1)^m,  (d_x - i d_y) R_l^m = R_(l-1)^(m-1),  (d_x + i d_y) R_l^m = -R_(l-1)^(m+1).
   */
  std::vector<SolidHarmonic>
  even_solid_harmonics(const Eigen::VectorXd &u, const unsigned int max_degree);

  /** Points on the unit sphere in R^d, d = 2 or 3, and weights. */
  struct SphereQuadrature
  {
    std::vector<Eigen::VectorXd> points;
    std::vector<double>          weights;

    /** Exact for even polynomials of degree <= `degree` on the sphere: points on one half of it. */
    SphereQuadrature(const unsigned int d, const unsigned int degree);
  };
} // namespace dynkin

#endif
