// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/density/power_law_factor.h"

#include "utilities/numerics.h"

#include <boost/math/constants/constants.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/quadrature/gauss.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace dynkin
{
  namespace
  {
    /** From here on Student's t is a normal distribution to the accuracy of a double. */
    constexpr double normal_tail_index = 1e16;
  } // namespace

  PowerLawFactor::PowerLawFactor(const double h,
                                 const double sigma,
                                 const double rho,
                                 const double eta)
    : h(h)
    , sigma(sigma)
    , rho(rho)
    , eta(eta)
  {
  }

  double
  PowerLawFactor::log_shape(const double z) const
  {
    const double z2 = z * z / sigma;
    const double t  = rho * z2;
    return -std::log1p(t) - h / eta * z2 * log1p_over(t);
  }

  double
  PowerLawFactor::log_shape_derivative(const double z) const
  {
    return -2. * (rho + h / eta) * z / (sigma + rho * z * z);
  }

  double
  PowerLawFactor::peak_width() const
  {
    return std::sqrt(sigma / (rho + h / eta));
  }

  double
  PowerLawFactor::log_normalisation() const
  {
    // with m = h/(eta rho): Z = sqrt(pi sigma eta/h) * sqrt(m) Gamma(m + 1/2)/Gamma(m + 1)
    using boost::math::double_constants::pi;
    const double inverse_m = eta * rho / h;
    const double gaussian  = 0.5 * std::log(pi * sigma * eta / h);
    if (inverse_m < 1e-3)
      return gaussian - inverse_m / 8. * (1. - inverse_m * inverse_m / 24.);
    const double m = 1. / inverse_m;
    return gaussian + std::log(std::sqrt(m) * boost::math::tgamma_delta_ratio(m + 0.5, 0.5));
  }

  double
  PowerLawFactor::log_mass(const double lower, const double upper) const
  {
    if (!(lower < upper))
      throw std::domain_error("The mass of an interval needs lower < upper.");
    if (lower >= 0.)
      return log_shape(lower) + std::log(scaled_half_mass(lower, upper));
    if (upper <= 0.)
      return log_shape(upper) + std::log(scaled_half_mass(-upper, -lower));
    return std::log(scaled_half_mass(0., upper) + scaled_half_mass(0., -lower));
  }

  double
  PowerLawFactor::scaled_half_mass(const double lower, const double upper) const
  {
    const double width = peak_width();
    const double shift = log_shape(lower);
    double       sum   = 0.;
    for (double left = lower; left < upper;)
      {
        // At most as wide as its distance from the peak, so that the complex
        // singularities +-i sqrt(sigma/rho) stay away; the integrand falls by at most ~e^12.
        const double slope = -log_shape_derivative(left);
        double       step  = std::max(width, left);
        if (slope * step > 8.)
          step = 8. / slope;
        const double right = std::min(upper, left + step);
        const double panel = boost::math::quadrature::gauss<double, 20>::integrate(
          [&](const double z) { return std::exp(log_shape(z) - shift); }, left, right);
        sum += panel;
        if (panel <= 1e-18 * sum || right == left)
          break;
        left = right;
      }
    return sum;
  }

  double
  PowerLawFactor::unit() const
  {
    // sigma/(rho nu) = eta sigma/(eta rho + 2h), the normal distribution's variance for rho = 0
    return std::sqrt(eta * sigma / (eta * rho + 2. * h));
  }

  double
  PowerLawFactor::cdf(const double z) const
  {
    if (tail_index() < normal_tail_index)
      return boost::math::cdf(boost::math::students_t(tail_index()), z / unit());
    return boost::math::cdf(boost::math::normal(), z / unit());
  }

  double
  PowerLawFactor::quantile(const double p) const
  {
    if (!(p > 0. && p < 1.))
      throw std::domain_error("A quantile needs a probability strictly between 0 and 1.");
    if (tail_index() < normal_tail_index)
      return boost::math::quantile(boost::math::students_t(tail_index()), p) * unit();
    return boost::math::quantile(boost::math::normal(), p) * unit();
  }

  double
  PowerLawFactor::tail_index() const
  {
    return rho > 0. ? 1. + 2. * h / (eta * rho) : std::numeric_limits<double>::infinity();
  }

  double
  PowerLawFactor::moment(const unsigned int n) const
  {
    if (n % 2 == 1 && n >= tail_index())
      throw std::domain_error("An odd moment of this order does not exist: the tail is too heavy.");
    if (n % 2 == 1)
      return 0.;
    double product = 1.;
    for (unsigned int k = 1; k < n; k += 2)
      {
        if (k * eta * rho >= 2. * h)
          return std::numeric_limits<double>::infinity();
        product *= k * eta * sigma / (2. * h - k * eta * rho);
      }
    return product;
  }

  double
  PowerLawFactor::variance() const
  {
    return moment(2);
  }
} // namespace dynkin
