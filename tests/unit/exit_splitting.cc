// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <deal.II/lac/lapack_full_matrix.h>

#include "discretization/resolve_weight.h"
#include "measure/functionals.h"
#include "other_weight.h"
#include "problem/exit_routes.h"
#include "problems.h"
#include "utilities/exceptions.h"

using namespace dealii;
using namespace dynkin;
using namespace dynkin::tests;

namespace
{
  std::string
  unit_interval(const std::string &eta)
  {
    return decoupled(1, eta, "1", "1", "1") +
           domain(" set shape = interval\n set lower = -1\n set upper = 1\n");
  }

  /** Not reversible, on a disk of radius 1.2. */
  std::string
  rotating_trap(const std::string &eta)
  {
    return model(2,
                 "coupled",
                 eta,
                 " set H = 2, 0.7; -0.3, 1\n set Sigma_g = 1, 0.3; 0.3, 0.6\n"
                 " set Sigma_H = 0.8, -0.4; -0.4, 1.5\n") +
           domain(" set shape = ball\n set radius = 1.2\n");
  }

  /** Exit time from the centre, by splitting or not at all. */
  template <int dim>
  double
  split_exit_time(const std::string &text,
                  const unsigned int degree,
                  const unsigned int refinements,
                  const std::string &solver = "auto",
                  const std::string &weight = "natural")
  {
    Parameters parameters  = parse("exit time", text);
    parameters.solver.type = solver;
    const Setup<dim> setup(parameters, degree, refinements, weight);
    ExitTime<dim>    problem(setup.form, parameters.solver, silent);
    problem.solve(1);
    REQUIRE(problem.splitting() != nullptr);
    CHECK(problem.rounding() < 1e-11);
    return point_values(problem.moment(1), {std::vector<double>(dim, 0.)}).front();
  }
} // namespace

// The reference is the integral formula, by an independent program.
TEST_CASE("splitting with iterative solvers", "[problem]")
{
  CHECK(split_exit_time<1>(unit_interval("0.02"), 8, 7, "amg") ==
        Approx(281636791047290.15).epsilon(1e-9));
  CHECK(split_exit_time<1>(unit_interval("0.01"), 8, 8, "amg") ==
        Approx(2.244276910424057479564e+29).epsilon(1e-9));
}

// The values were found on two meshes and with two weights by an independent program.
TEST_CASE("splitting of processes that are not reversible", "[problem]")
{
  CHECK(split_exit_time<2>(rotating_trap("0.5"), 8, 1) == Approx(4.60484121458).epsilon(1e-10));
  CHECK(split_exit_time<2>(rotating_trap("0.1"), 8, 2) == Approx(60926.433939).epsilon(1e-9));
  CHECK(split_exit_time<2>(rotating_trap("0.1"), 8, 2, "amg") ==
        Approx(60926.433939).epsilon(1e-9));
  CHECK(split_exit_time<2>(rotating_trap("0.1"), 8, 2, "auto", "none") ==
        Approx(60926.433939).epsilon(1e-9));
}

// The reference is the value on another mesh: 256 cells without layers, degree 10 (260,961 unknowns).
TEST_CASE("a large exit time in space, not reversible, with two weights", "[large]")
{
  const Parameters parameters =
    parse("exit time",
          model(3,
                "coupled",
                "0.05",
                " set H = 2, 0.7, 0.2; -0.3, 1, 0.4; 0.1, -0.5, 1.5\n"
                " set Sigma_g = 1, 0.3, 0.1; 0.3, 0.6, 0; 0.1, 0, 0.8\n"
                " set Sigma_H = 0.8, -0.4, 0; -0.4, 1.5, 0.2; 0, 0.2, 1\n") +
            domain(" set shape = ball\n set radius = 1.45\n"));
  for (const double factor : {1., 0.95})
    {
      const OtherWeight<3> model(parameters.model, factor);
      Mesh<3> mesh(parameters.domain, MPI_COMM_WORLD, find_wall_layers(parameters.domain, model));
      resolve_weight(mesh, model);
      const Discretization<3> space(mesh, 8);
      const GeneratorForm<3>  form(model, space, "natural");
      ExitTime<3>             problem(form, parameters.solver, silent);
      problem.solve(1);
      REQUIRE(problem.splitting() != nullptr);
      CHECK(point_values(problem.moment(1), {{0., 0., 0.}}).front() ==
            Approx(1194886548465.).epsilon(1e-6));
    }
}

// What the splitting is for: so that the claim stays honest.
TEST_CASE("the plain system gives wrong exit times beyond 1e13, or none", "[problem]")
{
  const double     exact      = 281636791047290.15;
  const Parameters parameters = parse("exit time", unit_interval("0.02"));
  const Setup<1>   setup(parameters, 8, 6);
  dynkin::Vector   f, load, column;
  setup.form.initialize(f);
  setup.form.initialize(column);
  setup.form.load(load);

  // by LU of the dense matrix
  const IndexSet           walls = setup.space.wall_dofs(BoundaryKind::absorbing);
  LAPACKFullMatrix<double> K(f.size(), f.size());
  dealii::Vector<double>   solution(f.size());
  for (unsigned int j = 0; j < f.size(); ++j)
    {
      f    = 0.;
      f(j) = 1.;
      setup.form.apply(column, f, Direction::backward);
      const bool is_wall = walls.is_element(j);
      for (unsigned int i = 0; i < f.size(); ++i)
        K(i, j) = is_wall || walls.is_element(i) ? i == j : column(i);
      solution(j) = is_wall ? 0. : load(j);
    }
  K.compute_lu_factorization();
  K.solve(solution);
  CHECK(std::abs(solution.linfty_norm() / exact - 1.) > 1e-2);

  // the program's own solver notices
  LinearSolver<1> plain(
    setup.form, Direction::backward, {true, {}}, parameters.solver, silent, "mean exit time");
  CHECK_THROWS_AS(plain.solve(f, load), ConvergenceError);

  CHECK(split_exit_time<1>(unit_interval("0.02"), 8, 6) == Approx(exact).epsilon(1e-10));
}

TEST_CASE("exit times beyond the range of a double keep their logarithm", "[problem]")
{
  const Parameters parameters = parse("exit time", unit_interval("0.0005"));
  const Setup<1>   setup(parameters, 10, 10);
  ExitTime<1>      problem(setup.form, parameters.solver, silent);
  problem.solve(1);
  // log10 of the sharp asymptotic formula with its next term: relative error O(eta^2)
  const double eta = 0.0005, log_2 = std::log(2.);
  const double asymptotic = 0.5 * std::log(numbers::PI * eta) + log_2 / eta + std::log1p(-eta / 8.);
  CHECK(static_cast<double>(std::log10(problem.moment(1).scale)) ==
        Approx(asymptotic / std::log(10.)).margin(1e-6));
  CHECK(std::log10(problem.moment(1).scale) > 600.L);
}

TEST_CASE("the occupation density is the dual of every expected integral", "[problem]")
{
  const auto check = [](const auto &setup, const Parameters &parameters, const auto &x0) {
    constexpr int             dim = std::decay_t<decltype(x0)>::dimension;
    const std::vector<double> point(x0.begin_raw(), x0.end_raw());
    ExitTime<dim>             exit_time(setup.form, parameters.solver, silent);
    exit_time.solve(2);
    OccupationDensity<dim> dual(exit_time, parameters.solver, silent);
    dual.solve(point_functional(setup.form, {point}, {1.}));
    const Field<dim> density = dual.density();
    // E int_0^tau g dt = int w G g: E tau for g = 1, E tau^2 for g = 2 f_1
    for (const unsigned int n : {1, 2})
      {
        dynkin::Vector load;
        if (n == 1)
          setup.form.load(load);
        else
          setup.form.load(load, exit_time.moment(1).u);
        const long double integral =
          n * density.scale * (load * *density.u) * (n == 1 ? 1.L : exit_time.moment(1).scale);
        CHECK(static_cast<double>(integral / point_values(exit_time.moment(n), {point}).front()) ==
              Approx(1.).epsilon(1e-10));
      }
  };
  const Parameters line = parse("exit time", unit_interval("0.02"));
  check(Setup<1>(line, 8, 6), line, Point<1>(0.3));
  const Parameters disk = parse("exit time", rotating_trap("0.1"));
  check(Setup<2>(disk, 8, 1), disk, Point<2>(0.3, 0.4));
  check(Setup<2>(disk, 8, 1, "none"), disk, Point<2>(0.3, 0.4));
}

TEST_CASE("three routes to a large exit time agree, and say so if they do not", "[problem]")
{
  const auto routes = [](const auto &poor, const auto &rich, const Parameters &parameters) {
    constexpr int dim = std::decay_t<decltype(poor.model->center())>::dimension;
    ExitTime<dim> own(poor.form, parameters.solver, silent);
    ExitTime<dim> richer(rich.form, parameters.solver, silent);
    own.solve(1);
    richer.solve(1);
    OccupationDensity<dim> dual(richer, parameters.solver, silent);
    dual.solve(
      point_functional(rich.form, {std::vector<double>(dim, 0.)}, std::vector<double>{1.}));
    return find_exit_routes(own, richer, dual);
  };
  const Parameters line  = parse("exit time", unit_interval("0.02"));
  auto             found = routes(Setup<1>(line, 8, 6), Setup<1>(line, 10, 6), line);
  REQUIRE(found);
  CHECK(found->agree());
  CHECK(static_cast<double>(found->capacity / 281636791047290.15L) == Approx(1.).epsilon(1e-9));
  CHECK(static_cast<double>(found->slowest / 281636791047290.15L) == Approx(1.).epsilon(1e-9));
  CHECK(found->exponent == Approx(std::log(2.) * 51.).epsilon(0.03)); // ln(1 + r^2)/eta and O(1)
  auto wrong = *found;
  wrong.capacity *= 1.001L;
  CHECK_FALSE(wrong.agree());
  wrong = *found;
  wrong.slowest *= 1.001L;
  CHECK_FALSE(wrong.agree());

  const Parameters disk = parse("exit time", rotating_trap("0.1"));
  found                 = routes(Setup<2>(disk, 8, 2), Setup<2>(disk, 10, 2), disk);
  REQUIRE(found);
  CHECK(found->agree());
  CHECK(static_cast<double>(found->capacity) == Approx(60926.433939).epsilon(1e-8));

  const Parameters shallow = parse("exit time", unit_interval("0.5"));
  CHECK_FALSE(routes(Setup<1>(shallow, 8, 3), Setup<1>(shallow, 10, 3), shallow));
}

// R. S. Maier, D. L. Stein, J. Stat. Phys. 83 (1996), mu = 10: the well is far from the model's
// centre, and there is no weight to find it. The reference is a mesh of 382 cells.
TEST_CASE("the pin lies in the well that only the density knows", "[problem]")
{
  const std::string text =
    model(2,
          "expression",
          "",
          "  set drift = x-x^3-10*x*y^2; -(1+x^2)*y\n  set diffusion = 0.02, 0; 0.02\n") +
    domain(" set shape = box\n set lower = 0, -1\n set upper = 2, 1\n set boundary = left: "
           "absorbing, right: reflecting, bottom: reflecting, top: reflecting\n");
  const Parameters parameters = parse("exit time", text);
  const Setup<2>   setup(parameters, 8, 3);
  ExitTime<2>      problem(setup.form, parameters.solver, silent);
  problem.solve(1);
  REQUIRE(problem.splitting() != nullptr);
  CHECK(setup.form.pin().distance(Point<2>(1., 0.)) < 0.3);
  CHECK(problem.rounding() < 1e-11);
  // two for the density, the walls, the way to the pin, which is the time, and what it loses
  CHECK(problem.report().systems == 5);
  CHECK(point_values(problem.moment(1), {{1., 0.}}).front() ==
        Approx(14682174.364427).epsilon(1e-3));
}
