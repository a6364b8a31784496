// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "form/line_weight.h"
#include "formula_models.h"

#include <deal.II/base/quadrature_lib.h>

#include <cmath>

#include "catch2.h"
#include "model/expression_model.h"

using namespace dealii;
using namespace dynkin;
using namespace dynkin::tests;

namespace
{
  ExpressionModel<1>
  formulas(const std::string &drift, const std::string &diffusion)
  {
    return ExpressionModel<1>(formula_parameters(drift, diffusion, {0.5}));
  }

  LineEnd
  left_end(const std::string &drift, const std::string &diffusion)
  {
    return find_line_end(formulas(drift, diffusion), 0., 1., 1.);
  }
} // namespace

TEST_CASE("exponents at singular ends", "[form]")
{
  const LineEnd cir = left_end("1.5*(0.04-x)", "0.36*x");
  CHECK(cir.is_singular);
  CHECK(cir.diffusion_exponent == 1.);
  CHECK(cir.conductance == Approx(2. * 1.5 * 0.04 / 0.36).epsilon(1e-11));
  CHECK(cir.weight_exponent() == Approx(1. / 3. - 1.).epsilon(1e-11));

  const LineEnd jacobi =
    find_line_end(formulas("0.2-0.4*x", "x*(1-x)"), 1., -1., 1.); // as the left end, by symmetry
  CHECK(jacobi.diffusion_exponent == 1.);
  CHECK(jacobi.conductance == Approx(0.4).epsilon(1e-10));

  const LineEnd regular = left_end("3-x", "2+sin(x)");
  CHECK_FALSE(regular.is_singular);
  CHECK(regular.is_reachable());
  CHECK(regular.is_enterable());

  // small noise is no singular end
  CHECK_FALSE(left_end("3-x", "1e-20").is_singular);
  CHECK_FALSE(left_end("-0.5*x", "1e-4*(1+x)").is_singular);
  CHECK_FALSE(left_end("-x", "1e-6+x^2").is_singular); // d^2 from afar
}

TEST_CASE("an end with an infinite drift that matters little is regular, but needs small cells",
          "[form]")
{
  const LineEnd end = left_end("log(x)", "1");
  CHECK(end.is_singular);
  CHECK(end.conductance == 0.);
  CHECK(end.diffusion_exponent == 0.);
  CHECK(end.is_reachable());
  CHECK(end.is_enterable());
}

TEST_CASE("Feller's classes of ends", "[form]")
{
  struct Case
  {
    std::string drift, diffusion;
    bool        attracting, reachable, enterable, finite_mass;
  };
  for (const Case &expected : {Case{"0.25/x", "1", true, true, true, true},  // beta 0.5: regular
                               Case{"-1/x", "1", true, true, false, false},  // beta -2: exit
                               Case{"1/x", "1", false, false, true, true},   // beta 2: entrance
                               Case{"-x", "x^2", true, false, false, false}, // approached
                               Case{"2*x-x^2", "x^2", false, false, false, true}, // beta 4: natural
                               Case{"0", "x", true, true, false, false},          // exit
                               Case{"1", "x^2", false, false, true, true},        // beta infinite
                               Case{"-1", "x^2", true, true, false, false}})      // in finite time
    {
      INFO(expected.drift << ", " << expected.diffusion);
      const LineEnd end = left_end(expected.drift, expected.diffusion);
      CHECK(end.is_singular);
      CHECK(end.is_attracting() == expected.attracting);
      CHECK(end.is_reachable() == expected.reachable);
      CHECK(end.is_enterable() == expected.enterable);
      CHECK(end.has_finite_mass() == expected.finite_mass);
    }
}

TEST_CASE("factors that integrate powers at an end exactly", "[form]")
{
  const unsigned int  n = 7;
  const QGauss<1>     gauss(n);
  const double        exponent = -0.9;
  std::vector<double> f        = LineWeight::power_factors(gauss, exponent);
  for (unsigned int k = 0; k < n; ++k)
    {
      double sum = 0.;
      for (unsigned int q = 0; q < n; ++q)
        sum += f[q] * gauss.weight(q) * std::pow(gauss.point(q)[0], exponent + k);
      CHECK(sum == Approx(1. / (exponent + k + 1.)).epsilon(1e-12));
    }
  // not integrable but for functions that vanish at the end
  f = LineWeight::power_factors(gauss, -1.4);
  for (unsigned int k = 1; k <= n; ++k)
    {
      double sum = 0.;
      for (unsigned int q = 0; q < n; ++q)
        sum += f[q] * gauss.weight(q) * std::pow(gauss.point(q)[0], -1.4 + k);
      CHECK(sum == Approx(1. / (-0.4 + k)).epsilon(1e-12));
    }
}
