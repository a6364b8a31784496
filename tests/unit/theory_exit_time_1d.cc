// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "radial_series.h"
#include "theory_models.h"

#include "theory/exit/exit_time_1d.h"

#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <boost/math/quadrature/tanh_sinh.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <cmath>
#include <stdexcept>

using namespace dynkin;

namespace
{
  /**
   * Two absorbing ends by nested adaptive quadrature of the textbook formula,
   * g(x) = 2 int_x^b e^phi/s2 ( int_a^y e^-phi - C ) dy, g(a) = 0.
   */
  double
  textbook_two_sided(const double eta,
                     const double rho,
                     const double a,
                     const double b,
                     const double x)
  {
    const double kappa = -1. - 1. / (eta * rho);
    const auto   up    = [=](double y) {
      return std::pow(1. + rho * y * y, -kappa) / (eta * (1. + rho * y * y));
    };
    const auto down      = [=](double z) { return std::pow(1. + rho * z * z, kappa); };
    const auto integrate = [](const auto &f, const double l, const double r) {
      return l < r
               ? boost::math::quadrature::gauss_kronrod<double, 61>::integrate(f, l, r, 8, 1e-14)
               : 0.;
    };
    const auto double_integral = [&](const double from) {
      return integrate([&](double y) { return up(y) * integrate(down, a, y); }, from, b);
    };
    const double C = double_integral(a) / integrate(up, a, b);
    return 2. * (double_integral(x) - C * integrate(up, x, b));
  }

  /**
   * T(0) for h = sigma = rho = r = 1 and eta = 1/m: up to a relative 2^-m it is
   * int_0^1 (1+y^2)^m dy (a recurrence in m by parts) times
   * int_R 1/eta (1+z^2)^(-1-m) dz (a Beta function).
   */
  double
  log_metastable_time(const unsigned int m)
  {
    double integral = 1., power = 1.;
    for (unsigned int i = 1; i <= m; ++i)
      {
        power *= 2.;
        integral = (power + 2. * i * integral) / (2. * i + 1.);
      }
    return std::log(integral) +
           std::log(m * std::sqrt(M_PI) * boost::math::tgamma_delta_ratio(m + 0.5, 0.5));
  }
} // namespace

TEST_CASE("1-D exit time: published values", "[theory]")
{
  CHECK(ExitTime1D(unit_model(0.5), -1., 1.).value(0.) ==
        relatively(3.121855985288877143157, 1e-15));
  CHECK(ExitTime1D(unit_model(0.1), -1., 1.).value(0.5) ==
        relatively(567.8885628092867369610, 1e-14));
  CHECK(ExitTime1D(unit_model(0.01), -1., 1.).value(0.) ==
        relatively(2.244276910424057479564e29, 2e-14));
  CHECK(ExitTime1D(unit_model(0.1), 0., 1., ReflectingEnd::left).value(0.2) ==
        relatively(573.6460606885877508942, 1e-14));
  const double reference[][2] = {{0.1, 574.1016305633815},
                                 {0.05, 414247.6960832396},
                                 {0.03, 3313394564.269661},
                                 {0.02, 281636791047290.15},
                                 {0.01, 2.244276910424057e29},
                                 {0.005, 2.012790908480337e59}};
  for (const auto &[eta, value] : reference)
    {
      INFO("eta = " << eta);
      CHECK(ExitTime1D(unit_model(eta), -1., 1.).value(0.) == relatively(value, 3e-14));
    }
}

TEST_CASE("1-D exit time in the metastable range: Beta function and recurrence, in log space",
          "[theory]")
{
  for (const unsigned int m : {100, 200, 500, 1000})
    {
      const ExitTime1D exit(unit_model(1. / m), -1., 1.);
      INFO("eta = 1/" << m);
      CHECK(std::abs(exit.log_value(0.) - log_metastable_time(m)) < 3e-13);
    }
  // beyond the range of a double: value is infinite, its logarithm is not
  const ExitTime1D huge(unit_model(1e-4), -1., 1.);
  CHECK(std::isinf(huge.value(0.)));
  CHECK(huge.log_value(0.) ==
        relatively(6931.471805599453 + 0.5 * std::log(M_PI * 1e-4) - 1.25e-5, 1e-10));
}

TEST_CASE("1-D exit time: small-noise expansion with a remainder of second order", "[theory]")
{
  const auto remainder = [](const double eta) {
    const double leading = std::log(2.) / eta + 0.5 * std::log(M_PI * eta);
    const double ratio   = std::exp(ExitTime1D(unit_model(eta), -1., 1.).log_value(0.) - leading);
    return (ratio - (1. - eta / 8.)) / (eta * eta);
  };
  CHECK(remainder(0.001) == relatively(remainder(0.002), 0.02));
  CHECK(remainder(0.002) == relatively(remainder(0.004), 0.03));
}

TEST_CASE("1-D exit time: nested textbook quadrature, asymmetric intervals", "[theory]")
{
  for (const double rho : {0.2, 1., 25.})
    for (const auto &[a, b] : {std::pair{-1., 1.}, {-0.5, 1.2}, {0.3, 0.9}})
      {
        const ExitTime1D exit(unit_model(0.4, rho), a, b);
        for (const double s : {0.1, 0.5, 0.8})
          {
            const double x = a + s * (b - a);
            INFO("rho = " << rho << ", (a, b) = (" << a << ", " << b << "), x = " << x);
            CHECK(exit.value(x) == relatively(textbook_two_sided(0.4, rho, a, b, x), 1e-12));
          }
      }
}

TEST_CASE("1-D exit time: full relative accuracy up to the absorbing ends", "[theory]")
{
  // T(b - s) = -T'(b) s + O(s^2)
  for (const double eta : {0.5, 0.05, 0.002})
    {
      const ExitTime1D exit(unit_model(eta), -1., 1.);
      const double     s = std::ldexp(1., -50);
      CHECK(exit.value(1. - s) == relatively(-exit.derivative(1.) * s, 1e-11));
      CHECK(exit.value(-1. + s) == relatively(exit.derivative(-1.) * s, 1e-11));
      CHECK(exit.value(1.) == 0.);
      CHECK(exit.value(-1.) == 0.);
    }
}

TEST_CASE("1-D exit time: derivative by differences, and the equation itself", "[theory]")
{
  auto model   = decoupled_model(0.3, {1.5}, {0.7}, {2.});
  model.center = {0.25};
  for (const auto end : {ReflectingEnd::none, ReflectingEnd::left, ReflectingEnd::right})
    {
      const ExitTime1D exit(model, -0.6, 1.1, end);
      const double     s          = 1e-3;
      const auto       difference = [s](const auto &f, const double x) {
        return (8. * (f(x + s) - f(x - s)) - f(x + 2. * s) + f(x - 2. * s)) / (12. * s);
      };
      for (const double x : {-0.4, 0.1, 0.9})
        {
          const double z  = x - 0.25;
          const double T1 = exit.derivative(x);
          const double T2 = difference([&](double y) { return exit.derivative(y); }, x);
          INFO("end " << static_cast<int>(end) << ", x = " << x);
          CHECK(T1 == Approx(difference([&](double y) { return exit.value(y); }, x)).epsilon(1e-9));
          CHECK(0.5 * 0.3 * (0.7 + 2. * z * z) * T2 - 1.5 * z * T1 == relatively(-1., 1e-9));
        }
    }
  CHECK(ExitTime1D(model, -0.6, 1.1, ReflectingEnd::left).derivative(-0.6) == 0.);
  CHECK(ExitTime1D(model, -0.6, 1.1, ReflectingEnd::right).derivative(1.1) == 0.);
}

TEST_CASE("1-D exit time: reflection at the centre, mirror images, a general potential", "[theory]")
{
  for (const double eta : {0.5, 0.02})
    {
      const ExitTime1D whole(unit_model(eta), -1., 1.);
      const ExitTime1D right(unit_model(eta), 0., 1., ReflectingEnd::left);
      const ExitTime1D left(unit_model(eta), -1., 0., ReflectingEnd::right);
      for (const double x : {0., 0.3, 0.99})
        {
          CHECK(whole.value(x) == relatively(right.value(x), 5e-15));
          CHECK(whole.value(-x) == relatively(left.value(-x), 5e-15));
        }
    }
  // constant coefficients, b = 2, a = 1 on (0, 1), phi = -4 x
  const ExitTime1D drift(
    [](long double x) { return -4. * x; }, [](long double) { return 1.; }, 0., 1.);
  const double x     = 0.3;
  const double exact = -x / 2. + 0.5 * std::expm1(-4. * x) / std::expm1(-4.);
  CHECK(drift.value(x) == relatively(exact, 2e-15));
}

TEST_CASE("1-D exit time, Ornstein-Uhlenbeck: the power series of the radial problem", "[theory]")
{
  for (const double eta : {5., 0.5, 0.05, 0.002})
    for (const double rho : {0., 1e-20})
      {
        const ExitTime1D   exit(unit_model(eta, rho), -1., 1.);
        const RadialSeries series(1, 1., eta, 1.);
        for (const double x : {0., 0.4, 0.95})
          {
            INFO("eta = " << eta << ", x = " << x);
            CHECK(std::abs(exit.log_value(x) - std::log(series.value(x))) <
                  2e-15 * (1. + std::abs(exit.log_value(x))));
            CHECK(exit.derivative(x) ==
                  Approx(static_cast<double>(series.derivative(x))).epsilon(1e-13).margin(1e-13));
          }
      }
}

TEST_CASE("1-D exit time refuses what it does not know", "[theory]")
{
  const auto model = unit_model(0.5);
  CHECK_THROWS_AS(ExitTime1D(model, 1., -1.), std::domain_error);
  CHECK_THROWS_AS(ExitTime1D(model, -1., 1.).value(1.1), std::domain_error);
  CHECK_THROWS_AS(ExitTime1D(model, -1., 1.).value(std::nan("")), std::domain_error);
  CHECK_THROWS_AS(ExitTime1D(unit_model(1e-5), -1., 1.), std::domain_error);
  CHECK_THROWS_AS(ExitTime1D(decoupled_model(0.5, {1., 1.}, {1., 1.}, {1., 1.}), -1., 1.),
                  std::domain_error);
  CHECK_THROWS_AS(
    ExitTime1D([](long double) { return 0.; }, [](long double x) { return x * x; }, -1., 1.),
    std::domain_error);
}
