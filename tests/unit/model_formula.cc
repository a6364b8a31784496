// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/formula.h"

#include <cmath>
#include <functional>
#include <random>

#include "formulas.h"

using namespace dealii;
using namespace dynkin;
using namespace dynkin::tests;

TEST_CASE("Formula: functions and operators have the values of the C library", "[model]")
{
  using Function                                            = std::function<double(double, double)>;
  const std::vector<std::pair<std::string, Function>> cases = {
    {"x + y", [](double x, double y) { return x + y; }},
    {"x - y", [](double x, double y) { return x - y; }},
    {"x*y", [](double x, double y) { return x * y; }},
    {"x/y", [](double x, double y) { return x / y; }},
    {"3.7", [](double, double) { return 3.7; }},
    {"1e-3*x + .5 + 2.E+1", [](double x, double) { return 1e-3 * x + 20.5; }},
    {"pi*x - Pi", [](double x, double) { return M_PI * x - M_PI; }},
    {"k*x + long_name2", [](double x, double) { return 0.1 * x + 3.; }},
    {"x^2", [](double x, double) { return x * x; }},
    {"x**3", [](double x, double) { return x * x * x; }},
    {"x^7", [](double x, double) { return std::pow(x, 7); }},
    {"x^-2", [](double x, double) { return 1. / (x * x); }},
    {"x^40", [](double x, double) { return std::pow(x, 40); }},
    {"abs(x)^1.5", [](double x, double) { return std::pow(std::abs(x), 1.5); }},
    {"abs(x)^0.3", [](double x, double) { return std::pow(std::abs(x), 0.3); }},
    {"abs(x)^y", [](double x, double y) { return std::pow(std::abs(x), y); }},
    {"pow(abs(x), -y)", [](double x, double y) { return std::pow(std::abs(x), -y); }},
    {"2^x", [](double x, double) { return std::pow(2., x); }},
    {"sqrt(x^2 + y^2)", [](double x, double y) { return std::sqrt(x * x + y * y); }},
    {"sqrt(x^2)", [](double x, double) { return std::abs(x); }},
    {"cbrt(x)", [](double x, double) { return std::cbrt(x); }},
    {"exp(x)", [](double x, double) { return std::exp(x); }},
    {"log(abs(x))", [](double x, double) { return std::log(std::abs(x)); }},
    {"ln(abs(x))", [](double x, double) { return std::log(std::abs(x)); }},
    {"log10(abs(x))", [](double x, double) { return std::log10(std::abs(x)); }},
    {"sin(x)", [](double x, double) { return std::sin(x); }},
    {"cos(x)", [](double x, double) { return std::cos(x); }},
    {"tan(x)", [](double x, double) { return std::tan(x); }},
    {"asin(x/4)", [](double x, double) { return std::asin(0.25 * x); }},
    {"acos(x/4)", [](double x, double) { return std::acos(0.25 * x); }},
    {"atan(x)", [](double x, double) { return std::atan(x); }},
    {"atan2(y, x)", [](double x, double y) { return std::atan2(y, x); }},
    {"sinh(x)", [](double x, double) { return std::sinh(x); }},
    {"cosh(x)", [](double x, double) { return std::cosh(x); }},
    {"tanh(x)", [](double x, double) { return std::tanh(x); }},
    {"asinh(x)", [](double x, double) { return std::asinh(x); }},
    {"acosh(5 + x)", [](double x, double) { return std::acosh(5. + x); }},
    {"atanh(x/4)", [](double x, double) { return std::atanh(0.25 * x); }},
    {"erf(x)", [](double x, double) { return std::erf(x); }},
    {"erfc(x)", [](double x, double) { return std::erfc(x); }},
    {"abs(x)", [](double x, double) { return std::abs(x); }},
    {"sign(x)", [](double x, double) { return x > 0.   ? 1.
                                              : x < 0. ? -1.
                                                       : 0.; }},
    {"csgn(x)", [](double x, double) { return x > 0.   ? 1.
                                              : x < 0. ? -1.
                                                       : 0.; }},
    {"step(x)", [](double x, double) { return x > 0.   ? 1.
                                              : x < 0. ? 0.
                                                       : 0.5; }},
    {"min(x, y)", [](double x, double y) { return std::min(x, y); }},
    {"max(x, y, 1, 0.5)",
     [](double x, double y) {
       return std::max({x, y, 1., 0.5});
     }},
    {"min(x, y, 1, 0.5)",
     [](double x, double y) {
       return std::min({x, y, 1., 0.5});
     }},
    {"x < y", [](double x, double y) { return double(x < y); }},
    {"x <= y", [](double x, double y) { return double(x <= y); }},
    {"x > y", [](double x, double y) { return double(x > y); }},
    {"x >= y", [](double x, double y) { return double(x >= y); }},
    {"x == y", [](double x, double y) { return double(x == y); }},
    {"x != y", [](double x, double y) { return double(x != y); }},
    {"x > 0 && y > 0", [](double x, double y) { return double(x > 0. && y > 0.); }},
    {"x > 0 and y > 0", [](double x, double y) { return double(x > 0. && y > 0.); }},
    {"x > 0 || y > 0", [](double x, double y) { return double(x > 0. || y > 0.); }},
    {"x > 0 or y > 0", [](double x, double y) { return double(x > 0. || y > 0.); }},
    {"!(x > 0) && y>0", [](double x, double y) { return double(!(x > 0.) && y > 0.); }},
    {"not x > 0", [](double x, double) { return double(!(x > 0.)); }},
    {"if(x < y, x^2, -y)", [](double x, double y) { return x < y ? x * x : -y; }},
    {"if(x, 2, 3)", [](double x, double) { return x != 0. ? 2. : 3.; }},
    {"2*(x < 1) + 1", [](double x, double) { return x < 1. ? 3. : 1.; }}};
  std::vector<Point<2>> points;
  for (const double x : {-3.1, -1., -0.3, 0., 0.7, 1., 2.5})
    for (const double y : {-2.2, -1., 0., 0.7, 1.6})
      points.emplace_back(x, y);
  while (points.size() < 150) // two blocks and a rest
    points.push_back(points[points.size() % 35]);
  for (const auto &[text, function] : cases)
    {
      INFO(text);
      const Formula<2>    formula(text, tests::formula_constants);
      std::vector<double> values;
      formula.values(points, values);
      REQUIRE(values.size() == points.size());
      for (std::size_t q = 0; q < points.size(); ++q)
        {
          const double expected = function(points[q][0], points[q][1]);
          CHECK(is_close(formula.value(points[q]), expected));
          CHECK(is_close(values[q], expected));
        }
      // what is printed is the same formula
      CHECK(is_same_function(Formula<2>(formula.text(), {}), formula));
    }
}

TEST_CASE("Formula: precedence", "[model]")
{
  const auto value = [](const std::string &text) {
    return Formula<1>(text, {}).value(Point<1>(3.));
  };
  CHECK(value("-x^2") == -9.);
  CHECK(value("2^-1") == 0.5);
  CHECK(value("2^3^2") == 512.);
  CHECK(value("2**3**2") == 512.);
  CHECK(value("-2^-2*4") == -1.);
  CHECK(value("1 - 2 - 3") == -4.);
  CHECK(value("16/4/2") == 2.);
  CHECK(value("16/4*2") == 8.);
  CHECK(value("1 + 2*x^2") == 19.);
  CHECK(value("--x + +1 - -1") == 5.);
  CHECK(value("1 + 1 < 3") == 1.);
  CHECK(value("1 < 2 && 2 < 1 || 1 < 3") == 1.);
  CHECK(value("1 < 3 || 1 < 2 && 2 < 1") == 1.);
  CHECK(value("!1 < 2 || 0 > 1") == 0.);
  CHECK(value("!(1 > 2) && !(2 > 3)") == 1.);
}

TEST_CASE("Formula: the branch that is not taken does no harm", "[model]")
{
  const Formula<1> root("if(x > 0, sqrt(x)*log(x), 1/(x - x^2 - 1))", {});
  CHECK(root.value(Point<1>(-1.)) == Approx(-1. / 3.));
  CHECK(root.value(Point<1>(4.)) == Approx(2. * std::log(4.)));
  CHECK(root.derivative(0).value(Point<1>(-1.)) == Approx(-3. / 9.));
  CHECK(Formula<1>("if(x == 0, 1, sin(x)/x)", {}).value(Point<1>(0.)) == 1.);
  CHECK(Formula<1>("if(x > 0 && log(x) > 0, 1, 2)", {}).value(Point<1>(-1.)) == 2.);
  CHECK(std::isnan(Formula<1>("min(sqrt(x), 1)", {}).value(Point<1>(-1.))));
  CHECK(std::isnan(Formula<1>("max(1, sqrt(x))", {}).value(Point<1>(-1.))));
}

TEST_CASE("Formula: numbers are exact until they are evaluated", "[model]")
{
  const auto value = [](const std::string &text, const double x = 0.) {
    return Formula<1>(text, {{"k", 0.1}, {"third", 1. / 3.}}).value(Point<1>(x));
  };
  CHECK(value("k + 0.2 - 0.3") == 0.);
  CHECK(value("3*x - 2*x - x", 0.1) == 0.);
  CHECK(value("third") == 1. / 3.);
  std::mt19937                           random(3);
  std::uniform_real_distribution<double> exponent(-307., 308.);
  for (unsigned int k = 0; k < 1000; ++k)
    {
      const double number = std::pow(10., exponent(random));
      char         digits[40];
      std::snprintf(digits, sizeof(digits), "%.17g", number);
      CHECK(value(digits) == number);
      CHECK(Formula<1>(number).value(Point<1>()) == number);
      CHECK(Formula<1>(Formula<1>(-number).text(), {}).value(Point<1>()) == -number);
    }
  CHECK(value("4.9e-324") == 4.9e-324);
  CHECK(value("9007199254740993") == 9007199254740992.);
  CHECK_THROWS_AS(Formula<1>(INFINITY), std::invalid_argument);
}

TEST_CASE("Formula: operations, and texts of random formulas", "[model]")
{
  const Formula<2> a("x + k*y", tests::formula_constants), b("x*y", {});
  const Point<2>   x(0.3, -0.7);
  CHECK((a + b).value(x) == Approx(a.value(x) + b.value(x)));
  CHECK((a - b).value(x) == Approx(a.value(x) - b.value(x)));
  CHECK((a * b).value(x) == Approx(a.value(x) * b.value(x)));
  CHECK((a / b).value(x) == Approx(a.value(x) / b.value(x)));
  CHECK((a * a).sqrt().value(x) == Approx(std::abs(a.value(x))));
  CHECK(Formula<2>().value(x) == 0.);
  CHECK(Formula<2>().text() == "0");
  CHECK(Formula<2>("2*x - 3*y/4 + x/(y*2)", {}).text() == "2*x + 0.5*x/y - 0.75*y");
  std::mt19937 random(5);
  for (unsigned int k = 0; k < 300; ++k)
    {
      const Formula<2> formula(random_formula(random, 4), {});
      const Formula<2> derivative = formula.derivative(k % 2);
      INFO(formula.text());
      CHECK(is_same_function(Formula<2>(formula.text(), {}), formula));
      INFO(derivative.text());
      CHECK(is_same_function(Formula<2>(derivative.text(), {}), derivative));
    }
}

TEST_CASE("Formula: what cannot be read is said in one sentence", "[model]")
{
  const std::vector<std::pair<std::string, std::string>> cases = {
    {"x + w",
     "'w' at position 5 is not known; known are x, y; the constants k, long_name2, pi; "
     "the functions abs, acos, acosh, asin, asinh, atan, atan2, atanh, cbrt, cos, cosh, "
     "csgn, erf, erfc, exp, if, ln, log, log10, max, min, pow, sign, sin, sinh, sqrt, "
     "step, tan, tanh"},
    {"x*z", "'z' at position 3 is not known in dimension 2, where there are only x, y"},
    {"", "a number, a name or '(' is missing at its end"},
    {"x +", "a number, a name or '(' is missing at its end"},
    {"(x + y", "')' is missing at its end"},
    {"sin(x", "')' is missing at its end"},
    {"x + y)", "')' at position 6 closes a parenthesis that is not open"},
    {"x, y", "',' at position 2 separates arguments, but no function is open"},
    {"(x, y)", "',' at position 3 separates arguments, but no function is open"},
    {"2x", "'x' at position 2 needs an operator before it"},
    {"x (y)", "'(' at position 3 needs an operator before it"},
    {"1.2.3", "'.3' at position 4 needs an operator before it"},
    {"x = y", "'=' at position 3 is no comparison, write =="},
    {"x > 0 & y > 0", "'&' at position 7 is no operator, write &&"},
    {"x $ y", "'$' at position 3 is not part of the language of formulas"},
    {"x + \u00e9", "'\u00e9' at position 5 stands where a number, a name or '(' is needed"},
    {"* x", "'*' at position 1 stands where a number, a name or '(' is needed"},
    {"sin x", "'sin' at position 1 is a function and needs its arguments in parentheses"},
    {"y + sin()", "'sin' at position 5 needs 1 argument, but has 0"},
    {"sin(x, y)", "'sin' at position 1 needs 1 argument, but has 2"},
    {"1 + atan2(x)", "'atan2' at position 5 needs 2 arguments, but has 1"},
    {"min(x)", "'min' at position 1 needs 2 arguments or more, but has 1"},
    {"if(x > 0, 1)", "'if' at position 1 needs 3 arguments, but has 2"},
    {"0 < x < 1", "'<' at position 7 follows another comparison, write a < b && b < c"},
    {"1/(x - x)", "'/' at position 2 divides by 0"},
    {"0^-1", "'^' at position 2 divides by 0"},
    {"1e999", "'1e999' at position 1 is too large a number"}};
  for (const auto &[text, sentence] : cases)
    CHECK(formula_complaint<2>(text) == "'" + text + "' cannot be read as a formula: " + sentence);
  CHECK(formula_complaint<1>("y").find("where there is only x") != std::string::npos);
  CHECK(formula_complaint<1>(std::string(400, '(')).find("is nested too deeply") !=
        std::string::npos);
  CHECK(formula_help().find("atan2") != std::string::npos);

  CHECK(constant_value("sqrt(k)*2", {{"k", 0.25}}) == 1.);
  CHECK(complaint([]() { constant_value("x", {}); }) ==
        "'x' cannot be read as a formula: 'x' at position 1 is a coordinate, but only numbers and "
        "constants are known here");
  CHECK(complaint([]() { constant_value("log(0)", {}); }) == "'log(0)' has no finite value");
}
