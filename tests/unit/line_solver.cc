// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "linear_algebra/line_solver.h"
#include "measure/functionals.h"
#include "problem/exit_time.h"
#include "problems.h"

using namespace dealii;
using namespace dynkin;
using namespace dynkin::tests;

namespace
{
  // Potential wells 200 kT deep behind each other, the deepest not the one at the exit.
  const std::string wells = " set drift = 300*sin(6*x) - 15\n set diffusion = 1\n";

  template <typename Action>
  void
  solve_on_line(const std::string &boundary, const std::string &killing, const Action &action)
  {
    const Parameters parameters =
      parse("exit time",
            model(1, "expression", "", wells) + killing +
              domain(" set shape = interval\n set lower = -2\n set upper = 2\n set boundary = " +
                     boundary));
    const Setup<1> setup(parameters, 8, 9);
    ExitTime<1>    problem(setup.form, parameters.solver, silent);
    problem.solve(1);
    action(problem);
  }

  /** int_x^2 2/w int_-2^y w with w = exp(-100 cos 6 y - 30 y), by Simpson's rule. */
  long double
  exit_to_the_right(const long double x)
  {
    const unsigned int n = 1 << 20;
    const long double  h = 4.L / n;
    const auto  log_w = [](const long double y) { return -100.L * std::cos(6.L * y) - 30.L * y; };
    long double mass = 0., time = 0.;
    for (unsigned int i = 0; i < n; ++i)
      {
        const long double y = -2.L + i * h, w = std::exp(log_w(y)),
                          middle = std::exp(log_w(y + h / 2)), end = std::exp(log_w(y + h));
        const long double first = h / 24.L * (5.L * w + 8.L * middle - end);
        const long double all   = h / 6.L * (w + 4.L * middle + end);
        if (y >= x - h / 2)
          time +=
            h / 6.L * (2.L * mass / w + 8.L * (mass + first) / middle + 2.L * (mass + all) / end);
        mass += all;
      }
    return time;
  }
} // namespace

TEST_CASE("LineSolver: exits from wells behind wells", "[linear_algebra]")
{
  solve_on_line("left: reflecting", "", [](const ExitTime<1> &problem) {
    CHECK(problem.rounding() < 1e-11);
    for (const double x : {-1.5, -0.5, 0.5, 1.5})
      CHECK(point_values(problem.moment(1), {{x}}).front() ==
            Approx(static_cast<double>(exit_to_the_right(x))).epsilon(1e-10));
  });
}

TEST_CASE("LineSolver: what a killing rate ends", "[linear_algebra]")
{
  solve_on_line("reflecting",
                "subsection Model\n set killing rate = 1e-80\nend\n",
                [](const ExitTime<1> &problem) {
                  for (const double x : {-1.5, -0.5, 0.5, 1.5})
                    CHECK(point_values(problem.moment(1), {{x}}).front() ==
                          Approx(1e80).epsilon(1e-11));
                });
}
