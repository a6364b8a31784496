// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory_models.h"

#include "theory/exit/box_exit_time.h"
#include "theory/exit/exit_time_1d.h"
#include "theory/exit/radial_exit.h"

#include <boost/math/quadrature/exp_sinh.hpp>
#include <boost/math/special_functions/bessel.hpp>

#include <cmath>
#include <stdexcept>

using namespace dynkin;

namespace
{
  const double pi = std::acos(-1.);

  ScalarDiffusion
  unit_diffusion(const double eta)
  {
    return coordinate_diffusion(decoupled_model(eta, {1.}, {1.}, {1.}), 0);
  }

  /** Unit noise in R^d and practically no drift. */
  ModelParameters
  brownian(const unsigned int d)
  {
    return isotropic_coupled_model(d, 1e-18, 1., 0., 1.);
  }

  /** E tau of Brownian motion from the square (-1, 1)^2; converges fast for |y| < |x| or small. */
  double
  brownian_square(const double x, const double y)
  {
    double sum = (1. - x) * (1. + x);
    for (unsigned int k = 1; k < 400; k += 2)
      sum -= (k % 4 == 1 ? 32. : -32.) / std::pow(k * pi, 3.) * std::cos(0.5 * k * pi * x) *
             std::exp(0.5 * k * pi * (std::abs(y) - 1.)) * (1. + std::exp(-pi * k * std::abs(y))) /
             (1. + std::exp(-pi * k));
    return sum;
  }
} // namespace

TEST_CASE("Exit law: published values", "[theory]")
{
  const ExitLaw law(unit_diffusion(0.5), -1., 1.);
  CHECK(law.rate() == relatively(0.3542747987888777660217, 1e-15));
  CHECK(law.survival(2., 0.) == relatively(0.5482806398361571663086, 1e-15));
}

TEST_CASE("Exit law: Brownian motion on intervals", "[theory]")
{
  const ScalarDiffusion diffusion{1,
                                  [](long double) { return 0.L; },
                                  [](long double) { return 0.L; },
                                  [](long double) { return 1.L; }};
  const ExitLaw         both(diffusion, -1., 1.), reflected(diffusion, 0., 1., ReflectingEnd::left),
    mirrored(diffusion, -1., 0., ReflectingEnd::right);
  for (const unsigned int k : {1, 2, 5, 20})
    {
      CHECK(both.eigenvalue(k) == relatively(k * k * pi * pi / 8., 1e-14));
      CHECK(reflected.eigenvalue(k) == relatively(std::pow(2. * k - 1., 2) * pi * pi / 8., 1e-14));
      CHECK(mirrored.eigenvalue(k) == relatively(std::pow(2. * k - 1., 2) * pi * pi / 8., 1e-14));
    }
  for (const double t : {0.02, 0.1, 1., 30.})
    for (const double x : {0., 0.5})
      {
        double sum = 0.;
        for (unsigned int k = 1; k < 200; k += 2)
          sum += (k % 4 == 1 ? 4. : -4.) / (k * pi) * std::cos(0.5 * k * pi * x) *
                 std::exp(-0.125 * k * k * pi * pi * t);
        INFO("t = " << t << ", x = " << x);
        CHECK(both.survival(t, x) == relatively(sum, 1e-13));
        CHECK(reflected.survival(t, x) == relatively(sum, 1e-13));
        CHECK(mirrored.survival(t, -x) == relatively(sum, 1e-13));
      }
  CHECK(both.survival(0., 0.3) == 1.);
  CHECK(both.survival(1e-5, 0.) == 1.);
  CHECK(both.survival(1., 1.) == 0.);
}

TEST_CASE("Exit law: Brownian motion on balls, Bessel zeros", "[theory]")
{
  for (const unsigned int d : {2, 3, 10})
    {
      const ExitLaw law = ExitLaw::of_ball(radial_diffusion(brownian(d)), 1.5);
      for (const unsigned int k : {1, 2, 7})
        {
          const double zero = boost::math::cyl_bessel_j_zero(0.5 * d - 1., k);
          INFO("d = " << d << ", k = " << k);
          CHECK(law.eigenvalue(k) == relatively(zero * zero / (2. * 2.25), 1e-13));
        }
    }
  // d = 3: P_0(tau > t) = 2 sum (-1)^(k+1) exp(-k^2 pi^2 t / 2)
  const ExitLaw law = ExitLaw::of_ball(radial_diffusion(brownian(3)), 1.);
  for (const double t : {0.02, 0.1, 1.})
    {
      double sum = 0.;
      for (unsigned int k = 1; k < 100; ++k)
        sum += (k % 2 == 1 ? 2. : -2.) * std::exp(-0.5 * k * k * pi * pi * t);
      CHECK(law.survival(t, 0.) == relatively(sum, 1e-13));
    }
}

TEST_CASE("Exit law: the integral of the survival probability is the mean exit time", "[theory]")
{
  const auto integral = [](const SurvivalCurve &curve) {
    const double start = curve.certain_time();
    const auto   later = [&](const double t) { return curve.value(start + t); };
    return start + boost::math::quadrature::exp_sinh<double>().integrate(later, 1e-14);
  };
  for (const double eta : {0.5, 0.1})
    {
      const ExitLaw interval(unit_diffusion(eta), -1., 1.);
      const auto    model = decoupled_model(eta, {1.}, {1.}, {1.});
      INFO("eta = " << eta);
      CHECK(integral(interval.starting_at(0.3)) ==
            relatively(ExitTime1D(model, -1., 1.).value(0.3), 1e-12));
      for (const unsigned int d : {2, 10})
        for (const auto &radial :
             {least_squares_model(d, eta), isotropic_coupled_model(d, 1., 0.5, 0.8, eta)})
          {
            const auto curve = ExitLaw::of_ball(radial_diffusion(radial), 1.).starting_at(0.3);
            INFO("d = " << d << ", " << radial.type);
            CHECK(integral(curve) == relatively(RadialExit(radial, 1.).value(0.3), 1e-12));
          }
    }
}

TEST_CASE("Exit law: the time before which no exit is counted, by 324 modes", "[theory]")
{
  const auto check = [](const ScalarDiffusion &diffusion,
                        const double           left,
                        const double           right,
                        const ReflectingEnd    end,
                        const double           x) {
    const long double   t = ExitLaw(diffusion, left, right, end).starting_at(x).certain_time();
    const SpectralModes modes(diffusion, left, right, end, 324);
    const auto          decay = (-t * modes.eigenvalues().array()).exp().matrix();
    INFO("(" << left << ", " << right << "), x = " << x << ", t = " << t);
    CHECK(std::abs(1.L - modes.weights(x).dot(decay)) < 3e-17L);
  };
  check(unit_diffusion(0.5), -1., 1., ReflectingEnd::none, 0.7);
  check(unit_diffusion(0.1), 0.3, 1.5, ReflectingEnd::none, 1.2); // downhill
  check(unit_diffusion(0.5), -1., 1., ReflectingEnd::left, -1.);
  check(radial_diffusion(least_squares_model(3, 0.1)), 0., 1., ReflectingEnd::left, 0.);
}

TEST_CASE("Exit law, metastable: rate and survival to full relative accuracy", "[theory]")
{
  for (const double eta : {0.02, 0.01, 0.005})
    {
      const ExitLaw    law(unit_diffusion(eta), -1., 1.);
      const ExitTime1D exit(
        decoupled_model(eta, {1.}, {1.}, {1.}), -1., 1., ReflectingEnd::none, 2);
      INFO("eta = " << eta);
      // E tau_2 / (2 E tau) = 1/lambda_1 up to O(lambda_1)
      CHECK(law.rate() == relatively(2. * exit.value(0.) / exit.moment(2, 0.), 1e-13));
      for (const double x : {0., 0.9, 0.999})
        CHECK(law.survival(1. / law.rate(), x) ==
              relatively(std::exp(-1.) * law.rate() * exit.value(x), 1e-12));
    }
  const PrincipalMode mode(unit_diffusion(5e-4), -1., 1., ReflectingEnd::none);
  const ExitTime1D    exit(decoupled_model(5e-4, {1.}, {1.}, {1.}), -1., 1.);
  CHECK(std::log(mode.rate()) == relatively(-exit.log_value(0.), 1e-15));
}

TEST_CASE("Box exit time: published values", "[theory]")
{
  const BoxExitTime plane(
    decoupled_model(0.5, {1., 2.}, {1., 0.5}, {1., 0.5}), {-1., -1.25}, {1., 1.25});
  CHECK(plane.value({0., 0.}) == relatively(3.109702577104647834245, 1e-14));
  const BoxExitTime space(decoupled_model(0.5, {1., 2., 0.5}, {1., 0.5, 0.75}, {1., 0.25, 0.}),
                          {-1., -1., -1.},
                          {1., 1., 1.});
  CHECK(space.value({0., 0., 0.}) == relatively(2.004607731161922387842, 1e-14));
}

TEST_CASE("Box exit time: Brownian motion in a square, by Fourier series", "[theory]")
{
  const BoxExitTime box(
    decoupled_model(1., {1e-18, 1e-18}, {1., 1.}, {0., 0.}), {-1., -1.}, {1., 1.});
  CHECK(box.rate() == relatively(pi * pi / 4., 1e-14));
  for (const auto &[x, y] : {std::pair{0., 0.}, {-0.6, 0.3}, {0.9, 0.1}, {0.99, 0.}, {0.999, 0.2}})
    {
      INFO("x = " << x << ", y = " << y);
      CHECK(box.value({x, y}) == relatively(brownian_square(x, y), 1e-13));
      CHECK(box.value({y, x}) == relatively(brownian_square(x, y), 1e-13));
    }
  CHECK(box.value({1., 0.}) == 0.);
  for (const double x : {0.8, 0.9, 0.95}) // next to a corner
    {
      const auto   estimate = box.estimate(1, {x, x});
      const double exact    = brownian_square(x, x);
      CHECK(std::abs(static_cast<double>(estimate.value) - exact) <=
            static_cast<double>(estimate.uncertainty) + 1e-13 * exact);
    }
}

TEST_CASE("Box exit time: coordinates of unequal speed", "[theory]")
{
  // once refused: the slow coordinate's mode does not settle to the last digit
  const BoxExitTime box(decoupled_model(0.1, {0.23, 1.45, 0.23}, {1.45, 0.5, 2.28}, {0., 3.15, 0.}),
                        {-1.92, -0.38, -0.83},
                        {1.4, 1.95, 0.72});
  const auto        estimate = box.estimate(1, {0., 0., 0.});
  CHECK(estimate.uncertainty <= 1e-6L * estimate.value);
  // by finite elements in three dimensions
  CHECK(static_cast<double>(estimate.value) == relatively(2.8901352434, 2e-10));
}

TEST_CASE("Box exit time: one to four coordinates", "[theory]")
{
  const auto        line = decoupled_model(0.3, {1.}, {1.}, {1.});
  const ExitTime1D  exit(line, -0.5, 1., ReflectingEnd::none, 3);
  const BoxExitTime interval(line, {-0.5}, {1.});
  for (const double x : {-0.499, 0., 0.9})
    CHECK(interval.moment(3, {x}) == relatively(exit.moment(3, x), 1e-14));

  // a coordinate that never leaves changes nothing
  const auto        h = std::vector<double>{1., 9., 9., 9.};
  const BoxExitTime four(decoupled_model(0.3, h, {1., 1., 1., 1.}, {1., 0., 0., 0.}),
                         {-0.5, -2.5, -2.5, -2.5},
                         {1., 2.5, 2.5, 2.5});
  CHECK(four.value({0., 0., 0., 0.}) == relatively(exit.value(0.), 1e-12));
  CHECK(four.moment(3, {0., 0., 0., 0.}) == relatively(exit.moment(3, 0.), 1e-12));
  CHECK(four.survival(1., {0., 0., 0., 0.}) ==
        relatively(ExitLaw(coordinate_diffusion(line, 0), -0.5, 1.).survival(1., 0.), 1e-12));

  // metastable: exponential with the sum of the rates
  const BoxExitTime huge(
    decoupled_model(0.002, {1., 1.2}, {1., 1.}, {1., 1.}), {-1., -1.}, {1., 1.});
  CHECK(huge.log_value({0.1, 0.}) == relatively(-std::log(huge.rate()), 1e-15));
}

TEST_CASE("Exit law and box exit time refuse what they do not know", "[theory]")
{
  const ExitLaw law(unit_diffusion(0.5), -1., 1.);
  CHECK_THROWS_AS(law.survival(1., 1.1), std::domain_error);
  CHECK_THROWS_AS(law.survival(-1., 0.), std::domain_error);
  CHECK_THROWS_AS(law.survival(1e-8, 0.99999), std::domain_error); // not resolved
  CHECK_THROWS_AS(law.eigenvalue(0), std::domain_error);
  CHECK_THROWS_AS(law.eigenvalue(95), std::domain_error);
  CHECK_THROWS_AS(ExitLaw(unit_diffusion(0.0002), -1., 1.), std::domain_error);
  const auto model = decoupled_model(0.5, {1., 1.}, {1., 1.}, {1., 1.});
  CHECK_THROWS_AS(BoxExitTime(model, {-1.}, {1.}), std::domain_error);
  CHECK_THROWS_AS(BoxExitTime(brownian(2), {-1., -1.}, {1., 1.}), std::domain_error);
  const BoxExitTime box(model, {-1., -1.}, {1., 1.});
  CHECK_THROWS_AS(box.value({0.}), std::domain_error);
  CHECK_THROWS_AS(box.value({0., 1.1}), std::domain_error);
  CHECK_THROWS_AS(box.moment(0, {0., 0.}), std::domain_error);
}
