// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "measure/functionals.h"
#include "problem/exit_time.h"
#include "problem/stationary_density.h"
#include "problems.h"

using namespace dealii;
using namespace dynkin;
using namespace dynkin::tests;

namespace
{
  std::string
  ball_of(const std::string &radius)
  {
    return domain(" set shape = ball\n set radius = " + radius + "\n");
  }

  template <int dim>
  double
  exit_time_of(const std::string         &text,
               const std::vector<double> &x,
               const unsigned int         degree,
               const unsigned int         refinements,
               const std::string         &weight = "natural")
  {
    const Parameters parameters = parse("exit time", text);
    const Setup<dim> setup(parameters, degree, refinements, weight);
    ExitTime<dim>    problem(setup.form, parameters.solver, silent);
    problem.solve(1);
    return point_values(problem.moment(1), {x}).front();
  }

  const std::string rotating_plane = " set H = 2, 0.7; -0.3, 1\n set Sigma_g = 1, 0.3; 0.3, 0.6\n"
                                     " set Sigma_H = 0.8, -0.4; -0.4, 1.5\n";
} // namespace

// Values by independent high-precision programs.
TEST_CASE("mean exit times of the coupled model", "[problem]")
{
  const std::string identity = " set H = 1, 0; 0, 1\n set Sigma_g = 1, 0; 0, 1\n"
                               " set Sigma_H = 1, 0; 0, 1\n";
  CHECK(exit_time_of<2>(model(2, "coupled", "0.25", identity) + ball(), {0., 0.}, 8, 1) ==
        Approx(4.291666666666666666667).epsilon(1e-10));
  for (const std::string weight : {"natural", "none"})
    CHECK(
      exit_time_of<2>(
        model(2, "coupled", "0.5", rotating_plane) + ball_of("1.2"), {0.3, 0.4}, 8, 2, weight) ==
      Approx(4.162520352684).epsilon(1e-11));
}

TEST_CASE("escape from least squares with Gaussian inputs", "[problem]")
{
  // T(0) for |v| = sqrt(c - 1), c = 2, eta = 0.1
  CHECK(exit_time_of<2>(model(2,
                              "quadratic covariance",
                              "0.1",
                              " set H = 1, 0; 0, 1\n set Sigma = 1, 0; 0, 1\n"
                              " set A = 2, 0, 0, 0; 0, 1, 1, 0; 0, 1, 1, 0; 0, 0, 0, 2\n") +
                          ball(),
                        {0., 0.},
                        8,
                        1) == Approx(49.4116319).epsilon(1e-8));
}

TEST_CASE("formulas give the exit time of the model they spell out", "[problem]")
{
  CHECK(exit_time_of<2>(model(2,
                              "expression",
                              "0.4",
                              " set drift = -x; -2*y\n"
                              " set diffusion = eta*(1+x^2), 0; eta*(0.5+0.7*y^2)\n") +
                          ball(),
                        {0., 0.},
                        8,
                        1) == Approx(4.02344706501897).epsilon(1e-11));
  CHECK(exit_time_of<2>(
          model(2,
                "expression",
                "0.5",
                " set drift = -2*x-0.7*y; 0.3*x-y\n"
                " set diffusion = eta*(1+0.8*x^2-0.8*x*y+1.5*y^2), "
                "0.3*eta*(1+0.8*x^2-0.8*x*y+1.5*y^2); 0.6*eta*(1+0.8*x^2-0.8*x*y+1.5*y^2)\n") +
            ball_of("1.2"),
          {0.3, 0.4},
          8,
          2) == Approx(4.162520352684).epsilon(1e-11));
}

TEST_CASE("the stationary density of the coupled model is Student's t", "[problem]")
{
  // H = 2 Sigma_g Sigma_H, eta = 0.5: p ~ (1 + x^T Sigma_H x)^-5, with w = 1
  const Parameters parameters =
    parse("stationary density",
          model(2,
                "coupled",
                "0.5",
                " set H = 1.36, 0.1; 0, 1.56\n set Sigma_g = 1, 0.3; 0.3, 0.6\n"
                " set Sigma_H = 0.8, -0.4; -0.4, 1.5\n") +
            ball());
  const Setup<2>       setup(parameters, 8, 2, "none");
  StationaryDensity<2> problem(setup.form, parameters.solver, silent);
  problem.solve();
  const auto values = point_values(problem.density(), {{0., 0.}, {0.5, -0.6}, {-0.3, 0.8}});
  const auto shape  = [](const double x, const double y) {
    return std::pow(1. + 0.8 * x * x - 0.8 * x * y + 1.5 * y * y, -5.);
  };
  CHECK(values[1] / values[0] == Approx(shape(0.5, -0.6)).epsilon(1e-9));
  CHECK(values[2] / values[0] == Approx(shape(-0.3, 0.8)).epsilon(1e-9));
}
