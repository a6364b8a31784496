// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/exit/spectral_modes.h"

#include <Eigen/Eigenvalues>

#include <cmath>
#include <stdexcept>

namespace dynkin
{
  SpectralModes::SpectralModes(const ScalarDiffusion &diffusion,
                               const double           left,
                               const double           right,
                               const ReflectingEnd    reflecting_end,
                               const unsigned int     n)
    : diffusion(diffusion)
    , left(left)
    , right(right)
    , basis(0.5L * diffusion.dimension - (diffusion.dimension > 1 ? 1.L : 0.5L), reflecting_end, n)
  {
    const bool              radial = diffusion.dimension > 1;
    const long double       length = static_cast<long double>(right) - left;
    const JacobiBasis::Rule rule   = basis.gauss_rule(n + n / 2 + 20);
    const auto              n_q    = rule.nodes.size();

    JacobiBasis::Matrix flux(n_q, n), mass(n_q, n);
    Vector              one(n_q); // e^{-phi/2}, the constant 1 in terms of g
    for (unsigned int q = 0; q < n_q; ++q)
      {
        const long double s      = rule.nodes[q];
        const long double x      = radial ? length * std::sqrt(s) : left + length * s;
        const long double dxds   = radial ? length * length / (2.L * x) : length;
        const auto        psi    = basis.evaluate(s);
        const long double weight = rule.weights[q] * dxds * (radial ? x / length : 1.L);
        flux.row(q)              = std::sqrt(weight) / dxds *
                      (psi.row(1) + 0.5L * diffusion.phi_derivative(x) * dxds * psi.row(0));
        const long double root = std::sqrt(weight * 2.L / diffusion.a(x));
        mass.row(q)            = root * psi.row(0);
        one[q]                 = root * std::exp(-0.5L * diffusion.phi(x));
      }
    const JacobiBasis::Matrix M = mass.transpose() * mass;
    JacobiBasis::Matrix       K = flux.transpose() * flux;
    const long double         c = K(0, 0) / M(0, 0);
    K += c * M;

    const Eigen::GeneralizedSelfAdjointEigenSolver<JacobiBasis::Matrix> solver(M, K);
    if (solver.info() != Eigen::Success || !solver.eigenvectors().allFinite())
      throw std::domain_error("The spectrum cannot be resolved: the eigenvalue solver failed.");
    const Vector              mu = solver.eigenvalues().reverse();
    const JacobiBasis::Matrix u  = solver.eigenvectors().rowwise().reverse();
    lambda                       = mu.cwiseInverse().array() - c;
    const Vector overlap         = (mass * u).transpose() * one;
    modes                        = u * overlap.cwiseQuotient(mu).asDiagonal();
  }

  const SpectralModes::Vector &
  SpectralModes::eigenvalues() const
  {
    return lambda;
  }

  long double
  SpectralModes::reference_coordinate(const long double x) const
  {
    const long double s = (x - left) / (right - left);
    return diffusion.dimension > 1 ? s * s : s;
  }

  SpectralModes::Vector
  SpectralModes::weights(const double x) const
  {
    const JacobiBasis::Matrix psi = basis.evaluate(reference_coordinate(x));
    return std::exp(0.5L * diffusion.phi(x)) * (psi.row(0) * modes).transpose();
  }
} // namespace dynkin
