// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "measure/whole_space_laws.h"
#include "whole_space.h"

#include <boost/math/quadrature/gauss_kronrod.hpp>

using namespace dealii;
using namespace dynkin;
using namespace dynkin::tests;

namespace
{
  /**
   * The slope of P(x_i > x), and P itself, agree with the closed form; tails of Gaussian laws in
   * absolute terms.
   */
  template <typename Law>
  void
  check_marginal(const MarginalLaw         &law,
                 const std::vector<double> &places,
                 const Law                 &below,
                 const double               tolerance)
  {
    for (const double x : places)
      {
        INFO("x = " << x);
        const double h = 1e-5 * (1. + std::abs(x));
        CHECK(law.above(x).value == Approx(1. - below(x)).epsilon(tolerance).margin(1e-12));
        CHECK(law.density(x).value ==
              Approx((below(x + h) - below(x - h)) / (2. * h)).epsilon(1e-7).margin(1e-11));
      }
  }
} // namespace

TEST_CASE("marginals and tail probabilities of Student's t with a current", "[output]")
{
  // tail index 6; H = (1.6 Sigma_g + K) Sigma_H
  const Parameters parameters =
    whole_space(model(2,
                      "coupled",
                      "0.533333333333333",
                      "  set H = 0.768, 1.28; -0.64, 1.568\n  set Sigma_g = 1, 0.3; 0.3, 0.6\n"
                      "  set Sigma_H = 0.8, -0.4; -0.4, 1.5\n"));
  const Solved<2>       run(parameters, 0.8, "natural", 8, 3);
  const StudentTDensity exact(parameters.model);
  for (const unsigned int i : {0U, 1U})
    check_marginal(
      MarginalLaw(run.sampler, run.problem.density(), i),
      {-3., 0., 0.4, 2., 5.},
      [&](const double x) { return exact.cdf(i, x); },
      1e-9);
  CHECK(MarginalLaw(run.sampler, run.problem.density(), 0).above(40.).value ==
        Approx(exact.cdf(0, -40.)).epsilon(1e-8));
}

TEST_CASE("tail probabilities of an isotropic power law", "[output]")
{
  // P(|v| > r) = (1 + r^2)^-(k/eta) in the plane: k/eta = 1.5
  const std::string identity   = "1, 0; 0, 1\n";
  const Parameters  parameters = whole_space(model(
    2,
    "coupled",
    "0.8",
    "  set H = 1.2, 0.5; -0.5, 1.2\n  set Sigma_g = " + identity + "  set Sigma_H = " + identity));
  const Solved<2>   run(parameters, 1.2, "natural", 8, 3);
  const DistanceLaw law(run.sampler, run.problem.density(), parameters.model.center);
  for (const double r : {0.1, 1., 10., 1e3})
    {
      INFO("r = " << r);
      CHECK(law.above(r).value == Approx(std::pow(1. + r * r, -1.5)).epsilon(1e-8));
    }
}

TEST_CASE("laws of products: a power law beside another, and beside a Gaussian", "[large]")
{
  for (const std::string rho : {"1, 2", "1, 0"})
    {
      INFO("rho = " << rho);
      const Parameters parameters =
        whole_space(decoupled(2, "0.5", "1, 2", "1, 0.5", rho, "0.2, -0.1"));
      const Solved<2>       run(parameters, 1., "natural", 8, 3);
      const PowerLawDensity exact(parameters.model);
      for (const unsigned int i : {0U, 1U})
        check_marginal(
          MarginalLaw(run.sampler, run.problem.density(), i),
          {-1., 0.2, 0.7, 1.5},
          [&](const double x) { return exact.factor(i).cdf(x - parameters.model.center[i]); },
          1e-9);
      // P(|z| <= r) = int p_1(x) P(|z_2| < sqrt(r^2 - x^2)) dx
      const DistanceLaw law(run.sampler, run.problem.density(), parameters.model.center);
      for (const double r : {0.5, 2.})
        {
          const auto inside = [&](const double angle) {
            const double x = r * std::sin(angle), y = r * std::cos(angle);
            return std::exp(exact.factor(0).log_shape(x) - exact.factor(0).log_normalisation()) *
                   (2. * exact.factor(1).cdf(y) - 1.) * y;
          };
          const double P = boost::math::quadrature::gauss_kronrod<double, 31>::integrate(
            inside, -std::acos(0.), std::acos(0.), 10, 1e-12);
          CHECK(law.above(r).value == Approx(1. - P).epsilon(1e-6));
          CHECK(std::abs(law.above(r).value - (1. - P)) < 20. * law.above(r).truncation + 1e-10);
        }
    }
}

TEST_CASE("distances on the line", "[output]")
{
  const Parameters     parameters = whole_space(decoupled(1, "0.5", "1", "1", "1", "0.3"));
  const Solved<1>      run(parameters, 0.8, "natural", 8, 6);
  const PowerLawFactor exact = PowerLawDensity(parameters.model).factor(0);
  const DistanceLaw    law(run.sampler, run.problem.density(), parameters.model.center);
  for (const double r : {0.2, 2., 50.})
    CHECK(law.above(r).value == Approx(2. * exact.cdf(-r)).epsilon(1e-8));
}
