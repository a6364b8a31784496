// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "problem/spectrum.h"
#include "problems.h"
#include "theory/exit/eigenfunction_law.h"
#include "utilities/exceptions.h"

#include <boost/math/special_functions/bessel.hpp>

using namespace dynkin;
using namespace dynkin::tests;

namespace
{
  template <int dim>
  std::vector<std::complex<long double>>
  eigenvalues(const std::string &text,
              const unsigned int n,
              const unsigned int degree,
              const unsigned int refinements,
              const std::string &weight = "natural")
  {
    const Parameters                  parameters = parse("spectrum", text);
    const Setup<dim>                  setup(parameters, degree, refinements, weight);
    ExitTime<dim>                     exit_time(setup.form, parameters.solver, silent);
    std::unique_ptr<SlowestMode<dim>> slowest;
    if (parameters.domain.walls.begin()->second == BoundaryKind::absorbing)
      {
        exit_time.solve(1);
        slowest = std::make_unique<SlowestMode<dim>>(exit_time, parameters.solver, silent);
      }
    else
      slowest = std::make_unique<SlowestMode<dim>>(setup.form, parameters.solver, silent);
    Spectrum<dim> spectrum(*slowest);
    spectrum.solve(n);
    return spectrum.eigenvalues();
  }

  std::string
  interval(const double radius, const std::string &more = "")
  {
    const std::string r = std::to_string(radius);
    return domain(" set shape = interval\n set lower = -" + r + "\n set upper = " + r + "\n" +
                  more);
  }

  const std::string reflecting_walls = " set boundary = reflecting\n";
} // namespace

TEST_CASE("eigenvalues with absorbing ends", "[problem]")
{
  const std::string model  = decoupled(1, "0.5", "1", "1", "1");
  const auto        lambda = eigenvalues<1>(model + interval(1.), 4, 8, 4);
  const ExitLaw     theory(
    coordinate_diffusion(parse("spectrum", model + interval(1.)).model, 0), -1., 1.);
  for (unsigned int k = 0; k < 4; ++k)
    CHECK(static_cast<double>(lambda[k].real()) == Approx(theory.eigenvalue(k + 1)).epsilon(1e-11));
}

TEST_CASE("too few unknowns for the eigenvalues", "[problem]")
{
  CHECK_THROWS_AS(eigenvalues<1>(decoupled(1, "0.5", "1", "1", "1") + interval(1.), 4, 2, 1),
                  ConvergenceError);
}

TEST_CASE("a deep well relaxes as without walls", "[problem]")
{
  // n h - n (n-1) eta rho/2, the moments of the power-law dynamic; lambda_1 = 4e-30
  const auto lambda = eigenvalues<1>(decoupled(1, "0.01", "1", "1", "1") + interval(1.), 5, 8, 8);
  CHECK(static_cast<double>(lambda[0].real()) == Approx(4.4557781411e-30).epsilon(1e-9));
  for (unsigned int n = 1; n < 5; ++n)
    CHECK(static_cast<double>(lambda[n].real()) == Approx(n - n * (n - 1.) * 0.005).epsilon(1e-10));
}

TEST_CASE("eigenvalues with reflecting walls", "[problem]")
{
  for (const std::string weight : {"natural", "none"})
    {
      INFO(weight);
      // Ornstein-Uhlenbeck on the whole line
      const auto lambda = eigenvalues<1>(
        decoupled(1, "0.5", "1", "1", "0") + interval(6., reflecting_walls), 5, 8, 4, weight);
      CHECK(lambda[0] == std::complex<long double>(0.));
      for (unsigned int n = 1; n < 5; ++n)
        CHECK(static_cast<double>(lambda[n].real()) == Approx(n).epsilon(1e-9));
    }
}

TEST_CASE("double eigenvalues of Brownian motion in the disk", "[problem]")
{
  const auto lambda =
    eigenvalues<2>(decoupled(2, "0.4", "1e-12, 1e-12", "1, 1", "0, 0") + ball(), 6, 8, 1);
  const std::pair<double, unsigned int> modes[] = {{0, 1}, {1, 1}, {1, 1}, {2, 1}, {2, 1}, {0, 2}};
  for (unsigned int k = 0; k < 6; ++k)
    {
      const double zero = boost::math::cyl_bessel_j_zero(modes[k].first, modes[k].second);
      CHECK(static_cast<double>(lambda[k].real()) == Approx(0.2 * zero * zero).epsilon(1e-9));
    }
}

TEST_CASE("a rotating drift has complex eigenvalues", "[problem]")
{
  // Ornstein-Uhlenbeck, b = -H v: sums of the eigenvalues 1 +- 2i of H; walls far out
  const auto lambda = eigenvalues<2>(
    "set dimension = 2\nsubsection Model\n set type = coupled\n set learning rate = 0.1\n"
    " subsection coupled\n  set H = 1, 2; -2, 1\n  set Sigma_g = 1, 0; 0, 1\n"
    "  set Sigma_H = 0, 0; 0, 0\n end\nend\n" +
      domain(" set shape = ball\n set radius = 1.5\n set boundary = reflecting\n"),
    4,
    8,
    2);
  CHECK(lambda[0] == std::complex<long double>(0.));
  CHECK(static_cast<double>(std::abs(lambda[1] - 2.L)) < 1e-6);
  CHECK(static_cast<double>(lambda[2].real()) == Approx(1.).epsilon(1e-6));
  CHECK(std::abs(static_cast<double>(lambda[2].imag())) == Approx(2.).epsilon(1e-6));
  CHECK(static_cast<double>(std::abs(lambda[3] - std::conj(lambda[2]))) < 1e-10);
}
