// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/radial_exit_time.h"

#include "theory/require_decoupled.h"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

namespace dynkin
{
  namespace
  {
    constexpr long double epsilon = std::numeric_limits<long double>::epsilon();
  }

  RadialExitTime::RadialExitTime(const ModelParameters &model, const double radius)
    : radius(radius)
    , half_dimension(0.5L * model.center.size())
  {
    const std::string name = "The radial exit-time series";
    require_decoupled(model, model.center.size(), name);
    const DecoupledParameters &p = model.decoupled;
    for (unsigned int i = 0; i < model.center.size(); ++i)
      if (p.rho[i] != 0. || p.h[i] != p.h[0] || p.sigma[i] != p.sigma[0])
        throw std::domain_error(name + " needs rho = 0 and equal h and sigma in all coordinates.");
    if (!(radius > 0.))
      throw std::domain_error(name + " needs a radius > 0.");
    noise = static_cast<long double>(model.eta) * p.sigma[0];
    k     = p.h[0] / noise;
    if (!std::isfinite(exact_value(0.)))
      throw std::domain_error("The mean exit time exceeds the range of the closed form (1e4900).");
  }

  long double
  RadialExitTime::exact_value(const double r) const
  {
    const long double R2      = static_cast<long double>(radius) * radius;
    const long double outside = (static_cast<long double>(radius) - r) * (radius + r) / R2;
    const long double ratio   = static_cast<long double>(r) * r / R2;

    long double sum        = 0.;
    long double power      = 1. / half_dimension; // (k R^2)^n / (d/2)_(n+1)
    long double complement = outside;             // 1 - ratio^(n+1)
    for (unsigned int n = 0; std::isfinite(sum); ++n)
      {
        const long double term = power * complement / (n + 1);
        sum += term;
        if (n > k * R2 && std::abs(term) <= 1e-2L * epsilon * std::abs(sum))
          break;
        power *= k * R2 / (half_dimension + n + 1);
        complement = outside + ratio * complement;
      }
    return sum * R2 / (2. * noise);
  }

  double
  RadialExitTime::log_value(const double r) const
  {
    return std::log(exact_value(r));
  }

  double
  RadialExitTime::value(const double r) const
  {
    return exact_value(r);
  }

  double
  RadialExitTime::derivative(const double r) const
  {
    const long double s    = k * r * r;
    long double       sum  = 0.;
    long double       term = 1. / half_dimension; // s^n / (d/2)_(n+1)
    for (unsigned int n = 0; n <= s || term > 1e-2L * epsilon * sum; ++n)
      {
        sum += term;
        term *= s / (half_dimension + n + 1);
      }
    return -sum * r / noise;
  }
} // namespace dynkin
