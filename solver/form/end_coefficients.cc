// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "form/end_coefficients.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace dealii;

namespace dynkin
{
  EndCoefficients::EndCoefficients(const LineWeight          &line,
                                   const LineWeight::EndCell &cell,
                                   const Model<1>            &model,
                                   const Quadrature<1>       &quadrature,
                                   const double               psi_one)
  {
    const LineEnd &end          = cell.end;
    const double   m            = cell.power;
    const double   of_mass      = m * (end.weight_exponent() + 1.) - 1.;
    const double   of_diffusion = m * (end.conductance - 1.) + 1.;
    // at the place that a double next to it is, by the power of the two distances; too near, where
    // there is none, by that of the cell
    const auto diffusion_at = [&](const double distance) {
      constexpr double enough = 100. * std::numeric_limits<double>::epsilon();
      double           place  = end.position + end.inward * distance;
      if (std::abs(place - end.position) < enough * std::abs(end.position))
        place = end.position + end.inward * cell.size;
      return model.diffusion(Point<1>(place))[0][0] *
             std::pow(distance / std::abs(place - end.position), end.diffusion_exponent);
    };
    const auto mass_factors      = LineWeight::power_factors(quadrature, of_mass);
    const auto diffusion_factors = LineWeight::power_factors(quadrature, of_diffusion);
    for (unsigned int q = 0; q < quadrature.size(); ++q)
      {
        const double t        = quadrature.point(q)[0];
        const double distance = cell.size * std::pow(t, m);
        const double stretch  = m * cell.size * std::pow(t, m - 1.); // dx/dt
        const double w_a      = std::exp(line.log_conductance(cell, distance) - psi_one);
        mass.push_back(mass_factors[q] * w_a / diffusion_at(distance) * stretch);
        diffusion.push_back(diffusion_factors[q] * 0.5 * w_a / stretch);
      }
    if (end.inward < 0.)
      {
        std::reverse(mass.begin(), mass.end());
        std::reverse(diffusion.begin(), diffusion.end());
      }
  }
} // namespace dynkin
