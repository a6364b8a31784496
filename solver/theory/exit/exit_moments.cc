// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/exit/exit_moments.h"

#include <cmath>
#include <stdexcept>

namespace dynkin
{
  long double
  green_integral(const ScaleSpeedTable::Sides &sides, const ReflectingEnd reflecting_end)
  {
    const auto &[left, right] = sides;
    const long double scale   = left.scale + right.scale;
    switch (reflecting_end)
      {
        case ReflectingEnd::left:
          return right.scale * left.speed + right.upper;
        case ReflectingEnd::right:
          return left.scale * right.speed + left.lower;
        default:
          return right.scale / scale * left.lower + left.scale / scale * right.upper;
      }
  }

  PanelInterpolant
  green_integral(const ScaleSpeedTable &table, const ReflectingEnd reflecting_end)
  {
    return PanelInterpolant(
      [&](const long double x) { return green_integral(table.sides(x), reflecting_end); },
      table.breakpoints());
  }

  ExitMoments::ExitMoments(const ScalarDiffusion &diffusion,
                           const double           left,
                           const double           right,
                           const ReflectingEnd    reflecting_end,
                           const unsigned int     n_moments)
    : diffusion(diffusion)
    , reflecting_end(reflecting_end)
  {
    if (n_moments == 0)
      throw std::domain_error("The number of moments of the exit time must be at least 1.");
    if (diffusion.dimension > 1 && reflecting_end != ReflectingEnd::left)
      throw std::domain_error("A radial exit time has no absorbing end at the centre of the ball.");

    ScalarDiffusion::Function source = [](const long double) { return 1.L; };
    for (unsigned int n = 1; n <= n_moments; ++n)
      {
        tables.emplace_back(diffusion, source, left, right);
        if (n < n_moments)
          source = [n, f = green_integral(tables.back(), reflecting_end)](const long double x) {
            return (n + 1) * f(x);
          };
      }
  }

  const ScaleSpeedTable &
  ExitMoments::table(const unsigned int n) const
  {
    if (n == 0 || n > tables.size())
      throw std::domain_error("Only the moments 1 to " + std::to_string(tables.size()) +
                              " of the exit time were asked for.");
    return tables[n - 1];
  }

  long double
  ExitMoments::value(const unsigned int n, const long double x) const
  {
    return green_integral(table(n).sides(x), reflecting_end);
  }

  long double
  ExitMoments::derivative(const unsigned int n, const long double x) const
  {
    const auto [left, right]        = table(n).sides(x);
    const long double scale_density = std::exp(diffusion.log_scale_density(x));
    switch (reflecting_end)
      {
        case ReflectingEnd::left:
          return -scale_density * left.speed;
        case ReflectingEnd::right:
          return scale_density * right.speed;
        default:
          return scale_density / (left.scale + right.scale) * (right.upper - left.lower);
      }
  }

  const std::vector<long double> &
  ExitMoments::breakpoints(const unsigned int n) const
  {
    return table(n).breakpoints();
  }

  ScaleSpeedTable::Sides
  ExitMoments::sides(const long double x) const
  {
    return tables.front().sides(x);
  }
} // namespace dynkin
