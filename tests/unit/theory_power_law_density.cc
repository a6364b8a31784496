// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory_models.h"

#include "theory/density/power_law_density.h"

#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <boost/math/quadrature/tanh_sinh.hpp>

#include <cmath>
#include <stdexcept>

using namespace dynkin;
using boost::math::quadrature::gauss_kronrod;

TEST_CASE("Power-law factor: published values in one dimension", "[theory]")
{
  const auto            model = decoupled_model(0.5, {1.}, {2.}, {1.});
  const PowerLawDensity density(model);
  CHECK(density.value({0.7}) == relatively(0.3110253643081262456833, 2e-15));
  CHECK(density.factor(0).variance() == relatively(2. / 3., 1e-15));
  CHECK(density.factor(0).quantile(0.975) == relatively(1.625778702493469057834, 1e-14));
  CHECK(density.factor(0).tail_index() == relatively(5., 1e-15));
  CHECK(PowerLawDensity::restricted_to_box(model, {-1.5}, {1.5}).log_normalisation() ==
        relatively(std::log(1.559756187192681414990), 1e-14));

  const PowerLawDensity other(decoupled_model(0.3, {1.}, {1.}, {1.}));
  CHECK(other.factor(0).moment(4) == relatively(0.1443850267379679144385, 1e-15));
}

TEST_CASE("Power-law density on a disk: published normalisation; a 1-D ball is an interval",
          "[theory]")
{
  const auto            model = decoupled_model(0.4, {1., 2.}, {1., 0.5}, {1., 0.7});
  const PowerLawDensity disk  = PowerLawDensity::restricted_to_ball(model, {0., 0.}, 1.);
  CHECK(std::exp(disk.log_normalisation()) == relatively(0.5545969752933014358710, 1e-14));
  // a ball in one dimension is an interval
  const auto line = decoupled_model(0.4, {1.}, {1.}, {1.});
  CHECK(
    PowerLawDensity::restricted_to_ball(line, {0.3}, 0.5).log_normalisation() ==
    relatively(PowerLawDensity::restricted_to_box(line, {-0.2}, {0.8}).log_normalisation(), 1e-14));
}

TEST_CASE("Power-law density has mass 1 on off-centre balls, in polar coordinates", "[theory]")
{
  auto model   = decoupled_model(0.3, {1., 2.}, {1., 0.5}, {1., 0.});
  model.center = {0.2, -0.1};
  for (const auto &center : {std::vector<double>{0.5, 0.3}, std::vector<double>{2.5, -1.5}})
    {
      const double          R    = 0.9;
      const PowerLawDensity disk = PowerLawDensity::restricted_to_ball(model, center, R);
      const double          mass = gauss_kronrod<double, 61>::integrate(
        [&](const double r) {
          return r *
                 gauss_kronrod<double, 61>::integrate(
                   [&](const double t) {
                     return disk.value({center[0] + r * std::cos(t), center[1] + r * std::sin(t)});
                   },
                   -M_PI,
                   M_PI,
                   6,
                   1e-14);
        },
        0.,
        R,
        6,
        1e-14);
      INFO("centre " << center[0]);
      CHECK(mass == relatively(1., 2e-14));
    }
}

TEST_CASE("Power-law density has mass 1 on a ball in 3-D, in spherical coordinates", "[theory]")
{
  const auto            model = decoupled_model(0.4, {1., 2., 0.5}, {1., 0.5, 0.3}, {1., 0.7, 0.});
  const double          R = 0.8, c[3] = {0.3, -0.2, 0.1};
  const PowerLawDensity ball = PowerLawDensity::restricted_to_ball(model, {c[0], c[1], c[2]}, R);

  using Rule              = boost::math::quadrature::gauss<double, 30>;
  const unsigned int n    = 60;
  const double       mass = Rule::integrate(
    [&](const double r) {
      return r * r *
             Rule::integrate(
               [&](const double u) {
                 double sum = 0.;
                 for (unsigned int j = 0; j < n; ++j)
                   {
                     const double t = 2. * M_PI * j / n, s = std::sqrt(1. - u * u);
                     sum +=
                       2. * M_PI / n *
                       ball.value(
                         {c[0] + r * s * std::cos(t), c[1] + r * s * std::sin(t), c[2] + r * u});
                   }
                 return sum;
               },
               -1.,
               1.);
    },
    0.,
    R);
  CHECK(mass == relatively(1., 2e-14));
}

TEST_CASE("Power-law density: isotropic Gaussian on a ball against incomplete gamma", "[theory]")
{
  // rho = 0: int_ball exp(-h r^2/(eta sigma)) = (pi eta sigma/h)^(d/2) P(d/2, h R^2/(eta sigma))
  for (const double eta : {0.5, 0.05, 0.001})
    for (unsigned int d = 1; d <= 3; ++d)
      {
        const std::vector<double> ones(d, 1.), zeros(d, 0.);
        const PowerLawDensity     ball =
          PowerLawDensity::restricted_to_ball(decoupled_model(eta, ones, ones, zeros), zeros, 0.7);
        const double exact =
          std::pow(M_PI * eta, 0.5 * d) * boost::math::gamma_p(0.5 * d, 0.49 / eta);
        INFO("eta = " << eta << ", d = " << d);
        CHECK(std::exp(ball.log_normalisation()) == relatively(exact, 1e-14));
      }
}

TEST_CASE("Power-law factor: masses by quadrature against Student's t and the normal law",
          "[theory]")
{
  for (const double rho : {0., 1e-300, 1e-15, 1e-9, 1e-6, 1e-3, 0.1, 1., 30.})
    {
      const PowerLawFactor factor(1.3, 0.8, rho, 0.6);
      const double         Z = factor.log_normalisation();
      for (const double z : {-3., -0.4, -1e-3, 0.2, 0.9, 5.})
        {
          INFO("rho = " << rho << ", z = " << z);
          const double central = std::exp(factor.log_mass(std::min(z, 0.), std::max(z, 0.)) - Z);
          CHECK(central == relatively(std::abs(factor.cdf(z) - 0.5), 1e-12));
        }
      CHECK(std::exp(factor.log_mass(-1e30, 1e30) - Z) == relatively(1., 5e-15));
      CHECK(factor.cdf(factor.quantile(0.9)) == relatively(0.9, 1e-13));
    }
  // far tail and heavy tail
  const PowerLawFactor heavy(1., 1., 1., 10.);
  CHECK(std::exp(heavy.log_mass(50., 1e300) - heavy.log_normalisation()) ==
        relatively(heavy.cdf(-50.), 1e-13));
}

TEST_CASE("Power-law density on a box: product of intervals, also in the far tail", "[theory]")
{
  const auto            model = decoupled_model(0.5, {1., 2.}, {1., 0.5}, {1., 2.});
  const PowerLawDensity box   = PowerLawDensity::restricted_to_box(model, {-6., 0.5}, {6., 0.7});
  const auto           &x = box.factor(0), &y = box.factor(1);
  CHECK(std::exp(box.log_normalisation() - x.log_normalisation() - y.log_normalisation()) ==
        relatively((x.cdf(6.) - x.cdf(-6.)) * (y.cdf(0.7) - y.cdf(0.5)), 1e-13));

  // log of the mass where the mass itself underflows: first order of Mills' expansion bounds it
  const PowerLawDensity tail =
    PowerLawDensity::restricted_to_box(decoupled_model(1e-4, {1.}, {1.}, {0.}), {1.}, {2.});
  const double q = 1e-4 / 2.; // z^2/(eta sigma): int_1^inf = q e^(-1/eta) (1 - q + 3 q^2 ..)
  CHECK(tail.log_normalisation() ==
        relatively(-1e4 + std::log(q) + std::log1p(-q + 3. * q * q - 15. * q * q * q), 1e-15));
}

TEST_CASE("Power-law density: gradient against differences, smooth limit rho -> 0", "[theory]")
{
  auto model                         = decoupled_model(0.5, {1., 2.}, {1., 0.5}, {1., 0.});
  model.center                       = {0.1, -0.3};
  const PowerLawDensity     density  = PowerLawDensity::restricted_to_ball(model, {0., 0.}, 1.5);
  const std::vector<double> x        = {0.6, 0.2};
  const std::vector<double> gradient = density.gradient(x);
  for (unsigned int i = 0; i < 2; ++i)
    {
      const double step  = 1e-3;
      const auto   shift = [&](const double s) {
        std::vector<double> y = x;
        y[i] += s;
        return density.value(y);
      };
      const double difference =
        (8. * (shift(step) - shift(-step)) - shift(2. * step) + shift(-2. * step)) / (12. * step);
      CHECK(gradient[i] == relatively(difference, 1e-10));
    }

  const PowerLawDensity gauss(decoupled_model(0.5, {1.}, {1.}, {0.}));
  CHECK(gauss.value({0.4}) == relatively(std::exp(-0.16 / 0.5) / std::sqrt(M_PI * 0.5), 1e-15));
  for (const double rho : {1e-18, 1e-12, 1e-9, 1e-6})
    CHECK(PowerLawDensity(decoupled_model(0.5, {1.}, {1.}, {rho})).value({0.4}) ==
          relatively(gauss.value({0.4}), rho + 1e-15));
}

TEST_CASE("Power-law density refuses what it does not know", "[theory]")
{
  const auto model   = decoupled_model(0.5, {1., 2.}, {1., 0.5}, {1., 2.});
  auto       coupled = model;
  coupled.type       = "coupled";
  CHECK_THROWS_AS(PowerLawDensity(coupled), std::domain_error);
  CHECK_THROWS_AS(PowerLawDensity::restricted_to_ball(model, {0.}, 1.), std::domain_error);
  CHECK_THROWS_AS(PowerLawDensity::restricted_to_ball(model, {0., 0.}, 0.), std::domain_error);
  CHECK_THROWS_AS(PowerLawDensity::restricted_to_box(model, {0., 0.}, {1., 0.}), std::domain_error);
  CHECK_THROWS_AS(PowerLawDensity(model).value({0.}), std::domain_error);
  CHECK_THROWS_AS(PowerLawDensity(model).factor(0).moment(5), std::domain_error);
  auto negative             = model;
  negative.decoupled.rho[1] = -1.;
  CHECK_THROWS_AS(PowerLawDensity(negative), std::domain_error);
}
