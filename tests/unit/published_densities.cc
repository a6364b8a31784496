// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "measure/density_moments.h"
#include "measure/distribution.h"
#include "measure/functionals.h"
#include "whole_space.h"

using namespace dealii;
using namespace dynkin;
using namespace dynkin::tests;

// Reference values from quadratures in 40 digits; the weight is off by a fifth, so that u is not constant.

TEST_CASE("a density and its moments and quantiles on the line", "[output][problem]")
{
  const std::string law = decoupled(1, "0.5", "1", "2", "1");
  const Solved<1>   run(whole_space(law), 0.8, "natural", 8, 6);
  CHECK(point_values(run.problem.density(), {{0.7}})[0] ==
        Approx(0.3110253643081262456833).epsilon(1e-10));
  CHECK(density_moments(whole_space(law), run.sampler, run.problem.density(), 2)(0) ==
        Approx(0.6666666666666666666667).epsilon(1e-10));
  const Distribution distribution(run.sampler, run.problem.density());
  CHECK(distribution.quantile(0.975, 0.025) == Approx(1.625778702493469057834).epsilon(1e-10));
  CHECK(distribution.quantile(0.025, 0.975) == Approx(-1.625778702493469057834).epsilon(1e-10));

  const std::string lighter = decoupled(1, "0.3", "1", "1", "1");
  const Solved<1>   other(whole_space(lighter), 0.8, "natural", 8, 6);
  CHECK(density_moments(whole_space(lighter), other.sampler, other.problem.density(), 4)(0) ==
        Approx(0.1443850267379679144385).epsilon(1e-10));

  const std::string interval = domain(" set shape = interval\n set lower = -1.5\n set upper = 1.5");
  const Solved<1>   walled(parse("stationary density", law + interval), 0.8, "natural", 8, 4);
  CHECK(1. / point_values(walled.problem.density(), {{0.}})[0] ==
        Approx(1.559756187192681414990).epsilon(1e-10));
}

TEST_CASE("normalisations and a covariance of two variables", "[problem]")
{
  const Solved<2> disk(
    parse("stationary density", decoupled(2, "0.4", "1, 2", "1, 0.5", "1, 0.7") + ball()),
    0.8,
    "natural",
    8,
    2);
  CHECK(1. / point_values(disk.problem.density(), {{0., 0.}})[0] ==
        Approx(0.5545969752933014358710).epsilon(1e-9));

  const Parameters correlated =
    whole_space(model(2,
                      "coupled",
                      "0.5",
                      "  set H = 1.36, 0.1; 0, 1.56\n  set Sigma_g = 1, 0.3; 0.3, 0.6\n"
                      "  set Sigma_H = 0.8, -0.4; -0.4, 1.5\n"));
  const Solved<2> plane(correlated, 0.8, "natural", 8, 4);
  CHECK(1. / point_values(plane.problem.density(), {{0., 0.}})[0] ==
        Approx(0.7701462617506775811410).epsilon(1e-9));
  CHECK(density_moments(correlated, plane.sampler, plane.problem.density(), 2)(1) ==
        Approx(0.06410256410256410256410).epsilon(1e-9));
}
