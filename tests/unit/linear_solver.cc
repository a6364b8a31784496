// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "linear_algebra/linear_solver.h"
#include "discretization/resolve_weight.h"
#include "kernels/fast_diagonalization.h"
#include "linear_algebra/p_multigrid.h"
#include "problems.h"
#include "utilities/exceptions.h"

using namespace dealii;
using namespace dynkin;
using namespace dynkin::tests;

namespace
{
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

#ifndef DEBUG // deal.II's own assertions stop earlier in both
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
  CHECK(solver.report().iterations < 300); // it stagnates; 500 are all there are
}
#endif

TEST_CASE("fast diagonalisation inverts sums of Kronecker products", "[linear_algebra]")
{
  constexpr int dim = 3, n = 4, size = 64;
  using Values                                       = Pack<double>;
  const auto                                 inverse = FastDiagonalization<dim, double>::create(n);
  FastDiagonalization<dim, double>::Matrices M, K;
  for (int k = 0; k < dim; ++k)
    {
      M[k].reinit(n, n);
      K[k].reinit(n, n);
      for (int i = 0; i < n; ++i)
        for (int j = 0; j < n; ++j)
          {
            M[k](i, j) = (i == j ? 2. + k : 0.) + std::cos(i - j);
            K[k](i, j) = (i == j ? 3. + i : 0.) + std::sin(1. + i + j + k) / 3.;
          }
    }
  inverse->add(M, M); // another one before it
  inverse->add(M, K);

  // the matrix, written out
  AlignedVector<Values> x(size), b(size, Values(0.));
  for (int i = 0; i < size; ++i)
    x[i] = Values(std::sin(1. + i));
  for (int i = 0; i < size; ++i)
    for (int j = 0; j < size; ++j)
      {
        const std::array<int, dim> I = {{i % n, i / n % n, i / n / n}},
                                   J = {{j % n, j / n % n, j / n / n}};
        for (int k = 0; k < dim; ++k)
          {
            Values product = 1.;
            for (int l = 0; l < dim; ++l)
              product *= (l == k ? K : M)[l](I[l], J[l]);
            b[i] += product * x[j];
          }
      }
  inverse->apply(1, b.begin());
  for (int i = 0; i < size; ++i)
    for (unsigned int lane = 0; lane < Values::size(); ++lane)
      CHECK(b[i][lane] == Approx(x[i][lane]).epsilon(1e-11));
}

namespace
{
  /** Iterations of CG for an exit time, as the splitting solves it. */
  template <int dim>
  unsigned int
  iterations(const Model<dim> &model, const Mesh<dim> &mesh, const unsigned int degree)
  {
    const Discretization<dim> space(mesh, degree);
    const GeneratorForm<dim>  form(model, space, "natural");
    SolverParameters          solver_parameters;
    solver_parameters.type      = "amg";
    solver_parameters.tolerance = 1e-10;
    LinearSolver<dim> solver(
      form, Direction::backward, {true, Point<dim>()}, solver_parameters, silent, "test");
    dynkin::Vector x, b;
    form.initialize(x);
    form.load(b);
    solver.solve(x, b);
    return solver.report().iterations;
  }

  /** On shells of flat cells along the wall. */
  template <int dim>
  unsigned int
  iterations_on_shells(const std::string &eta,
                       const unsigned int degree,
                       const unsigned int refinements)
  {
    const Parameters parameters =
      parse("exit time", decoupled(dim, eta, "1, 1, 1", "1, 1, 1", "1, 1, 1") + ball());
    WallLayers layers;
    for (const types::boundary_id wall : {0, 1})
      layers[wall] = std::stod(eta);
    Mesh<dim> mesh(parameters.domain, MPI_COMM_WORLD, layers);
    mesh.refine_uniformly(refinements);
    return iterations(*create_model<dim>(parameters.model), mesh, degree);
  }

  /** On cells in which the weight falls by no more than exp(-8), next to hanging nodes. */
  template <int dim>
  unsigned int
  iterations_on_small_cells(const std::string &eta, const unsigned int degree)
  {
    const Parameters parameters =
      parse("exit time", decoupled(dim, eta, "1, 2, 3", "1, 0.5, 0.8", "1, 2, 0.5") + ball());
    const auto model = create_model<dim>(parameters.model);
    Mesh<dim>  mesh(parameters.domain, MPI_COMM_WORLD);
    resolve_weight(mesh, *model, 8.);
    return iterations(*model, mesh, degree);
  }
} // namespace

TEST_CASE("iterations hardly depend on degree and noise", "[large]")
{
  for (const unsigned int degree : {2, 4, 8})
    for (const std::string eta : {"0.5", "0.1", "0.03"})
      {
        INFO("degree " << degree << ", eta " << eta);
        CHECK(iterations_on_shells<2>(eta, degree, degree == 8 ? 1 : 2) < 14);
        CHECK(iterations_on_small_cells<2>(eta, degree) < 14);
      }
  CHECK(iterations_on_shells<3>("0.1", 4, 0) < 12);
  for (const std::string eta : {"0.5", "0.1", "0.03"})
    CHECK(iterations_on_small_cells<3>(eta, 2) < 11);
}

TEST_CASE("a V-cycle gives the same in any unit of time", "[linear_algebra]")
{
  // the scaled operator has a diagonal of ones; errors are estimated from residuals by one cycle
  const auto cycle = [](const std::string &unit) {
    const std::string entries = "  set drift = " + unit + "*(y - x); -" + unit + "*(x + y)\n" +
                                "  set diffusion = " + unit + ", 0; " + unit + "\n";
    const Setup<2> setup(parse("exit time", model(2, "expression", "", entries) + ball()), 4, 1);
    const ScaledOperator<2> scaled_operator(setup.form, Direction::backward, {true, {}});
    dynkin::Vector          x, b;
    scaled_operator.initialize(x);
    scaled_operator.initialize(b);
    b = 1.;
    scaled_operator.clear_free(x);
    scaled_operator.residual(b, x, dynkin::Vector(b));
    create_p_multigrid(scaled_operator)->vmult(x, b);
    return x.l2_norm() / b.l2_norm();
  };
  const double once = cycle("1");
  for (const std::string unit : {"1e9", "1e-9"})
    CHECK(std::abs(cycle(unit) / once - 1.) < 1e-3);
}

TEST_CASE("weights beyond the range of a double are refused", "[linear_algebra]")
{
  const std::string well = "  set drift = x - x^3; -y\n  set diffusion = 0.2, 0; 0.2\n";
  const Parameters  parameters =
    parse("exit time",
          model(2, "expression", "", well) +
            domain(" set shape = box\n set lower = -10, -1\n set upper = 10, 1\n"));
  const auto process = create_model<2>(parameters.model);
  Mesh<2>    mesh(parameters.domain, MPI_COMM_WORLD);
  mesh.refine_uniformly(2);
  const Discretization<2> space(mesh, 3);
  const GeneratorForm<2>  form(*process, space, "natural");
  for (const std::string type : {"direct", "amg"})
    {
      SolverParameters solver_parameters;
      solver_parameters.type = type;
      CHECK_THROWS_AS(
        LinearSolver<2>(
          form, Direction::backward, {true, Point<2>()}, solver_parameters, silent, "test"),
        ConvergenceError);
    }
}
