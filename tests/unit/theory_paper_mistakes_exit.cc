// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What sections 5 and 6 of the paper (arXiv 2306.09624) print and what holds instead; each
// case is named in solver/theory/README.md.

#include "theory_models.h"

#include "theory/exit/eigenfunction_law.h"
#include "theory/exit/exit_time_1d.h"
#include "theory/moments/closed_moments.h"
#include "theory/small_noise/quasi_potential.h"

#include <boost/math/quadrature/gauss_kronrod.hpp>

#include <cmath>

using namespace dynkin;

TEST_CASE("Paper: (5.2) is the exit time with a reflecting left end, not with two absorbing ends",
          "[theory]")
{
  const double eta = 0.5, a = -1., b = 1.;
  const auto   model = decoupled_model(eta, {1.}, {1.}, {1.});

  // (5.2) as printed, with phi = -kappa log(1 + x^2)
  using boost::math::quadrature::gauss_kronrod;
  const auto phi   = [=](const double x) { return (1. + 1. / eta) * std::log1p(x * x); };
  const auto inner = [&](const double y) {
    return gauss_kronrod<double, 31>::integrate(
      [&](double z) { return std::exp(-phi(z)); }, a, y, 8, 1e-14);
  };
  const auto printed = [&](const double x) {
    return 2. * gauss_kronrod<double, 31>::integrate(
                  [&](double y) { return std::exp(phi(y)) / (eta * (1. + y * y)) * inner(y); },
                  x,
                  b,
                  8,
                  1e-14);
  };

  const ExitTime1D reflecting(model, a, b, ReflectingEnd::left);
  const ExitTime1D absorbing(model, a, b);
  for (const double x : {-1., -0.5, 0., 0.7})
    CHECK(printed(x) == relatively(reflecting.value(x), 1e-12));
  CHECK(printed(a) > 6.); // (5.4) asks for 0
  CHECK(absorbing.value(a) == 0.);
  CHECK(reflecting.derivative(a) == 0.);
  CHECK(printed(0.) > 1.4 * absorbing.value(0.)); // 3.1218.. with two absorbing ends
}

TEST_CASE("Paper: (5.1) has the sign + and log(1 + rho z^2/sigma), with C = 1", "[theory]")
{
  const double h = 1., sigma = 2., rho = 1., r = 1.;
  const auto   scaled = [&](const double eta) { // eta log E tau
    return eta * ExitTime1D(decoupled_model(eta, {h}, {sigma}, {rho}), -r, r).log_value(0.);
  };
  const double V =
    QuasiPotential(decoupled_model(1., {h}, {sigma}, {rho})).minimum_over_sphere(r).value;
  CHECK(V == relatively(h / rho * std::log1p(rho * r * r / sigma), 1e-15));
  // the difference is eta/2 log eta + O(eta)
  for (const double eta : {1e-2, 1e-3, 1e-4})
    CHECK(std::abs(scaled(eta) - V) < eta * (1. + std::abs(std::log(eta))));
  const double printed = -h / rho * std::log(sigma + rho * r * r);
  CHECK(printed < 0.); // exit times would tend to 0 ..
  CHECK(scaled(1e-3) > 0.4);
  CHECK(std::abs(scaled(1e-4) - std::abs(printed)) > 0.6); // .. and the sign is not all
  // the minimum over the sphere sits on an axis, the exit time of the box follows it
  const QuasiPotential plane(decoupled_model(1., {1., 2.}, {1., 0.5}, {1., 0.7}));
  CHECK(plane.minimum_over_sphere(1.).minimiser == std::vector<double>{1., 0.});
}

TEST_CASE("Paper: below (5.2) phi = -kappa log(1 + rho x^2/sigma), without the 2", "[theory]")
{
  // e^phi/sigma^2 is the scale density exp(-int 2 mu/sigma^2): phi = log sigma^2 - int 2 mu/sigma^2, phi(0) = 0
  const double eta = 0.4, h = 1.5, sigma = 0.7, rho = 2., kappa = -1. - h / (eta * rho);
  for (const double x : {-0.8, 0.3, 1.7})
    {
      const double phi =
        std::log1p(rho * x * x / sigma) +
        boost::math::quadrature::gauss_kronrod<double, 31>::integrate(
          [&](const double y) { return 2. * h * y / (eta * (sigma + rho * y * y)); },
          0.,
          x,
          8,
          1e-14);
      CHECK(phi == relatively(-kappa * std::log1p(rho * x * x / sigma), 1e-12));
      // the printed constant does no harm in (5.2), where only phi(y) - phi(z) counts
      CHECK(2. - kappa * std::log1p(rho * x * x / sigma) - phi == relatively(2., 1e-12));
    }
}

TEST_CASE("Paper: (5.4) needs 1/2 before the second-order term", "[theory]")
{
  const double     eta = 0.5, h = 1., sigma = 1., rho = 1., step = 1e-4;
  const ExitTime1D time(decoupled_model(eta, {h}, {sigma}, {rho}), -1., 1.);
  for (const double x : {-0.6, 0.1, 0.8})
    {
      const double first  = time.derivative(x);
      const double second = (time.derivative(x + step) - time.derivative(x - step)) / (2. * step);
      const double a      = eta * (sigma + rho * x * x);
      CHECK(-h * x * first + 0.5 * a * second == relatively(-1., 1e-6));
      CHECK(-h * x * first + a * second < -1.1); // as printed
    }
}

TEST_CASE("Paper: in (6.1) the noise of a step has the variance eps sigma^2(z)", "[theory]")
{
  // E z^2 of the chain: m <- (1 - eps h)^2 m + step_variance (sigma + rho m) eta
  const double h = 1., sigma = 2., rho = 0.8, eta = 0.5, limit = eta * sigma / (2. * h - eta * rho);
  const auto   stationary = [&](const double eps, const double step_variance) {
    return step_variance * eta * sigma /
           (1. - (1. - eps * h) * (1. - eps * h) - step_variance * eta * rho);
  };
  for (const double eps : {1e-2, 1e-3, 1e-4})
    {
      CHECK(std::abs(stationary(eps, eps) / limit - 1.) < eps);
      CHECK(stationary(eps, eps * eps) < eps * limit); // as printed the noise vanishes in the limit
    }
  CHECK(ClosedMoments(decoupled_model(eta, {h}, {sigma}, {rho}), 2).stationary().value({2}) ==
        relatively(limit, 1e-13));
}

TEST_CASE("Paper: (6.9) holds with eta sigma/(2h - eta rho)", "[theory]")
{
  const double        h = 1., sigma = 2., rho = 0.8, eta = 0.5, gap = 2. * h - eta * rho;
  const ClosedMoments moments(decoupled_model(eta, {h}, {sigma}, {rho}), 2);
  const auto          bound = [&](const double x0, const double t, const double level) {
    return std::exp(-gap * t) * (x0 * x0 - level) + level;
  };
  for (const double x0 : {0., 0.3, 2.})
    for (const double t : {0.1, 1., 5.})
      {
        const double exact = moments.at_time(t, MomentTable::of_point({x0}, 2)).value({2});
        CHECK(exact == relatively(bound(x0, t, eta * sigma / gap), 1e-12)); // an equality
        CHECK(exact > 1.01 * bound(x0, t, eta * rho / gap));                // as printed: violated
      }
  // for the chain z_k: m <- ((1 - eps h)^2 + eps eta rho) m + eps eta sigma, so that even the corrected
  // level is exceeded, by the factor 1/(1 - eps h^2/gap)
  const double eps = 0.1;
  double       m   = 0.;
  for (unsigned int k = 0; k < 1000; ++k)
    m = ((1. - eps * h) * (1. - eps * h) + eps * eta * rho) * m + eps * eta * sigma;
  CHECK(m == relatively(eta * sigma / gap / (1. - eps * h * h / gap), 1e-12));
  CHECK(m > 2. * eta * rho / gap);
}

TEST_CASE("Paper: (6.5) and (6.12) are about P[R], the event that the path strays", "[theory]")
{
  // one step from 0, K = 1: R = {the path leaves (-delta, delta) before eps}; rho = 0, and
  // E sup |v|^4 <= 16 (4/3)^4 3 (eta sigma eps)^2 = C (Doob; |v| <= 2 sup |martingale|)
  const double  eta = 0.5, delta = 0.5;
  const ExitLaw law(coordinate_diffusion(decoupled_model(eta, {1.}, {1.}, {0.}), 0), -delta, delta);
  for (const double eps : {0.02, 0.01, 0.005})
    {
      const double C        = 16. * std::pow(4. / 3., 4) * 3. * eta * eta * eps * eps;
      const double strays   = 1. - law.survival(eps, 0.);
      const double right_of = 1. - (1. - C / std::pow(delta, 4)); // of (6.12)
      CHECK(strays <= right_of);
      CHECK(1. - strays > 0.999);
      CHECK(1. - strays > right_of); // as printed, P[R^c] <= .., it is false
    }
}
