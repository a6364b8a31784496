// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "whole_space.h"

#include "app/density_moments.h"
#include "theory/closed_moments.h"

using namespace dealii;
using namespace dynkin;
using namespace dynkin::tests;

TEST_CASE("a power law in space with another weight", "[large]")
{
  const Parameters parameters = whole_space(
    decoupled(3, "0.5", "1, 1.2, 0.9", "1, 0.5, 0.3", "1, 1.1, 0.8"), " set symmetry = auto\n");
  REQUIRE(!parameters.domain.mirror.empty());
  const KnownDensity exact(parameters.model, parameters.domain);
  const Solved<3>    run(parameters, 1.3, "natural", 8, 1);
  CHECK(run.pointwise_error(exact, 1e-12) < 2e-5);
}

TEST_CASE("Student's t with a current in space", "[large]")
{
  // tail index 6
  const Parameters parameters =
    whole_space(model(3,
                      "coupled",
                      "0.457142857142857",
                      "  set H = 1.116, 0.48, -0.038; -0.4, 1.362, 0.404; 0.188, -0.084, 0.562\n"
                      "  set Sigma_g = 1, 0.2, 0; 0.2, 0.8, 0.1; 0, 0.1, 0.6\n"
                      "  set Sigma_H = 0.8, -0.2, 0; -0.2, 1, 0.1; 0, 0.1, 0.6\n"));
  const KnownDensity exact(parameters.model, parameters.domain);
  const Solved<3>    run(parameters, 0.8, "natural", 6, 1);
  CHECK(run.pointwise_error(exact, 1e-10) < 1e-4);
}

TEST_CASE("moments without detailed balance in space", "[large]")
{
  const Parameters parameters =
    whole_space(model(3,
                      "coupled",
                      "0.2",
                      "  set H = 1, 0.5, 0.2; -0.4, 1.2, 0.1; 0.1, 0.3, 1.5\n"
                      "  set Sigma_g = 1, 0.2, 0; 0.2, 0.8, 0.1; 0, 0.1, 0.6\n"
                      "  set Sigma_H = 0.8, -0.2, 0; -0.2, 1, 0.1; 0, 0.1, 0.6\n"));
  const Solved<3>   run(parameters, 1., "natural", 6, 1);
  const MomentTable moments = ClosedMoments(parameters.model, 4).stationary();
  REQUIRE(moments.order() == 4);
  for (const unsigned int order : {2U, 4U})
    {
      const auto computed = density_moments(parameters, run.sampler, run.problem.density(), order);
      CHECK((computed - moments.degree(order)).cwiseAbs().maxCoeff() <
            2e-6 * moments.degree(order).cwiseAbs().maxCoeff());
    }
}
