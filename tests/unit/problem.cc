// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "measure/functionals.h"
#include "problem/exit_time.h"
#include "problem/stationary_density.h"
#include "problems.h"
#include "theory/density/power_law_density.h"
#include "theory/exit/exit_time_1d.h"
#include "utilities/exceptions.h"

using namespace dealii;
using namespace dynkin;
using namespace dynkin::tests;

namespace
{
  template <int dim>
  double
  exit_time(const std::string         &text,
            const std::vector<double> &x,
            const unsigned int         degree,
            const unsigned int         refinements,
            const std::string         &weight = "natural",
            const unsigned int         moment = 1)
  {
    const Parameters parameters = parse("exit time", text);
    const Setup<dim> setup(parameters, degree, refinements, weight);
    ExitTime<dim>    problem(setup.form, parameters.solver, silent);
    problem.solve(moment);
    return point_values(problem.moment(moment), {x}).front();
  }

  std::string
  interval(const std::string &eta, const std::string &entries, const std::string &rho = "1")
  {
    return decoupled(1, eta, "1", "1", rho) + domain(" set shape = interval\n" + entries);
  }

  const std::string unit_ends = " set lower = -1\n set upper = 1\n";
} // namespace

// Values to many digits by independent high-precision programs (tanh-sinh quadrature,
// hypergeometric Laplace transforms, Chebyshev-Fourier collocation).
TEST_CASE("mean exit times from intervals", "[problem]")
{
  for (const std::string weight : {"natural", "none"})
    {
      INFO(weight);
      CHECK(exit_time<1>(interval("0.5", unit_ends), {0.}, 8, 4, weight) ==
            Approx(3.121855985288877143157).epsilon(1e-11));
      CHECK(exit_time<1>(interval("0.1", unit_ends), {0.5}, 8, 5, weight) ==
            Approx(567.8885628092867369610).epsilon(1e-10));
      CHECK(exit_time<1>(interval("0.1",
                                  " set lower = 0\n set upper = 1\n"
                                  " set boundary = left: reflecting\n"),
                         {0.2},
                         8,
                         5,
                         weight) == Approx(573.6460606885877508942).epsilon(1e-10));
    }
}

TEST_CASE("mean exit times of any size by splitting", "[problem]")
{
  const auto relative_error = [](const std::string &eta, const double exact) {
    return std::abs(exit_time<1>(interval(eta, unit_ends), {0.}, 8, 8) / exact - 1.);
  };
  CHECK(relative_error("0.05", 414247.6960832396) < 1e-10);
  CHECK(relative_error("0.02", 281636791047290.15) < 1e-10);
  CHECK(relative_error("0.01", 2.244276910424057479564e+29) < 1e-10);
  CHECK(relative_error("0.005", 2.012790908480337e59) < 1e-9);
}

TEST_CASE("the plain system refuses a time that rounding has eaten", "[problem]")
{
  // a single cell: no vertex inside that could be pinned
  CHECK_THROWS_AS(exit_time<1>(interval("0.02", unit_ends), {0.}, 10, 0), ConvergenceError);
}

TEST_CASE("higher moments of the exit time", "[problem]")
{
  for (const std::string weight : {"natural", "none"})
    {
      CHECK(exit_time<1>(interval("0.5", unit_ends), {0.}, 8, 4, weight, 2) ==
            Approx(17.73795425233379056683).epsilon(1e-10));
      CHECK(exit_time<1>(
              interval("0.5", " set lower = -0.5\n set upper = 1\n"), {0.25}, 8, 4, weight, 3) ==
            Approx(10.30180934556937449854).epsilon(1e-10));
    }
}

TEST_CASE("mean exit times from disk and ball", "[problem]")
{
  CHECK(
    exit_time<2>(decoupled(2, "0.5", "1, 2, 1", "1, 0.5, 1", "1, 2, 1") + ball(), {0., 0.}, 8, 1) ==
    Approx(2.3762548309730543).epsilon(1e-11));
  for (const std::string weight : {"natural", "none"})
    CHECK(exit_time<2>(decoupled(2, "0.4") + ball(), {0., 0.}, 8, 1, weight) ==
          Approx(4.02344706501897).epsilon(1e-10));
  CHECK(exit_time<3>(decoupled(3, "0.4") + ball(), {0., 0., 0.}, 6, 1) ==
        Approx(3.09899854298).epsilon(1e-9));
}

TEST_CASE("rho = 0: Ornstein-Uhlenbeck, and Brownian motion as h -> 0", "[problem]")
{
  const Parameters parameters = parse("exit time", interval("0.5", unit_ends, "0"));
  const ExitTime1D integral(parameters.model, -1., 1.);
  CHECK(exit_time<1>(interval("0.5", unit_ends, "0"), {0.3}, 8, 4) ==
        Approx(integral.value(0.3)).epsilon(1e-11));

  // f = (1 - r^2)/(2 eta sigma) in the disk
  CHECK(exit_time<2>(decoupled(2, "0.5", "1e-12, 1e-12, 1", "2, 2, 1", "0, 0, 0") + ball(),
                     {0.3, 0.4},
                     4,
                     2) == Approx(0.375).epsilon(1e-10));
}

TEST_CASE("stationary densities: mass, sign, values", "[problem]")
{
  for (const std::string weight : {"natural", "none"})
    {
      INFO(weight);
      const Parameters     parameters = parse("stationary density", decoupled(2, "0.4") + ball());
      const Setup<2>       setup(parameters, 8, 1, weight);
      StationaryDensity<2> problem(setup.form, parameters.solver, silent);
      problem.solve();
      CHECK(problem.mass() == Approx(1.).epsilon(1e-13));
      CHECK(problem.balance() < 1e-12);

      const auto summary = summarise_density(Sampler<2>(setup.space), problem.density());
      CHECK(summary.mass == Approx(1.).epsilon(1e-9));
      CHECK(summary.minimum > 0.);
      CHECK(summary.negative_cells == 0);
      CHECK(summary.negative_nodes == 0);
      CHECK(std::abs(summary.mean[0]) < 1e-10);

      // 1/Z, the density normalised to 1 at 0 integrated over the disk
      CHECK(point_values(problem.density(), {{0., 0.}}).front() ==
            Approx(1. / 0.5545969752933014358710).epsilon(1e-8));
    }
}

TEST_CASE("negative values of an unresolved density are counted, not clamped", "[problem]")
{
  const Parameters parameters =
    parse("stationary density",
          decoupled(2, "0.01", "1, 2, 1", "1, 0.5, 1", "1, 2, 1") +
            domain(" set shape = box\n set lower = -6, -6\n set upper = 6, 6\n"));
  const Setup<2>       setup(parameters, 2, 2, "none");
  StationaryDensity<2> problem(setup.form, parameters.solver, silent);
  try
    {
      problem.solve();
    }
  catch (const ConvergenceError &)
    {
      return; // refusing is as good as reporting
    }
  const auto summary = summarise_density(Sampler<2>(setup.space), problem.density());
  CHECK(summary.minimum < 0.);
  CHECK(summary.negative_cells > 0);
}
