// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "radial_series.h"
#include "theory_models.h"

#include "theory/exit/brownian_ball.h"
#include "theory/exit/exit_time_1d.h"
#include "theory/exit/radial_exit.h"

#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <cmath>
#include <stdexcept>

using namespace dynkin;

namespace
{
  ModelParameters
  ornstein_uhlenbeck(const unsigned int d, const double h, const double sigma, const double eta)
  {
    return decoupled_model(
      eta, std::vector<double>(d, h), std::vector<double>(d, sigma), std::vector<double>(d, 0.));
  }

  /** f(r) for alpha = eta (p + q r^2) and constant gamma, by nested adaptive quadrature. */
  double
  nested_quadrature(const unsigned int d,
                    const double       h,
                    const double       eta,
                    const double       p,
                    const double       q,
                    const double       gamma,
                    const double       r,
                    const double       R)
  {
    const auto integrate = [](const auto &f, const double from, const double to) {
      return boost::math::quadrature::gauss_kronrod<double, 61>::integrate(f, from, to, 10, 1e-14);
    };
    const auto a     = [=](const double x) { return eta * p + (eta * q + gamma) * x * x; };
    const auto power = (h + 0.5 * (d - 1) * gamma) / (eta * q + gamma);
    return integrate(
      [=](const double y) {
        return std::pow(y, 1. - d) * std::pow(a(y), power) *
               integrate(
                 [=](const double z) {
                   return 2. * std::pow(z, d - 1.) * std::pow(a(z), -power - 1.);
                 },
                 0.,
                 y);
      },
      r,
      R);
  }
} // namespace

TEST_CASE("Radial exit: published values", "[theory]")
{
  CHECK(RadialExit(isotropic_coupled_model(2, 1., 1., 1., 0.25), 1.).value(0.) ==
        relatively(4.291666666666666666667, 1e-15));
  CHECK(RadialExit(isotropic_coupled_model(3, 1., 0.8, 0.5, 0.125), 1.).value(0.5) ==
        relatively(88.64106328316984317078, 2e-15));

  // loss ratio c = 1 + R^2, nine digits each
  const double c[]          = {1.2, 1.5, 2., 3., 5., 10., 20.};
  const double coupled[][7] = {
    {4.07614261, 35.6349547, 574.101631, 33979.6309, 6524081.24, 8.83876849e9, 1.24192417e13},
    {1.66130120, 10.5931470, 117.189484, 4714.18730, 628503.441, 562614620., 5.42141548e11},
    {0.974652932, 4.94023629, 39.0251818, 1064.21197, 98120.0519, 57948257.9, 3.82761392e10}};
  const double least_squares[][3] = {{24.3214632, 192.360579, 2830.4534},
                                     {8.05102688, 49.4116319, 566.090657},
                                     {4.05281385, 20.0075036, 179.605195}};
  for (const unsigned int d : {1, 2, 3})
    for (unsigned int i = 0; i < 7; ++i)
      {
        const double R = std::sqrt(c[i] - 1.);
        INFO("d = " << d << ", c = " << c[i]);
        CHECK(RadialExit(isotropic_coupled_model(d, 1., 1., 1., 0.1), R).value(0.) ==
              relatively(coupled[d - 1][i], 5e-9));
        if (i >= 1 && i <= 3)
          CHECK(RadialExit(least_squares_model(d, 0.1), R).value(0.) ==
                relatively(least_squares[d - 1][i - 1], 5e-9));
      }
}

TEST_CASE("Radial exit: nested adaptive quadrature, also in ten dimensions", "[theory]")
{
  for (const unsigned int d : {1, 2, 3, 10})
    for (const double r : {1e-3, 0.3, 1.1})
      {
        INFO("d = " << d << ", r = " << r);
        CHECK(RadialExit(isotropic_coupled_model(d, 1.5, 0.7, 2., 0.2), 1.2).value(r) ==
              relatively(nested_quadrature(d, 1.5, 0.2 * 0.7, 1., 2., 0., r, 1.2), 2e-12));
        if (d > 1)
          CHECK(RadialExit(least_squares_model(d, 0.2), 1.2).value(r) ==
                relatively(nested_quadrature(d, 1., 0.2, 1., 1., 0.2, r, 1.2), 2e-12));
      }
}

TEST_CASE("Radial exit: general alpha and gamma against the closed form of phi", "[theory]")
{
  const double     eta = 0.05;
  const RadialExit general(radial_diffusion(
                             3,
                             1.,
                             [=](const long double r) { return eta * (1. + r * r); },
                             [=](const long double) { return eta; }),
                           1.);
  const RadialExit closed(least_squares_model(3, eta), 1.);
  for (const double r : {0., 0.01, 0.7, 0.999})
    CHECK(general.value(r) == relatively(closed.value(r), 1e-14));
}

TEST_CASE("Radial exit, two dimensions: a finite sum, up to 1e298, and beyond a double", "[theory]")
{
  // h = g = s = R = 1, eta = 1/m: f(0) = int_0^1 ((1 + y^2)^m - 1)/y dy = 1/2 sum_k (2^k - 1)/k
  for (const unsigned int m : {1, 10, 100, 300, 1000})
    {
      long double sum = 0.;
      for (unsigned int k = 1; k <= m; ++k)
        sum += 0.5L * (std::exp2(static_cast<long double>(k)) - 1.L) / k;
      const RadialExit exit(isotropic_coupled_model(2, 1., 1., 1., 1. / m), 1.);
      INFO("eta = 1/" << m);
      CHECK(exit.value(0.) == relatively(sum, 1e-13)); // 1/m is rounded
    }
  const RadialExit huge(isotropic_coupled_model(10, 1., 1., 1., 2e-4), 1.);
  CHECK(std::isinf(huge.value(0.)));
  CHECK(huge.log_value(0.) == Approx(std::log(2.) / 2e-4).epsilon(0.02));
}

TEST_CASE("Radial exit, Ornstein-Uhlenbeck: the power series, all d and r", "[theory]")
{
  const double h = 1.3, sigma = 0.7, R = 1.1;
  for (const double eta : {2., 0.2, 0.01, 0.002})
    for (const unsigned int d : {1, 2, 3, 10, 100})
      {
        const RadialExit   exit(ornstein_uhlenbeck(d, h, sigma, eta), R);
        const RadialSeries series(d, h, eta * sigma, R);
        for (const double r : {0., 1e-12, 1e-5, 0.1, 0.5, 1., 1.1 * (1. - 0x1p-50)})
          {
            INFO("eta = " << eta << ", d = " << d << ", r = " << r);
            CHECK(exit.value(r) == relatively(series.value(r), 2e-13)); // eta sigma is rounded
            CHECK(exit.derivative(r) == relatively(series.derivative(r), 2e-13));
          }
        CHECK(exit.value(R) == 0.);
        CHECK(exit.value(R + 1e-6) == relatively(series.value(R + 1e-6L), 1e-8)); // continuation
      }
}

TEST_CASE("Radial exit: the interpolated field is the field", "[theory]")
{
  for (const double eta : {0.5, 0.02})
    for (const unsigned int d : {2, 3, 7})
      {
        const RadialExit time(ornstein_uhlenbeck(d, 1.5, 0.7, eta), 1.3);
        const auto       value = time.interpolated_value(), slope = time.interpolated_slope();
        for (double r = 0.01; r < 1.3; r += 0.0713)
          {
            INFO("eta " << eta << ", d " << d << ", r " << r);
            CHECK(double(value(r)) == Approx(time.value(r)).epsilon(1e-13));
            CHECK(double(slope(r)) * r == Approx(time.derivative(r)).epsilon(1e-11));
          }
        CHECK(double(value(0.)) == Approx(time.value(0.)).epsilon(1e-13));
        CHECK(double(slope(0.)) * 1e-9 == Approx(time.derivative(1e-9)).epsilon(1e-11));
        CHECK(double(value(1.3)) == Approx(0.).margin(1e-15 * time.value(1.2)));
      }
}

TEST_CASE("Radial exit: Brownian motion as h -> 0, mean and second moment", "[theory]")
{
  for (const unsigned int d : {1, 2, 3, 7})
    {
      const double       noise = 0.5 * 0.8, R = 1.5;
      const BrownianBall brownian(std::vector<double>(d, 0.), R, noise);
      for (const double r : {0., 0.7, 1.4999})
        {
          std::vector<double> x(d, 0.);
          x[d - 1] = r;
          const RadialExit exit(ornstein_uhlenbeck(d, 1e-17, 0.8, 0.5), R, 2);
          INFO("d = " << d << ", r = " << r);
          CHECK(exit.value(r) == relatively(brownian.value(x), 1e-15));
          CHECK(exit.derivative(r) == Approx(brownian.gradient(x)[d - 1]).epsilon(1e-15));
          // 1/2 noise Laplace f_2 = -2 f_1
          const double second =
            (R - r) * (R + r) * (R * R * (d + 4) - d * r * r) / (d * noise * d * noise * (d + 2));
          CHECK(exit.moment(2, r) == relatively(second, 1e-14));
          // first order in h, as the class comment of BrownianBall states
          const double h = 1e-5;
          CHECK(RadialExit(ornstein_uhlenbeck(d, h, 0.8, 0.5), R).value(r) / brownian.value(x) -
                  1. ==
                relatively(h * (2.25 + r * r) / ((d + 2) * noise), 1e-4));
        }
    }
}

TEST_CASE("Radial exit: one dimension is the interval, with all moments", "[theory]")
{
  for (const double eta : {0.5, 0.02})
    {
      const auto       model = decoupled_model(eta, {1.}, {0.7}, {1.2});
      const RadialExit ball(model, 1.1, 5);
      const ExitTime1D interval(model, -1.1, 1.1, ReflectingEnd::none, 5);
      for (const unsigned int n : {1, 2, 5})
        for (const double x : {0., 0.5, 1.09})
          CHECK(ball.log_moment(n, x) ==
                Approx(interval.log_moment(n, x)).margin(1e-14).epsilon(1e-15));
    }
}

TEST_CASE("Radial exit: a rotation in the drift changes nothing", "[theory]")
{
  auto model      = isotropic_coupled_model(3, 1., 0.8, 0.5, 0.125);
  model.coupled.H = {{1., 2., -1.}, {-2., 1., 0.5}, {1., -0.5, 1.}};
  CHECK(RadialExit(model, 1.).value(0.5) == relatively(88.64106328316984317078, 2e-15));
}

TEST_CASE("Radial and Brownian exit times refuse what they do not know", "[theory]")
{
  const auto refuses = [](const ModelParameters &model, const double R) {
    CHECK_THROWS_AS(RadialExit(model, R), std::domain_error);
  };
  refuses(decoupled_model(0.5, {1., 2.}, {1., 1.}, {0., 0.}), 1.);
  refuses(decoupled_model(0.5, {1., 1.}, {1., 1.}, {0., 1.}), 1.);
  refuses(ornstein_uhlenbeck(2, 1., 1., 0.5), -1.);
  refuses(ornstein_uhlenbeck(2, 1., 1., 1e-6), 1.);
  refuses(ornstein_uhlenbeck(2, 1., 1., 0.), 1.);
  auto coupled            = isotropic_coupled_model(2, 1., 1., 1., 0.5);
  coupled.coupled.Sigma_g = {{1., 0.1}, {0.1, 1.}};
  refuses(coupled, 1.);
  coupled           = isotropic_coupled_model(2, 1., 1., 1., 0.5);
  coupled.coupled.H = {{1., 0.}, {0., 2.}};
  refuses(coupled, 1.);
  coupled.coupled.H = {{1.}, {0., 1.}};
  refuses(coupled, 1.);
  auto least_squares                         = least_squares_model(2, 0.5);
  least_squares.quadratic_covariance.A[1][1] = 1.5;
  refuses(least_squares, 1.);
  least_squares.quadratic_covariance.A.pop_back();
  refuses(least_squares, 1.);
  const RadialExit exit(isotropic_coupled_model(2, 1., 1., 1., 0.5), 1., 2);
  CHECK_THROWS_AS(exit.value(-0.1), std::domain_error);
  CHECK_THROWS_AS(exit.value(1.5), std::domain_error);
  CHECK_THROWS_AS(exit.moment(3, 0.), std::domain_error);
  CHECK_THROWS_AS(BrownianBall({}, 1., 1.), std::domain_error);
  CHECK_THROWS_AS(BrownianBall({0.}, 1., 0.), std::domain_error);
  CHECK_THROWS_AS(BrownianBall({0.}, 1., 1.).value({0., 0.}), std::domain_error);
}
