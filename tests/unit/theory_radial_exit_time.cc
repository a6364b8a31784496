// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory_models.h"

#include "theory/brownian_ball.h"
#include "theory/radial_exit_time.h"

#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <cmath>
#include <stdexcept>

using namespace dynkin;

namespace
{
  ModelParameters
  isotropic(const unsigned int d, const double h, const double sigma, const double eta)
  {
    return decoupled_model(
      eta, std::vector<double>(d, h), std::vector<double>(d, sigma), std::vector<double>(d, 0.));
  }
} // namespace

TEST_CASE("Radial exit time: quadrature of the incomplete gamma function", "[theory]")
{
  const double h = 1.3, sigma = 0.7, R = 1.1;
  for (const double eta : {2., 0.2, 0.01})
    for (const unsigned int d : {1, 2, 3, 10})
      {
        const double         k = h / (eta * sigma);
        const RadialExitTime exit(isotropic(d, h, sigma, eta), R);
        const auto           integrand = [=](const double y) {
          return std::pow(k, -0.5 * d) / (eta * sigma) * std::pow(y, 1. - d) * std::exp(k * y * y) *
                 boost::math::tgamma_lower(0.5 * d, k * y * y);
        };
        for (const double r : {0.1, 0.5, 1.})
          {
            INFO("eta = " << eta << ", d = " << d << ", r = " << r);
            CHECK(exit.value(r) ==
                  relatively(boost::math::quadrature::gauss_kronrod<double, 61>::integrate(
                               integrand, r, R, 10, 1e-14),
                             1e-12));
            CHECK(exit.derivative(r) == relatively(-integrand(r), 1e-12));
          }
      }
}

TEST_CASE("Radial exit time: Brownian motion as h -> 0", "[theory]")
{
  for (const unsigned int d : {1, 2, 3, 7})
    {
      const std::vector<double> center(d, 0.);
      const BrownianBall        brownian(center, 1.5, 0.5 * 0.8);
      for (const double r : {0., 0.7, 1.4999})
        {
          std::vector<double> x(d, 0.);
          x[d - 1] = r;
          INFO("d = " << d << ", r = " << r);
          CHECK(RadialExitTime(isotropic(d, 1e-15, 0.8, 0.5), 1.5).value(r) ==
                relatively(brownian.value(x), 1e-13));
          CHECK(RadialExitTime(isotropic(d, 1e-15, 0.8, 0.5), 1.5).derivative(r) ==
                Approx(brownian.gradient(x)[d - 1]).epsilon(1e-13));
          // first order in h, as the class comment of BrownianBall states
          const double h = 1e-5;
          CHECK(RadialExitTime(isotropic(d, h, 0.8, 0.5), 1.5).value(r) / brownian.value(x) - 1. ==
                relatively(h * (2.25 + r * r) / ((d + 2) * 0.5 * 0.8), 1e-4));
        }
    }
}

TEST_CASE("Radial exit time: the equation itself, and log space", "[theory]")
{
  const double h = 0.8, sigma = 1.2, eta = 0.3, s = 1e-3;
  for (const unsigned int d : {1, 2, 3, 10})
    {
      const RadialExitTime exit(isotropic(d, h, sigma, eta), 1.);
      for (const double r : {0.2, 0.6, 0.95})
        {
          const auto   f1 = [&](const double y) { return exit.derivative(y); };
          const double f2 =
            (8. * (f1(r + s) - f1(r - s)) - f1(r + 2. * s) + f1(r - 2. * s)) / (12. * s);
          CHECK(0.5 * eta * sigma * (f2 + (d - 1.) / r * f1(r)) - h * r * f1(r) ==
                relatively(-1., 1e-9));
        }
      CHECK(exit.derivative(0.) == 0.);
      CHECK(exit.value(1.) == 0.);
      CHECK(exit.value(1. - 0x1p-50) == relatively(-exit.derivative(1.) * 0x1p-50, 1e-13));
    }
  const RadialExitTime huge(isotropic(3, 1., 1., 1e-4), 1.);
  CHECK(std::isinf(huge.value(0.)));
  CHECK(std::isfinite(huge.log_value(0.)));
  CHECK(huge.log_value(0.) == huge.log_value(0.5));
}

TEST_CASE("Radial and Brownian exit times refuse what they do not know", "[theory]")
{
  CHECK_THROWS_AS(RadialExitTime(decoupled_model(0.5, {1., 2.}, {1., 1.}, {0., 0.}), 1.),
                  std::domain_error);
  CHECK_THROWS_AS(RadialExitTime(decoupled_model(0.5, {1., 1.}, {1., 1.}, {0., 1.}), 1.),
                  std::domain_error);
  CHECK_THROWS_AS(RadialExitTime(isotropic(2, 1., 1., 0.5), -1.), std::domain_error);
  CHECK_THROWS_AS(RadialExitTime(isotropic(2, 1., 1., 1e-6), 1.), std::domain_error);
  CHECK_THROWS_AS(BrownianBall({}, 1., 1.), std::domain_error);
  CHECK_THROWS_AS(BrownianBall({0.}, 1., 0.), std::domain_error);
  CHECK_THROWS_AS(BrownianBall({0.}, 1., 1.).value({0., 0.}), std::domain_error);
}
