// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory_models.h"

#include "theory/exit/exit_time_1d.h"
#include "theory/exit/spectral_modes.h"

#include <cmath>
#include <stdexcept>

using namespace dynkin;

namespace
{
  /** Brownian motion with noise 1 and no drift: phi = 0, a = 1. */
  ExitTime1D
  brownian(const double left, const double right, const ReflectingEnd end, const unsigned int n)
  {
    return ExitTime1D(
      [](long double) { return 0.L; }, [](long double) { return 1.L; }, left, right, end, n);
  }
} // namespace

TEST_CASE("Exit moments: published values", "[theory]")
{
  CHECK(ExitTime1D(unit_model(0.5), -1., 1., ReflectingEnd::none, 2).moment(2, 0.) ==
        relatively(17.73795425233379056683, 1e-15));
  CHECK(ExitTime1D(unit_model(0.5), -0.5, 1., ReflectingEnd::none, 3).moment(3, 0.25) ==
        relatively(10.30180934556937449854, 1e-15));
}

TEST_CASE("Exit moments: Brownian motion, polynomials", "[theory]")
{
  for (const double x : {-0.999, -0.4, 0., 0.7})
    {
      const double y = x * x;
      // 1/2 f_n'' = -n f_{n-1}: secant numbers 1, 5/3, 61/15, 1385/105 at x = 0
      const ExitTime1D exit = brownian(-1., 1., ReflectingEnd::none, 4);
      CHECK(exit.moment(2, x) == relatively((1. - x) * (1. + x) * (5. - y) / 3., 1e-14));
      CHECK(exit.moment(3, x) ==
            relatively((1. - x) * (1. + x) * (61. - 14. * y + y * y) / 15., 1e-14));
      const ExitTime1D half  = brownian(-1., 0., ReflectingEnd::right, 4);
      const ExitTime1D other = brownian(0., 1., ReflectingEnd::left, 4);
      for (const unsigned int n : {2, 3, 4})
        {
          CHECK(half.moment(n, -std::abs(x)) == relatively(exit.moment(n, x), 1e-14));
          CHECK(other.moment(n, std::abs(x)) == relatively(exit.moment(n, x), 1e-14));
        }
    }
  CHECK(brownian(-1., 1., ReflectingEnd::none, 4).moment(4, 0.) == relatively(1385. / 105., 1e-15));
}

TEST_CASE("Exit moments: the spectral sum n! sum w_k / lambda_k^n", "[theory]")
{
  const auto model = decoupled_model(0.2, {1.2}, {0.8}, {1.5});
  for (const auto end : {ReflectingEnd::none, ReflectingEnd::left, ReflectingEnd::right})
    {
      const ExitTime1D    exit(model, -0.7, 1.1, end, 10);
      const SpectralModes modes(coordinate_diffusion(model, 0), -0.7, 1.1, end, 80);
      for (const double x : {-0.6, 0.1, 0.9})
        for (const unsigned int n : {3, 4, 7, 10})
          {
            long double sum = 0.;
            for (unsigned int k = 0; k < 80; ++k)
              sum += modes.weights(x)[k] / std::pow(modes.eigenvalues()[k], n);
            INFO("end " << static_cast<int>(end) << ", x = " << x << ", n = " << n);
            CHECK(exit.moment(n, x) == relatively(std::tgamma(n + 1.) * sum, 1e-12));
          }
    }
}

TEST_CASE("Exit moments: metastable exit times are exponential, up to the tenth moment of 1e300",
          "[theory]")
{
  const ExitTime1D exit(unit_model(0.001), -1., 1., ReflectingEnd::none, 10);
  for (unsigned int n = 1; n <= 10; ++n)
    CHECK(exit.log_moment(n, 0.) ==
          relatively(n * exit.log_value(0.) + std::lgamma(n + 1.), 1e-14));
  // next to a wall, P_x(reach the well) = E_x tau / E_0 tau
  CHECK(exit.log_moment(10, 0.9999) - exit.log_moment(10, 0.) ==
        relatively(exit.log_value(0.9999) - exit.log_value(0.), 1e-10));
}

TEST_CASE("Exit place in one dimension: published value, a polynomial, both ends", "[theory]")
{
  const ExitTime1D exit(unit_model(0.5), -0.5, 1.);
  CHECK(exit.probability_of_right_end(0.25) == relatively(0.3461354961832061068702, 1e-15));
  // e^phi = (1 + x^2)^2
  const auto S = [](const double x) { return x + 2. / 3. * x * x * x + 0.2 * std::pow(x, 5.); };
  for (const double x : {-0.5, -0.2, 0., 0.6, 1.})
    {
      CHECK(exit.probability_of_right_end(x) ==
            Approx((S(x) - S(-0.5)) / (S(1.) - S(-0.5))).epsilon(1e-14));
      CHECK(exit.probability_of_right_end(x) + exit.probability_of_left_end(x) ==
            Approx(1.).epsilon(1e-15));
    }
  // tiny probabilities keep their digits: S' / int S' next to the end
  const ExitTime1D steep(unit_model(0.002), -0.5, 1.);
  CHECK(steep.probability_of_right_end(0.) < 1e-30);
  const double s = 0x1p-50;
  CHECK(ExitTime1D(unit_model(0.002), -1., 1.).probability_of_right_end(0.) ==
        relatively(0.5, 1e-14));
  CHECK(steep.probability_of_left_end(1. - s) ==
        relatively(2. * steep.probability_of_left_end(1. - 0.5 * s), 1e-10));
}

TEST_CASE("Exit moments refuse what they do not know", "[theory]")
{
  CHECK_THROWS_AS(ExitTime1D(unit_model(0.5), -1., 1., ReflectingEnd::none, 0), std::domain_error);
  const ExitTime1D exit(unit_model(0.5), -1., 1., ReflectingEnd::left, 2);
  CHECK_THROWS_AS(exit.moment(3, 0.), std::domain_error);
  CHECK_THROWS_AS(exit.moment(0, 0.), std::domain_error);
  CHECK_THROWS_AS(exit.moment(1, 1.1), std::domain_error);
  CHECK_THROWS_AS(exit.probability_of_right_end(0.), std::domain_error);
}
