// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "whole_space.h"

#include "measure/current.h"
#include "measure/density_moments.h"
#include "measure/density_tail.h"
#include "measure/functionals.h"
#include "theory/moments/closed_moments.h"
#include "utilities/exceptions.h"

using namespace dealii;
using namespace dynkin;
using namespace dynkin::tests;

namespace
{
  /** H = (k Sigma_g + K) Sigma_H, k = 1.6, K = 0.8 (0 1; -1 0). */
  std::string
  rotating_space(const std::string &eta)
  {
    return model(2,
                 "coupled",
                 eta,
                 "  set H = 0.768, 1.28; -0.64, 1.568\n  set Sigma_g = 1, 0.3; 0.3, 0.6\n"
                 "  set Sigma_H = 0.8, -0.4; -0.4, 1.5\n");
  }

  const std::string free_coupled = "  set H = 2, 0.7; -0.3, 1\n  set Sigma_g = 1, 0.3; 0.3, 0.6\n"
                                   "  set Sigma_H = 0.8, -0.4; -0.4, 1.5\n";
} // namespace

TEST_CASE("power laws on the line from kappa = -1.05 to -50", "[form][problem]")
{
  // eta = 1/(-1 - kappa)
  for (const std::string eta : {"20", "1.5", "0.1", "0.020408163265306"})
    {
      INFO("eta = " << eta);
      const Parameters   parameters = whole_space(decoupled(1, eta, "1", "1", "1", "0.5"));
      const KnownDensity exact(parameters.model, parameters.domain);
      for (const double factor : {1., 0.7, 1.3})
        {
          INFO("factor = " << factor);
          const Solved<1> run(parameters, factor, "natural", 8, 7);
          CHECK(run.pointwise_error(exact, 1e-12) < 1e-8);
          CHECK(run.problem.mass() == Approx(1.).epsilon(1e-12));
          CHECK(lost_mass(run.problem.density()) < 1e-13);
          CHECK(summarise_density(run.sampler, run.problem.density()).minimum > 0.);
        }
      const Solved<1> plain(parameters, 1., "none", 8, 6);
      CHECK(plain.pointwise_error(exact, 1e-5) < 1e-6);
    }
}

TEST_CASE("power laws and Gaussians on the plane", "[large]")
{
  // the second one Gaussian in y
  for (const auto &[eta, rho, factor, refinements] :
       {std::make_tuple("20", "1, 2", 1.3, 3U),
        std::make_tuple("1.5", "1, 2", 0.7, 3U),
        std::make_tuple("0.020408163265306", "1, 2", 0.7, 4U),
        std::make_tuple("0.05", "1, 0", 1.1, 4U)})
    {
      INFO("eta = " << eta << ", rho = " << rho);
      const Parameters parameters =
        whole_space(decoupled(2, eta, "1, 2", "1, 0.5", rho), " set symmetry = auto\n");
      const KnownDensity exact(parameters.model, parameters.domain);
      const Solved<2>    run(parameters, factor, "natural", 8, refinements);
      CHECK(run.pointwise_error(exact, 1e-12) < 1e-8);
      CHECK(run.problem.mass() == Approx(1.).epsilon(1e-12));
      CHECK(lost_mass(run.problem.density()) < 1e-13);
      CHECK(summarise_density(run.sampler, run.problem.density()).minimum > 0.);
      const Solved<2> plain(parameters, 1., "none", 8, refinements);
      CHECK(plain.pointwise_error(exact, 1e-5) < 1e-6);
    }
}

TEST_CASE("Student's t with a current and weights off by a fifth", "[large]")
{
  // tail indices 6 and 0.8
  for (const auto &[eta, factor] : {std::make_pair("0.533333333333333", 0.8),
                                    std::make_pair("0.533333333333333", 1.2),
                                    std::make_pair("4", 0.8),
                                    std::make_pair("4", 1.2)})
    {
      INFO("eta = " << eta << ", factor = " << factor);
      const Parameters   parameters = whole_space(rotating_space(eta));
      const KnownDensity exact(parameters.model, parameters.domain);
      const Solved<2>    run(parameters, factor, "natural", 8, 3);
      CHECK(run.pointwise_error(exact, 1e-10) < 1e-8);
      CHECK(summarise_density(run.sampler, run.problem.density()).minimum > 0.);
      const CurrentSummary current =
        summarise_current(run.form, run.sampler, run.problem.density());
      CHECK(current.entropy_production > 0.);
      CHECK(current.divergence < 1e-8);
    }
}

TEST_CASE("moments without detailed balance against the closed system", "[problem]")
{
  const std::string covariance =
    "  set H = 2, 0.7; -0.3, 1\n  set Sigma = 1, 0.3; 0.3, 0.6\n"
    "  set A = 1, 0, 0, 0; 0, 0.5, 0.5, 0; 0, 0.5, 0.5, 0; 0, 0, 0, 1\n";
  for (const std::string &text : {model(2, "coupled", "0.2", free_coupled),
                                  model(2, "quadratic covariance", "0.2", covariance)})
    {
      const Parameters  parameters = whole_space(text);
      const Solved<2>   run(parameters, 1., "natural", 8, 3);
      const MomentTable exact = ClosedMoments(parameters.model, 4).stationary();
      REQUIRE(exact.order() == 4);
      for (const unsigned int order : {2U, 4U})
        {
          const auto computed =
            density_moments(parameters, run.sampler, run.problem.density(), order);
          CHECK((computed - exact.degree(order)).cwiseAbs().maxCoeff() <
                1e-8 * exact.degree(order).cwiseAbs().maxCoeff());
        }
    }
}

TEST_CASE("slope of the tail from r = 1e3 on", "[problem]")
{
  const Parameters parameters =
    whole_space(model(2, "coupled", "1.2", free_coupled), " set lost mass tolerance = 1e-30");
  const Solved<2> run(parameters, 1., "natural", 8, 2);
  const auto      fit = fit_tail(run.problem.density());
  REQUIRE(fit);
  CHECK(fit->from > 1e3);
  CHECK(fit->index == Approx(parameters.domain.whole_space.tail_index[0]).epsilon(1e-4));
}

TEST_CASE("no stationary law is said before any mesh", "[problem]")
{
  // eta > 2 k: the tail index 2 (1 + k/eta) - 3 is not positive
  const std::string text =
    "  set H = 1, 0, 0; 0, 1, 0; 0, 0, 1\n  set Sigma_g = 1, 0, 0; 0, 1, 0; 0, "
    "0, 1\n  set Sigma_H = 1, 0, 0; 0, 1, 0; 0, 0, 1\n";
  CHECK_NOTHROW(whole_space(model(3, "coupled", "1.5", text)));
  CHECK_THROWS_AS(whole_space(model(3, "coupled", "2.1", text)), InputError);
}

TEST_CASE("a box loses the tail like R^-alpha, the mapped space nothing", "[problem]")
{
  // tail index 3, p(0) = 2/pi
  const std::string   model_text = decoupled(1, "1", "1", "1", "1");
  const double        exact      = 2. / std::acos(-1.);
  const Solved<1>     mapped(whole_space(model_text), 1., "natural", 8, 4);
  std::vector<double> losses;
  CHECK(point_values(mapped.problem.density(), {{0.}})[0] == Approx(exact).epsilon(1e-12));
  for (const std::string R : {"10", "100", "1000"})
    {
      const Parameters parameters = parse(
        "stationary density",
        model_text + domain(" set shape = interval\n set lower = -" + R + "\n set upper = " + R));
      const Solved<1> boxed(parameters, 1., "natural", 8, 12);
      losses.push_back(point_values(boxed.problem.density(), {{0.}})[0] / exact - 1.);
    }
  CHECK(std::log10(losses[0] / losses[1]) == Approx(3.).epsilon(0.01));
  CHECK(std::log10(losses[1] / losses[2]) == Approx(3.).epsilon(0.01));
}

TEST_CASE("formulas on the whole space with a length scale", "[large]")
{
  // the rotating Student's t of tail index 6
  const std::string growth     = "8/15*(1 + 0.8*x^2 - 0.8*x*y + 1.5*y^2)*";
  const Parameters  parameters = whole_space(
    model(2,
          "expression",
          "",
          "  set drift = -0.768*x - 1.28*y; 0.64*x - 1.568*y\n  set diffusion = " + growth + "1, " +
            growth + "0.3; " + growth + "0.6\n"),
    " set length scale = 1\n set tail index = 5\n");
  const Parameters   same = whole_space(rotating_space("0.533333333333333333"));
  const KnownDensity exact(same.model, same.domain);
  const Solved<2>    run(parameters, 1., "natural", 8, 4);
  CHECK(run.pointwise_error(exact, 1e-10) < 1e-6);
  CHECK(lost_mass(run.problem.density()) < 1e-13);
}
