// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/exit/exit_time_1d.h"

#include "theory/independent_coordinates.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace dynkin
{
  namespace
  {
    ScalarDiffusion
    only_coordinate(const ModelParameters &model)
    {
      independent_coordinates(model, 1, "The 1-D exit-time integral");
      return coordinate_diffusion(model, 0);
    }

    /** With phi = 0 in the middle, to use the range of long double well. */
    ScalarDiffusion
    shifted(ScalarDiffusion diffusion, const double left, const double right)
    {
      const long double shift = diffusion.phi(0.5L * left + 0.5L * right);
      diffusion.phi = [phi = diffusion.phi, shift](const long double x) { return phi(x) - shift; };
      return diffusion;
    }
  } // namespace

  ExitTime1D::ExitTime1D(const ModelParameters &model,
                         const double           left,
                         const double           right,
                         const ReflectingEnd    reflecting_end,
                         const unsigned int     n_moments)
    : ExitTime1D(only_coordinate(model), left, right, reflecting_end, n_moments)
  {
  }

  ExitTime1D::ExitTime1D(const Function     &phi,
                         const Function     &a,
                         const double        left,
                         const double        right,
                         const ReflectingEnd reflecting_end,
                         const unsigned int  n_moments)
    : ExitTime1D(ScalarDiffusion{1, phi, {}, a}, left, right, reflecting_end, n_moments)
  {
  }

  ExitTime1D::ExitTime1D(const ScalarDiffusion &diffusion,
                         const double           left,
                         const double           right,
                         const ReflectingEnd    reflecting_end,
                         const unsigned int     n_moments)
    : left(left)
    , right(right)
    , reflecting_end(reflecting_end)
    , moments(shifted(diffusion, left, right), left, right, reflecting_end, n_moments)
  {
  }

  long double
  ExitTime1D::inside(const double point) const
  {
    const long double x = std::clamp<long double>(point, left, right);
    if (!(std::abs(x - point) <= 1e-12L * (right - left)))
      throw std::domain_error("The exit time is asked for at x = " + std::to_string(point) +
                              ", outside the interval.");
    return x;
  }

  double
  ExitTime1D::log_value(const double x) const
  {
    return log_moment(1, x);
  }

  double
  ExitTime1D::value(const double x) const
  {
    return moment(1, x);
  }

  double
  ExitTime1D::derivative(const double x) const
  {
    return moments.derivative(1, inside(x));
  }

  PanelInterpolant
  ExitTime1D::interpolated_value() const
  {
    return PanelInterpolant([this](const long double x) { return moments.value(1, x); },
                            moments.breakpoints(1));
  }

  PanelInterpolant
  ExitTime1D::interpolated_derivative() const
  {
    return PanelInterpolant([this](const long double x) { return moments.derivative(1, x); },
                            moments.breakpoints(1));
  }

  double
  ExitTime1D::log_moment(const unsigned int n, const double x) const
  {
    return std::log(moments.value(n, inside(x)));
  }

  double
  ExitTime1D::moment(const unsigned int n, const double x) const
  {
    return moments.value(n, inside(x));
  }

  ScaleSpeedTable::Sides
  ExitTime1D::absorbing_sides(const double x) const
  {
    if (reflecting_end != ReflectingEnd::none)
      throw std::domain_error("With a reflecting end there is no choice of where to leave.");
    return moments.sides(inside(x));
  }

  double
  ExitTime1D::probability_of_right_end(const double x) const
  {
    const auto sides = absorbing_sides(x);
    return sides.left.scale / (sides.left.scale + sides.right.scale);
  }

  double
  ExitTime1D::probability_of_left_end(const double x) const
  {
    const auto sides = absorbing_sides(x);
    return sides.right.scale / (sides.left.scale + sides.right.scale);
  }
} // namespace dynkin
