// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/exit/panel_interpolant.h"

#include <algorithm>
#include <cmath>

namespace dynkin
{
  namespace
  {
    constexpr unsigned int degree = 20;
  }

  PanelInterpolant::PanelInterpolant(const std::function<long double(long double)> &f,
                                     const std::vector<long double>                &breakpoints)
    : breakpoints(breakpoints)
  {
    const long double pi = std::acos(-1.L);
    for (unsigned int k = 0; k + 1 < breakpoints.size(); ++k)
      for (unsigned int j = 0; j <= degree; ++j)
        {
          const long double s     = std::sin(0.5L * pi * j / degree); // s^2 runs from 0 to 1
          const long double width = breakpoints[k + 1] - breakpoints[k];
          points.push_back(j == degree ? breakpoints[k + 1] : breakpoints[k] + width * s * s);
          values.push_back(f(points.back()));
        }
  }

  long double
  PanelInterpolant::operator()(const long double point) const
  {
    const long double x     = std::max(point, breakpoints.front());
    const auto        right = std::upper_bound(breakpoints.begin() + 1, breakpoints.end() - 1, x);
    const auto        first = (degree + 1) * (std::distance(breakpoints.begin(), right) - 1);

    long double numerator = 0., denominator = 0.;
    for (unsigned int j = 0; j <= degree; ++j)
      {
        const long double distance = x - points[first + j];
        if (distance == 0.L)
          return values[first + j];
        const long double end    = (j == 0 || j == degree) ? 0.5L : 1.L;
        const long double weight = (j % 2 == 0 ? end : -end) / distance;
        numerator += weight * values[first + j];
        denominator += weight;
      }
    return numerator / denominator;
  }
} // namespace dynkin
