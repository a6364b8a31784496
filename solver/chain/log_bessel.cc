// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "chain/log_bessel.h"

#include <boost/math/constants/constants.hpp>

#include <cmath>

namespace dynkin
{
  namespace
  {
    using Real = LogBessel::Real;

    constexpr double panel_length = 0.5; // in log z
    constexpr double log_smallest = 40.; // term of the trapezoidal rule, less the largest
  }                                      // namespace

  LogBessel::LogBessel(const double nu)
    : nu(nu)
  {
  }

  Real
  LogBessel::operator()(const double z) const
  {
    constexpr double pi    = boost::math::constants::pi<double>();
    const double     place = std::log(z) / panel_length;
    const int        panel = static_cast<int>(std::floor(place));
    auto             found = widths.find(panel);
    if (found == widths.end())
      {
        std::array<double, n_chebyshev> values, coefficients;
        for (unsigned int i = 0; i < n_chebyshev; ++i)
          values[i] = log_width(
            std::exp(panel_length * (panel + 0.5 + 0.5 * std::cos(pi * (i + 0.5) / n_chebyshev))));
        for (unsigned int n = 0; n < n_chebyshev; ++n)
          {
            coefficients[n] = 0.;
            for (unsigned int i = 0; i < n_chebyshev; ++i)
              coefficients[n] += (n == 0 ? 1. : 2.) / n_chebyshev * values[i] *
                                 std::cos(pi * n * (i + 0.5) / n_chebyshev);
          }
        found = widths.emplace(panel, coefficients).first;
      }
    const double s    = 2. * (place - panel) - 1.;
    double       last = 0., next = 0.; // Clenshaw
    for (unsigned int n = n_chebyshev; n-- > 1;)
      {
        const double b = 2. * s * next - last + found->second[n];
        last           = next;
        next           = b;
      }
    const double width = s * next - last + found->second[0];
    const Real   order = nu;
    return order * std::asinh(order / z) - std::hypot(order, static_cast<Real>(z)) + width;
  }

  double
  LogBessel::log_width(const double z) const
  {
    // nu v - z cosh v, v = v0 + u about its top v0, less its value there
    const double c = std::hypot(nu, z), plus = nu >= 0. ? c + nu : z * z / (c - nu),
                 minus = nu >= 0. ? z * z / (c + nu) : c - nu;
    const double h     = std::min(0.2, 0.5 / std::sqrt(c));
    const auto   term  = [&](const double u) {
      return nu * u - 0.5 * plus * std::expm1(u) - 0.5 * minus * std::expm1(-u);
    };
    double sum = 1.;
    for (const double side : {-1., 1.})
      for (unsigned int k = 1;; ++k)
        {
          const double log_term = term(side * k * h);
          if (log_term < -log_smallest)
            break;
          sum += std::exp(log_term);
        }
    return std::log(h * sum);
  }
} // namespace dynkin
