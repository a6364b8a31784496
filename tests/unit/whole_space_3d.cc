// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "whole_space.h"

#include "measure/density_moments.h"
#include "measure/density_tail.h"
#include "measure/functionals.h"
#include "theory/moments/closed_moments.h"

using namespace dealii;
using namespace dynkin;
using namespace dynkin::tests;

namespace
{
  const std::string correlated_noise = "  set Sigma_g = 1, 0.2, 0; 0.2, 0.8, 0.1; 0, 0.1, 0.6\n"
                                       "  set Sigma_H = 0.8, -0.2, 0; -0.2, 1, 0.1; 0, 0.1, 0.6\n";
  const std::string turning          = "  set H = 1, 0.5, 0.2; -0.4, 1.2, 0.1; 0.1, 0.3, 1.5\n";
  // of least squares with Gaussian inputs, halved
  const std::string covariance =
    "  set Sigma = 1, 0.2, 0; 0.2, 0.8, 0.1; 0, 0.1, 0.6\n"
    "  set A = 1,0,0,0,0,0,0,0,0; 0,0.5,0,0.5,0,0,0,0,0; 0,0,0.5,0,0,0,0.5,0,0;"
    " 0,0.5,0,0.5,0,0,0,0,0; 0,0,0,0,1,0,0,0,0; 0,0,0,0,0,0.5,0,0.5,0;"
    " 0,0,0.5,0,0,0,0.5,0,0; 0,0,0,0,0,0.5,0,0.5,0; 0,0,0,0,0,0,0,0,1\n";
} // namespace

TEST_CASE("a power law in space with weights off by 30 %", "[space]")
{
  const Parameters parameters = whole_space(
    decoupled(3, "0.5", "1, 1.2, 0.9", "1, 0.5, 0.3", "1, 1.1, 0.8"), " set symmetry = auto\n");
  REQUIRE(!parameters.domain.mirror.empty());
  const KnownDensity exact(parameters.model, parameters.domain);
  // u = p/w grows along the diagonals with the second weight: factorised on the coarse mesh
  for (const auto &[factor, degree, refinements] :
       {std::make_tuple(0.7, 8U, 1U), std::make_tuple(1.3, 9U, 0U)})
    {
      INFO("factor = " << factor);
      const Solved<3> run(parameters, factor, "natural", degree, refinements);
      CHECK(run.pointwise_error(exact, 1e-12) < 1e-5);
    }
}

TEST_CASE("Student's t with a current in space and weights off by a fifth", "[space]")
{
  // tail indices 6 and 0.8; H = (1.6 Sigma_g + K) Sigma_H
  for (const auto &[eta, degree] :
       {std::make_pair("0.457142857142857", 8U), std::make_pair("1.777777777777778", 6U)})
    for (const double factor : {0.8, 1.2})
      {
        INFO("eta = " << eta << ", factor = " << factor);
        const Parameters parameters = whole_space(
          model(3,
                "coupled",
                eta,
                "  set H = 1.116, 0.48, -0.038; -0.4, 1.362, 0.404; 0.188, -0.084, 0.562\n" +
                  correlated_noise));
        const KnownDensity exact(parameters.model, parameters.domain);
        const Solved<3>    run(parameters, factor, "natural", degree, 0);
        CHECK(run.pointwise_error(exact, 1e-10) < 1e-5);
        CHECK(run.problem.mass() == Approx(1.).epsilon(1e-12));
      }
}

TEST_CASE("moments without detailed balance in space", "[space]")
{
  // the second one with a tail index that is extrapolated from larger noise
  for (const std::string &text : {model(3, "coupled", "0.2", turning + correlated_noise),
                                  model(3, "coupled", "0.02", turning + correlated_noise),
                                  model(3, "quadratic covariance", "0.2", turning + covariance)})
    {
      const Parameters parameters = whole_space(text);
      const Solved<3>  run(parameters, 1., "natural", 6, 1);
      CHECK(summarise_density(run.sampler, run.problem.density()).minimum > 0.);
      CHECK(lost_mass(run.problem.density()) < 1e-13);
      const MomentTable moments = ClosedMoments(parameters.model, 4).stationary();
      REQUIRE(moments.order() == 4);
      for (const unsigned int order : {2U, 4U})
        {
          const auto computed =
            density_moments(parameters, run.sampler, run.problem.density(), order);
          CHECK((computed - moments.degree(order)).cwiseAbs().maxCoeff() <
                1e-9 * moments.degree(order).cwiseAbs().maxCoeff());
        }
    }
}
