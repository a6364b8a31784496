// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "linear_algebra/linear_solver.h"
#include "problems.h"
#include "utilities/exceptions.h"

using namespace dealii;
using namespace dynkin;
using namespace dynkin::tests;

namespace
{
  const Log silent(false);

  /** Solve for a known x and return the largest error. */
  template <int dim>
  double
  error_of(const std::string &type,
           const std::string &weight,
           const Direction    direction,
           const unsigned int degree)
  {
    const Parameters parameters = parse("exit time", decoupled(dim, "0.4") + ball());
    const Setup<dim> setup(parameters, degree, 1, weight);
    SolverParameters solver_parameters;
    solver_parameters.type = type;
    LinearSolver<dim> solver(
      setup.form, direction, {true, Point<dim>()}, solver_parameters, silent, "test");

    dynkin::Vector exact, x, b;
    for (dynkin::Vector *vector : {&exact, &x, &b})
      setup.form.initialize(*vector);
    for (unsigned int i = 0; i < exact.size(); ++i)
      exact(i) = 1. + std::sin(i);
    setup.form.apply(b, exact, direction);
    x = exact; // data at the fixed unknowns, forgotten at the others
    solver.solve(x, b);
    CHECK(solver.report().residual < 1e-11);
    CHECK(solver.report().systems == 1);
    x -= exact;
    return x.linfty_norm();
  }
} // namespace

TEST_CASE("direct and AMG solve systems of the form, both directions", "[linear_algebra]")
{
  for (const std::string type : {"direct", "amg"})
    for (const std::string weight : {"natural", "none"})
      for (const Direction direction : {Direction::backward, Direction::forward})
        for (const unsigned int degree : {1, 5})
          {
            INFO(type << ", weight " << weight << ", degree " << degree);
            CHECK(error_of<2>(type, weight, direction, degree) < 1e-9);
          }
  CHECK(error_of<3>("amg", "none", Direction::forward, 3) < 1e-9);
}

#ifndef DEBUG // deal.II's own assertion stops earlier
TEST_CASE("a right-hand side that is not a number is refused", "[linear_algebra]")
{
  const Parameters parameters = parse("exit time", decoupled(2, "0.4") + ball());
  const Setup<2>   setup(parameters, 2, 1);
  for (const std::string type : {"direct", "amg"})
    {
      SolverParameters solver_parameters;
      solver_parameters.type = type;
      LinearSolver<2> solver(
        setup.form, Direction::backward, {true, {}}, solver_parameters, silent, "test");
      dynkin::Vector x, b;
      setup.form.initialize(x);
      setup.form.initialize(b);
      b = std::numeric_limits<double>::quiet_NaN();
      CHECK_THROWS_AS(solver.solve(x, b), ConvergenceError);
    }
}
#endif

TEST_CASE("a singular system is reported, not solved", "[linear_algebra]")
{
  // nothing fixed: K has the kernel of constants, and the load is not orthogonal to it
  const Parameters parameters = parse("exit time", decoupled(2, "0.4") + ball());
  const Setup<2>   setup(parameters, 2, 1);
  SolverParameters solver_parameters;
  solver_parameters.type = "amg";
  LinearSolver<2> solver(
    setup.form, Direction::backward, {false, {}}, solver_parameters, silent, "test");
  dynkin::Vector x, b;
  setup.form.initialize(x);
  setup.form.load(b);
  CHECK_THROWS_AS(solver.solve(x, b), ConvergenceError);
}
