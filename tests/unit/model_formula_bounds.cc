// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "formulas.h"

using namespace dealii;
using namespace dynkin;
using namespace dynkin::tests;

TEST_CASE("Formula: bounds of random formulas enclose their values", "[model]")
{
  std::mt19937                           random(17);
  std::uniform_real_distribution<double> uniform(-2., 2.), fraction(0., 1.);
  unsigned int                           n_finite = 0;
  for (unsigned int k = 0; k < 3000; ++k)
    {
      const Formula<2> formula(random_formula(random, 1 + k % 4), {});
      Point<2>         lower, upper;
      for (unsigned int i = 0; i < 2; ++i)
        {
          lower[i] = k % 7 == 0 ? std::round(uniform(random)) + 0. : uniform(random); // no -0
          upper[i] = lower[i] + std::pow(fraction(random), 3) * 2.;
        }
      const auto [low, high] = formula.bounds(lower, upper);
      INFO(formula.text() << " in [" << lower << "] x [" << upper << "]: " << low << " " << high);
      REQUIRE(low <= high);
      n_finite += std::isfinite(low) && std::isfinite(high);
      bool                  is_inside = true;
      std::vector<Point<2>> points    = {lower, upper};
      for (unsigned int n = 0; n < 60; ++n)
        points.emplace_back(lower[0] + fraction(random) * (upper[0] - lower[0]),
                            lower[1] + fraction(random) * (upper[1] - lower[1]));
      for (const Point<2> &x : points)
        {
          const double value = formula.value(x);
          // not defined: then the bounds say so
          const bool is_good =
            std::isnan(value) ? std::isinf(low) || std::isinf(high) : low <= value && value <= high;
          is_inside = is_inside && is_good;
        }
      CHECK(is_inside);
    }
  CHECK(n_finite > 1500);
}

TEST_CASE("Formula: bounds are tight where they can be", "[model]")
{
  const auto check = [](const std::string &text, const double lower, const double upper) {
    INFO(text);
    const auto [low, high] = Formula<2>(text, {}).bounds(Point<2>(-1., 1.), Point<2>(2., 3.));
    CHECK(low == Approx(lower).epsilon(1e-14).margin(1e-14));
    CHECK(high == Approx(upper).epsilon(1e-14).margin(1e-14));
    CHECK(low <= lower);
    CHECK(high >= upper);
  };
  const double infinity = INFINITY;
  check("x", -1., 2.);
  check("x + y", 0., 5.);
  check("x - y", -4., 1.);
  check("x*y", -3., 6.);
  check("x/y", -1., 2.);
  check("x^2", 0., 4.);
  check("x^3", -1., 8.);
  check("x^4", 0., 16.);
  check("x^5", -1., 32.);
  check("x^20", 0., 1048576.);
  check("y^-2", 1. / 9., 1.);
  check("1 + x^2 + x^6", 1., 69.);
  check("sqrt(x^2 + y^2)", 1., std::sqrt(13.));
  check("exp(-x^2)", std::exp(-4.), 1.);
  check("sin(x)", std::sin(-1.), 1.);
  check("cos(x)", std::cos(2.), 1.);
  check("cos(x + 3)", -1., std::cos(5.));
  check("sin(10*x)", -1., 1.);
  check("tan(x/2)", std::tan(-0.5), std::tan(1.));
  check("abs(x)", 0., 2.);
  check("sign(x)", -1., 1.);
  check("sign(y)", 1., 1.);
  check("step(x)", 0., 1.);
  check("min(x, y)", -1., 2.);
  check("max(x, y)", 1., 3.);
  check("x < y", 0., 1.);
  check("if(x < 4, x, 100)", -1., 2.);
  check("if(x > 0, 10, y)", 1., 10.);
  check("log(y)", 0., std::log(3.));
  check("y^x", 1. / 3., 9.);
  check("atan2(x, y)", std::atan2(-1., 1.), std::atan2(2., 1.));
  check("atan2(y, x)", std::atan2(1., 2.), std::atan2(1., -1.));
  check("1/x", -infinity, infinity);
  check("1/(x + 1)", 1. / 3., infinity);
  check("exp(-1/x^2)", 0., std::exp(-0.25));
  check("log(x)", -infinity, infinity);
  check("sqrt(x)", -infinity, infinity);
  check("exp(sqrt(x))", -infinity, infinity);
  check("tan(x)", -infinity, infinity);
  check("asin(x)", -infinity, infinity);
  check("if(y > 0, 1, sqrt(x))", 1., 1.);
  check("0.1*y", 0.1, 0.30000000000000004);
}
