// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "formulas.h"

using namespace dealii;
using namespace dynkin;
using namespace dynkin::tests;

TEST_CASE("Formula: derivatives", "[model]")
{
  const std::vector<std::array<std::string, 2>> cases = {
    {{"3", "0"}},
    {{"y", "0"}},
    {{"x", "1"}},
    {{"x^3*y", "3*x^2*y"}},
    {{"x/y", "1/y"}},
    {{"y/x", "-y/x^2"}},
    {{"x*sin(y)*exp(x)", "sin(y)*exp(x)*(1 + x)"}},
    {{"sqrt(x^2 + y^2)", "x/sqrt(x^2 + y^2)"}},
    {{"abs(x)^1.5", "1.5*sqrt(abs(x))*sign(x)"}},
    {{"exp(-x^2*y)", "-2*x*y*exp(-x^2*y)"}},
    {{"log(x^2 + 1)", "2*x/(x^2 + 1)"}},
    {{"log10(x^2 + 1)", "2*x/(x^2 + 1)/ln(10)"}},
    {{"sin(2*x)", "2*cos(2*x)"}},
    {{"cos(x*y)", "-y*sin(x*y)"}},
    {{"tan(x)", "1/cos(x)^2"}},
    {{"asin(x/4)", "1/sqrt(16 - x^2)"}},
    {{"acos(x/4)", "-1/sqrt(16 - x^2)"}},
    {{"atan(x)", "1/(1 + x^2)"}},
    {{"atan2(y, x)", "-y/(x^2 + y^2)"}},
    {{"atan2(x, y)", "y/(x^2 + y^2)"}},
    {{"sinh(x)", "cosh(x)"}},
    {{"cosh(x)", "sinh(x)"}},
    {{"tanh(x)", "1/cosh(x)^2"}},
    {{"asinh(x)", "1/sqrt(1 + x^2)"}},
    {{"acosh(x + 5)", "1/sqrt((x + 5)^2 - 1)"}},
    {{"atanh(x/4)", "4/(16 - x^2)"}},
    {{"erf(x)", "2/sqrt(pi)*exp(-x^2)"}},
    {{"erfc(x)", "-2/sqrt(pi)*exp(-x^2)"}},
    {{"cbrt(x)", "1/3/cbrt(x)^2"}},
    {{"2^x", "2^x*log(2)"}},
    {{"(x^2 + 1)^y", "y*(x^2 + 1)^(y - 1)*2*x"}},
    {{"(y^2 + 1)^x", "(y^2 + 1)^x*log(y^2 + 1)"}},
    {{"(x^2 + 1)^x", "(x^2 + 1)^x*(log(x^2 + 1) + 2*x^2/(x^2 + 1))"}},
    {{"abs(x*y)", "y*sign(x*y)"}},
    {{"sign(x) + step(y) + (x < y)", "0"}},
    {{"x*sign(x)", "sign(x)"}},
    {{"min(x^2, y)", "if(x^2 < y, 2*x, 0)"}},
    {{"max(x^2, y)", "if(x^2 < y, 0, 2*x)"}},
    {{"if(x < y, x^2, sin(x))", "if(x < y, 2*x, cos(x))"}},
    {{"if(x < y and not y < 0.5, x^2, y)", "if(x < y && y >= 0.5, 2*x, 0)"}}};
  for (const auto &[text, derivative] : cases)
    {
      INFO(text);
      CHECK(is_same_function(Formula<2>(text, {}).derivative(0), Formula<2>(derivative, {})));
    }

  // and random ones against differences, where these converge
  std::mt19937                           random(11);
  std::uniform_real_distribution<double> uniform(-2., 2.);
  unsigned int                           n_compared = 0;
  for (unsigned int k = 0; k < 400; ++k)
    {
      const Formula<2>      formula(random_formula(random, 3), {});
      const Point<2>        x(uniform(random), uniform(random));
      const unsigned int    i = k % 2;
      std::array<double, 2> slopes;
      for (unsigned int n = 0; n < 2; ++n)
        {
          Tensor<1, 2> shift;
          shift[i]  = n == 0 ? 1e-5 : 2e-5;
          slopes[n] = (formula.value(x + shift) - formula.value(x - shift)) / (2. * shift[i]);
        }
      if (!(std::abs(slopes[0] - slopes[1]) < 1e-7 * (1. + std::abs(slopes[0]))))
        continue;
      INFO(formula.text());
      CHECK(formula.derivative(i).value(x) == Approx(slopes[0]).epsilon(1e-5).margin(1e-5));
      ++n_compared;
    }
  CHECK(n_compared > 200);
}

TEST_CASE("Formula: what vanishes identically is found out, and nothing else", "[model]")
{
  const std::map<std::string, double> constants = {{"a", 0.1}, {"b", 1.7}, {"c", 1e-9}};
  for (const char *const text : {"0",
                                 "x - x",
                                 "0.1 + 0.2 - 0.3",
                                 "a*x + 0.2*x - 0.3*x",
                                 "(x + y)^2 - x^2 - 2*x*y - y^2",
                                 "(x^2 - y^2)/(x - y) - x - y",
                                 "1/(x - 1) - 1/(x + 1) - 2/(x^2 - 1)",
                                 "sin(x)^2 + cos(x)^2 - 1",
                                 "sin(2*x) - 2*sin(x)*cos(x)",
                                 "sin(x + y) - sin(x)*cos(y) - cos(x)*sin(y)",
                                 "sin(x - 2*y) + sin(2*y - x)",
                                 "tan(x)*cos(x) - sin(x)",
                                 "1 + tan(x)^2 - 1/cos(x)^2",
                                 "cosh(x)^2 - sinh(x)^2 - 1",
                                 "tanh(x) - (exp(2*x) - 1)/(exp(2*x) + 1)",
                                 "exp(x)*exp(y) - exp(x + y)",
                                 "exp((x + y)^2)*exp(-x^2) - exp(2*x*y + y^2)",
                                 "exp(-x/2)^2*exp(x) - 1",
                                 "sqrt(x^2 + y^2)^2 - x^2 - y^2",
                                 "x/sqrt(x^2 + 1) - x*sqrt(x^2 + 1)/(1 + x^2)",
                                 "sqrt(8) - 2*sqrt(2)",
                                 "sqrt(0.5) - 1/sqrt(2)",
                                 "sqrt(2*x) - sqrt(2)*sqrt(x)",
                                 "(1 + x^2)^1.5 - (1 + x^2)*sqrt(1 + x^2)",
                                 "sqrt(exp(2*x)) - exp(x)",
                                 "abs(x)^2 - x^2",
                                 "abs(x)*sign(x) - x",
                                 "abs(-2*x) - 2*abs(x)",
                                 "sqrt(x^2) - abs(x)",
                                 "min(x, y) + max(x, y) - x - y",
                                 "max(x, y) - if(x < y, y, x)",
                                 "step(x) + step(-x) - 1",
                                 "if(x > 0 && y > 0, x, 2*x) - x - x*!(x > 0 && y > 0)",
                                 "(x < y) + (y <= x) - 1",
                                 "erf(x) + erfc(x) - 1",
                                 "asin(x) + acos(x) - pi/2",
                                 "log(2*x) - log(2) - log(x)",
                                 "log10(x)*log(10) - log(x)",
                                 "x^y*x^(1 - y) - x",
                                 "cbrt(x)^3 - x"})
    {
      INFO(text);
      CHECK(Formula<2>(text, constants).is_zero());
    }
  for (const char *const text : {"1e-300",
                                 "c*x",
                                 "(x + y)^2 - x^2 - 2.000000001*x*y - y^2",
                                 "sin(x)^2 + cos(x)^2 - 1 + c*y",
                                 "sin(x) - x + x^3/6 - x^5/120 + x^7/5040 - x^9/362880",
                                 "a*(x - y) - a*x + 0.1000000001*y",
                                 "sqrt(x^2) - x",
                                 "abs(x) - x",
                                 "min(x, y) - x",
                                 "step(x - 100)",
                                 "max(x - 1000, 0)",
                                 "(x == 0.5)",
                                 "sqrt(2)*1.41421356237309504 - 2",
                                 "exp(x)*exp(y) - exp(x + y) + 1e-20",
                                 "1/x",
                                 "log(x)"})
    {
      INFO(text);
      CHECK(!Formula<2>(text, constants).is_zero());
    }

  // the curl of a gradient
  const auto curl = [](const std::string &potential, const std::string &perturbation) {
    const Formula<2> u(potential, {});
    const Formula<2> g_x = u.derivative(0) + Formula<2>(perturbation, {}), g_y = u.derivative(1);
    return g_x.derivative(1) - g_y.derivative(0);
  };
  for (const char *const u : {"exp(-x^2*y) + sin(x*y)*0.1",
                              "sqrt(1 + x^2*y^2)*log(2 + sin(x) + y^2)",
                              "(x^2 + 0.3*y^2)^0.7/(1 + x^2 + y^4)",
                              "tanh(x*y)*max(x, y^2)*abs(x - y)"})
    {
      INFO(u);
      CHECK(curl(u, "0").is_zero());
      CHECK(!curl(u, "1e-9*x*y").is_zero());
    }
}

TEST_CASE("Formula: a sum of random formulas is no proof of anything", "[model]")
{
  std::mt19937 random(13);
  for (unsigned int k = 0; k < 300; ++k)
    {
      const std::string text = random_formula(random, 3), other = random_formula(random, 2);
      const Formula<2>  a(text, {}), b(other, {});
      INFO(text << "   and   " << other);
      CHECK((a - a).is_zero());
      if (((a + b) * (a - b) - a * a).is_zero())
        CHECK(is_same_function(b * b, Formula<2>()));
      if (a.is_zero())
        CHECK(is_same_function(a, Formula<2>()));
    }
}

TEST_CASE("Formula: switches", "[model]")
{
  const auto found = [](const std::string &text) {
    std::string      list;
    const Formula<2> formula(text, {});
    for (const auto &entry : formula.switches())
      list += (list.empty() ? "" : "; ") + std::string(entry.is_jump ? "jump " : "kink ") +
              entry.argument.text();
    return list;
  };
  CHECK(found("x^2 + sin(y) + sqrt(x)") == "");
  CHECK(found("abs(x)") == "kink x");
  CHECK(found("x/abs(x)") == "kink x");
  CHECK(found("sign(x) + abs(x)") == "jump x");
  CHECK(found("abs(x) + csgn(x)") == "jump x");
  CHECK(found("step(2*x - y)") == "jump 2*x - y");
  CHECK(found("min(x, y^2) + max(y^2, x)") == "kink x - y^2");
  CHECK(found("if(x < 1, abs(y), 2)") == "kink y; jump x - 1");
  CHECK(found("if(x < 1 && !(y >= 0.5), 1, 2)") == "jump x - 1; jump 0.5 - y");
  CHECK(found("if(x - y, 1, 2)") == "jump x - y");
  CHECK(found("if(x == y, 1, 2)") == "jump x - y");
  CHECK(found("min(abs(x), 1)") == "kink x; kink abs(x) - 1");
  const Formula<2> kink("abs(x - 2*y)", {});
  CHECK(kink.derivative(1).switches().at(0).is_jump);
  CHECK(kink.switches().at(0).argument.value(Point<2>(2., 1.)) == 0.);
}
