// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/density/power_law_density.h"

#include "theory/independent_coordinates.h"
#include "theory/log_integral.h"

#include <boost/math/constants/constants.hpp>

#include <cmath>
#include <stdexcept>
#include <string>

namespace dynkin
{
  PowerLawDensity::PowerLawDensity(const ModelParameters &model)
    : w_star(model.center)
    , log_Z(0.)
  {
    const IndependentCoordinates p =
      independent_coordinates(model, model.center.size(), "The product power-law density");
    for (unsigned int i = 0; i < w_star.size(); ++i)
      {
        factors.emplace_back(p.h[i], p.sigma[i], p.rho[i], model.eta);
        log_Z += factors.back().log_normalisation();
      }
  }

  PowerLawDensity
  PowerLawDensity::restricted_to_box(const ModelParameters     &model,
                                     const std::vector<double> &lower,
                                     const std::vector<double> &upper)
  {
    PowerLawDensity density(model);
    density.require_size(lower);
    density.require_size(upper);
    density.log_Z = 0.;
    for (unsigned int i = 0; i < lower.size(); ++i)
      density.log_Z +=
        density.factors[i].log_mass(lower[i] - density.w_star[i], upper[i] - density.w_star[i]);
    return density;
  }

  PowerLawDensity
  PowerLawDensity::restricted_to_ball(const ModelParameters     &model,
                                      const std::vector<double> &center,
                                      const double               radius)
  {
    PowerLawDensity density(model);
    density.require_size(center);
    if (!(radius > 0.))
      throw std::domain_error("The density on a ball needs a radius > 0.");
    std::vector<double> relative_center(center);
    for (unsigned int i = 0; i < center.size(); ++i)
      relative_center[i] -= density.w_star[i];
    density.log_Z = density.log_ball_mass(center.size(), relative_center, radius);
    return density;
  }

  double
  PowerLawDensity::log_value(const std::vector<double> &x) const
  {
    require_size(x);
    double sum = -log_Z;
    for (unsigned int i = 0; i < x.size(); ++i)
      sum += factors[i].log_shape(x[i] - w_star[i]);
    return sum;
  }

  double
  PowerLawDensity::value(const std::vector<double> &x) const
  {
    return std::exp(log_value(x));
  }

  std::vector<double>
  PowerLawDensity::gradient(const std::vector<double> &x) const
  {
    const double        p = value(x);
    std::vector<double> result(x.size());
    for (unsigned int i = 0; i < x.size(); ++i)
      result[i] = p * factors[i].log_shape_derivative(x[i] - w_star[i]);
    return result;
  }

  double
  PowerLawDensity::log_normalisation() const
  {
    return log_Z;
  }

  const PowerLawFactor &
  PowerLawDensity::factor(const unsigned int i) const
  {
    return factors.at(i);
  }

  double
  PowerLawDensity::log_ball_mass(const unsigned int         n,
                                 const std::vector<double> &center,
                                 const double               radius) const
  {
    const PowerLawFactor &factor = factors[n - 1];
    const double          c      = center[n - 1];
    if (n == 1)
      return factor.log_mass(c - radius, c + radius);

    using boost::math::double_constants::half_pi;
    std::vector<double> breaks = {-half_pi};
    for (const double z : {-8. * factor.peak_width(), 0., 8. * factor.peak_width()})
      if (std::abs(z - c) < radius)
        breaks.push_back(std::asin((z - c) / radius));
    breaks.push_back(half_pi);
    return log_integral(
      [&](const double theta) {
        const double rest = radius * std::cos(theta);
        return std::log(rest) + factor.log_shape(c + radius * std::sin(theta)) +
               log_ball_mass(n - 1, center, rest);
      },
      breaks);
  }

  void
  PowerLawDensity::require_size(const std::vector<double> &x) const
  {
    if (x.size() != factors.size())
      throw std::domain_error(
        "The product power-law density has " + std::to_string(factors.size()) +
        " coordinates, a point given to it " + std::to_string(x.size()) + ".");
  }
} // namespace dynkin
