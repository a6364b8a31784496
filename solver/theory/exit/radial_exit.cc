// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/exit/radial_exit.h"

#include <cmath>
#include <stdexcept>
#include <string>

namespace dynkin
{
  RadialExit::RadialExit(const ScalarDiffusion &diffusion,
                         const double           radius,
                         const unsigned int     n_moments)
    : radius(radius)
    , moments(diffusion, 0., radius, ReflectingEnd::left, n_moments)
  {
  }

  RadialExit::RadialExit(const ModelParameters &model,
                         const double           radius,
                         const unsigned int     n_moments)
    : RadialExit(radial_diffusion(model), radius, n_moments)
  {
  }

  long double
  RadialExit::checked(const double r) const
  {
    if (!(r >= 0. && r <= 1.1 * radius))
      throw std::domain_error("The radial exit time is asked for at r = " + std::to_string(r) +
                              ", outside the ball.");
    return r;
  }

  double
  RadialExit::log_value(const double r) const
  {
    return log_moment(1, r);
  }

  double
  RadialExit::value(const double r) const
  {
    return moment(1, r);
  }

  double
  RadialExit::derivative(const double r) const
  {
    return r * slope(checked(r));
  }

  long double
  RadialExit::slope(const long double r) const
  {
    // constant near the centre, where y^(1-d) is out of range
    const long double y = std::max(r, std::ldexp(static_cast<long double>(radius), -30));
    return moments.derivative(1, y) / y;
  }

  PanelInterpolant
  RadialExit::interpolated_value() const
  {
    return PanelInterpolant([this](const long double r) { return moments.value(1, r); },
                            moments.breakpoints(1));
  }

  PanelInterpolant
  RadialExit::interpolated_slope() const
  {
    return PanelInterpolant([this](const long double r) { return slope(r); },
                            moments.breakpoints(1));
  }

  double
  RadialExit::log_moment(const unsigned int n, const double r) const
  {
    return std::log(moments.value(n, checked(r)));
  }

  double
  RadialExit::moment(const unsigned int n, const double r) const
  {
    return moments.value(n, checked(r));
  }
} // namespace dynkin
