// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "formula_models.h"
#include "theory_models.h"

#include "theory/exit/box_exit_time.h"
#include "theory/exit/known_exit.h"
#include "theory/exit/radial_exit.h"

#include <cmath>
#include <stdexcept>

using namespace dynkin;
using namespace dynkin::tests;

namespace
{
  DomainParameters
  known_interval(const double       left,
                 const double       right,
                 const std::string &boundary = "",
                 const std::string &exit_set = "")
  {
    DomainParameters domain;
    domain.shape_name = "interval";
    domain.lower      = {left};
    domain.upper      = {right};
    domain.boundary   = boundary;
    domain.exit_set   = exit_set;
    domain.check(1, BoundaryKind::absorbing);
    return domain;
  }

  DomainParameters
  known_ball(const unsigned int d, const double radius)
  {
    DomainParameters domain;
    domain.shape_name = "ball";
    domain.center     = std::vector<double>(d, 0.);
    domain.radius     = radius;
    domain.check(d, BoundaryKind::absorbing);
    return domain;
  }

  /** The number, and the estimate of its error holds. */
  void
  check_mean(const KnownExit &exit, const double x, const double exact, const double tolerance)
  {
    const double mean = exit->moment(1, {x});
    CHECK(mean == relatively(exact, tolerance));
    CHECK(std::abs(mean / exact - 1.) <= 2. * exit->relative_error({x}));
    CHECK(exit->relative_error({x}) < 1e-11);
    CHECK(exit->log_mean({x}) == Approx(std::log(exact)).epsilon(1e-12));
    CHECK(exit->value({x}) == relatively(exact, 1e-11));
  }
} // namespace

TEST_CASE("known exits: Brownian motion with drift, by formulas", "[theory]")
{
  const double    mu = 0.7, s = 0.5, L = 2.;
  const KnownExit exit(formula_parameters("0.7", "0.5"), known_interval(0., L, "", "right"), 2);
  CHECK(exit->name == "1-D exit-time integral, both ends absorbing");
  for (const double x : {0.3, 1., 1.9})
    {
      const double right = std::expm1(-2. * mu * x / s) / std::expm1(-2. * mu * L / s);
      check_mean(exit, x, (L * right - x) / mu, 1e-13);
      CHECK(exit->probability_of("right", {x}) == relatively(right, 1e-13));
      CHECK(exit->probability_of("left", {x}) == Approx(1. - right).epsilon(1e-12));
      CHECK(exit.probability_of_exit_set({x}) == relatively(right, 1e-13));
      // P(tau > t), by the sine series of the heat equation
      const double t   = 0.8;
      double       sum = 0.;
      for (unsigned int k = 1; k < 60; ++k)
        {
          const double w = k * M_PI / L;
          sum += 2. / L * w / (w * w + mu * mu / (s * s)) *
                 (1. - std::exp(mu * L / s) * std::cos(k * M_PI)) * std::sin(w * x) *
                 std::exp(-mu * x / s - (mu * mu / s + s * w * w) * t / 2.);
        }
      CHECK(exit->survival(t, {x}) == Approx(sum).epsilon(1e-11));
    }
  CHECK(exit->rate() == relatively(mu * mu / (2. * s) + M_PI * M_PI * s / (2. * L * L), 1e-12));
}

TEST_CASE("known exits: second moments and gradients, by formulas", "[theory]")
{
  // 1/2 f'' = -n f_(n-1), zero at -1 and 1
  const KnownExit exit(formula_parameters("0", "1"), known_interval(-1., 1.), 2);
  for (const double x : {-0.9, 0., 0.4})
    {
      check_mean(exit, x, 1. - x * x, 1e-13);
      CHECK(exit->moment(2, {x}) == relatively((5. - 6. * x * x + x * x * x * x) / 3., 1e-13));
      CHECK(exit->gradient({x})[0] == Approx(-2. * x).epsilon(1e-11).margin(1e-12));
    }
  CHECK(exit->moment(1, {1.}) == 0.);
  CHECK_THROWS_AS(exit->moment(3, {0.}), std::domain_error);
}

// Values to 20 digits by nested quadrature in another program.
TEST_CASE("known exits: formulas with wells, with varying diffusion and with narrow features",
          "[theory]")
{
  const KnownExit wells(formula_parameters("x - x^3", "0.5"), known_interval(-2., 1.5));
  check_mean(wells, -1., 20.701226659268556507, 1e-12);
  CHECK(wells->probability_of("right", {-1.}) == relatively(0.98797482196402081212, 1e-13));
  check_mean(
    KnownExit(formula_parameters("x - x^3", "0.5"), known_interval(-2., 1.5, "left: reflecting")),
    0.25,
    12.519318730810677696,
    1e-12);

  const ModelParameters varying = formula_parameters("(1 + x^2/2)*(1.5*sin(3*x) - x)", "1 + x^2/2");
  check_mean(KnownExit(varying, known_interval(-1., 1.)), 0.25, 0.55515002875065807562, 1e-13);
  CHECK(KnownExit(varying, known_interval(-1., 1.))->probability_of("right", {0.25}) ==
        relatively(0.69958640143590991745, 1e-13));
  check_mean(KnownExit(varying, known_interval(-1., 1., "left: reflecting")),
             0.25,
             1.7312613539739113903,
             1e-13);

  const KnownExit narrow(formula_parameters("-2e5/sqrt(pi)*exp(-(1e5*(x - 0.3))^2)", "1"),
                         known_interval(0., 1.));
  check_mean(narrow, 0.5, 0.16650560881373639972, 1e-11);
}

TEST_CASE("known exits: the convention of the noise counts", "[theory]")
{
  // in Stratonovich's sense log x of dx = x dB is a Brownian motion
  ModelParameters model       = formula_parameters("0", "x^2");
  model.expression.convention = "Stratonovich";
  const double    y = std::log(1.7), L = std::log(3.);
  const KnownExit exit(model, known_interval(1., 3.));
  check_mean(exit, 1.7, y * (L - y), 1e-13);
  CHECK(exit->rate() == relatively(M_PI * M_PI / (2. * L * L), 1e-12));
}

TEST_CASE("known exits: formulas and quadratic models are the same where they say the same",
          "[theory]")
{
  const DomainParameters domain = known_interval(-1., 0.8);
  const KnownExit        closed(unit_model(0.2), domain, 3);
  const KnownExit        by_formulas(formula_parameters("-x", "0.2*(1 + x^2)"), domain, 3);
  CHECK_THROWS_AS(closed->relative_error({0.}), std::domain_error);
  for (const double x : {-0.7, 0., 0.5})
    {
      check_mean(by_formulas, x, closed->moment(1, {x}), 1e-13);
      CHECK(by_formulas->gradient({x})[0] == Approx(closed->gradient({x})[0]).epsilon(1e-10));
      CHECK(by_formulas->moment(3, {x}) == relatively(closed->moment(3, {x}), 1e-12));
      CHECK(by_formulas->survival(3., {x}) == relatively(closed->survival(3., {x}), 1e-11));
    }
  CHECK(by_formulas->rate() == relatively(closed->rate(), 1e-12));
}

TEST_CASE("known exits: balls and boxes", "[theory]")
{
  const ModelParameters model = isotropic_coupled_model(2, 1., 1., 1., 0.25);
  const KnownExit       ball(model, known_ball(2, 1.), 2);
  CHECK(ball->name == "radial exit-time integral");
  CHECK(ball->moment(1, {0., 0.}) == relatively(4.291666666666666666667, 1e-14));
  CHECK(ball->moment(2, {0.3, 0.4}) == RadialExit(model, 1., 2).moment(2, 0.5));
  CHECK(ball->gradient({0.3, 0.4})[1] ==
        relatively(0.8 * RadialExit(model, 1.).derivative(0.5), 1e-11));
  CHECK(ball->is_a_field());
  CHECK_THROWS_AS(ball->probability_of("surface", {0., 0.}), std::domain_error);

  DomainParameters square;
  square.shape_name = "box";
  square.lower      = {-1., -1.};
  square.upper      = {1., 1.25};
  square.check(2, BoundaryKind::absorbing);
  const ModelParameters plane = decoupled_model(0.5, {1., 2.}, {1., 0.5}, {1., 0.5});
  const KnownExit       box(plane, square);
  const BoxExitTime     time(plane, square.lower, square.upper);
  CHECK(!box->is_a_field());
  CHECK(box->moment(1, {0., 0.2}) == time.value({0., 0.2}));
  CHECK(box->survival(1., {0., 0.2}) == time.survival(1., {0., 0.2}));
  CHECK(box->relative_error({0., 0.2}) < 1e-10);
}

TEST_CASE("known exits: what no formula holds for is refused", "[theory]")
{
  const auto unknown = [](const ModelParameters &model, const DomainParameters &domain) {
    CHECK_THROWS_AS(KnownExit(model, domain), std::domain_error);
  };
  const DomainParameters unit = known_interval(0., 1.), middle = known_interval(-1., 1.);
  unknown(formula_parameters("sign(x - 0.3)", "1"), unit);      // a jump
  unknown(formula_parameters("step(x - 0.987654)", "1"), unit); // near an end
  unknown(formula_parameters("0", "1 + step(x)"), middle);      // of the diffusion
  unknown(formula_parameters("-abs(x)", "1"), middle);          // a kink
  unknown(formula_parameters("0", "x*(1 - x)"), unit);          // singular ends
  unknown(formula_parameters("1/x", "1"), unit);
  unknown(formula_parameters("1/x", "1"), middle); // singular inside
  unknown(formula_parameters("0", "x^2"), middle);
  unknown(formula_parameters("0", "1"), known_interval(0., 1., "left: periodic, right: periodic"));
  unknown(formula_parameters("0", "1"), known_interval(0., 1., "reflecting"));
  ModelParameters killed = formula_parameters("0", "1");
  killed.killing_rate    = "1";
  unknown(killed, unit);
  unknown(decoupled_model(0.5, {1., 1.}, {1., 1.}, {1., 1.}), known_ball(2, 1.));
  // smooth on one side of a kink outside
  CHECK(KnownExit(formula_parameters("-abs(x)", "1"), known_interval(0.1, 1.))->moment(1, {0.5}) >
        0.);
}
