// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "parameters/parameters.h"
#include "study/problem_table.h"

#include <functional>

#include "catch2.h"
#include "problems.h"
#include "utilities/exceptions.h"

using namespace dynkin;

namespace
{
  Parameters
  disk()
  {
    Parameters parameters;
    parameters.dimension         = 2;
    parameters.problem           = "exit time";
    parameters.model.type        = "decoupled";
    parameters.model.eta         = 0.5;
    parameters.model.decoupled   = {{1., 2.}, {1., 0.5}, {1., 2.}};
    parameters.domain.shape_name = "ball";
    parameters.domain.radius     = 1.;
    return parameters;
  }

  /** Entry at fault after a change, or "" if there is none. */
  std::string
  fault(const std::function<void(Parameters &)> &change)
  {
    Parameters parameters = disk();
    change(parameters);
    try
      {
        parameters.check(problem_kinds());
      }
    catch (const InputError &error)
      {
        return error.entry();
      }
    return "";
  }
} // namespace

TEST_CASE("Parameters: check() fills what is not set", "[app]")
{
  Parameters parameters = disk();
  parameters.check(problem_kinds());
  CHECK(parameters.quantities.points == std::vector<std::vector<double>>{{0., 0.}});
  CHECK(parameters.domain.walls.at("surface") == BoundaryKind::absorbing);

  parameters         = disk();
  parameters.problem = "stationary density";
  parameters.check(problem_kinds());
  CHECK(parameters.domain.walls.at("surface") == BoundaryKind::reflecting);
}

TEST_CASE("Parameters: relations between parts", "[app]")
{
  using P = Parameters;
  CHECK(fault([](P &) {}) == "");
  CHECK(fault([](P &p) { p.dimension = 0; }) == "dimension");
  CHECK(fault([](P &p) { p.dimension = 4; }) == "dimension");
  CHECK(fault([](P &p) { p.problem = "exit laws"; }) == "problem");
  CHECK(fault([](P &p) { p.model.center = {2., 0.}; }) == "Model/center");
  CHECK(fault([](P &p) {
          p.model.center      = {2., 0.};
          p.quantities.points = {{0., 1.}};
        }) == "");
  CHECK(fault([](P &p) { p.quantities.points = {{0., 1.1}}; }) == "Quantities/points");
  CHECK(fault([](P &p) { p.quantities.points = {{0., 0.}, {0.}}; }) == "Quantities/points");
  CHECK(fault([](P &p) { p.quantities.moments = 0; }) == "Quantities/moments");
  CHECK(fault([](P &p) { p.quantities.moments = 21; }) == "Quantities/moments");
  CHECK(fault([](P &p) { p.quantities.moments = 20; }) == "");
  CHECK(fault([](P &p) { p.domain.boundary = "reflecting"; }) == "Domain/boundary");
  CHECK(fault([](P &p) {
          p.problem         = "stationary density";
          p.domain.boundary = "absorbing";
        }) == "Domain/boundary");
  CHECK(fault([](P &p) {
          p.study.convergence_cycles = 3;
          p.discretization.tolerance = 1e-8;
        }) == "Study/convergence cycles");
  CHECK(fault([](P &p) { p.solver.tolerance = 1.; }) == "Solver/tolerance");
  CHECK(fault([](P &p) { p.solver.type = "jacobi"; }) == "Solver/type");
  CHECK(fault([](P &p) { p.study.convergence_cycles = 21; }) == "Study/convergence cycles");
  CHECK(fault([](P &p) { p.output.directory = "/dev/null/results"; }) == "Output/directory");
  CHECK(fault([](P &p) { p.output.directory = std::string(300, 'a'); }) == "Output/directory");
}

TEST_CASE("Parameters: an entry without a meaning is refused because it is set", "[app]")
{
  const std::string model   = decoupled(1, "0.5", "1", "1", "1");
  const auto        refused = [&](const std::string &problem, const std::string &entries) {
    const std::string shape = problem == "stationary density"
                                       ? " set shape = whole space\n"
                                       : " set shape = interval\n set lower = -1\n set upper = 1\n";
    try
      {
        parse(problem, model + domain(shape) + entries);
      }
    catch (const InputError &error)
      {
        return std::string(error.what()).find("has no meaning for") != std::string::npos;
      }
    return false;
  };
  const auto quantity = [](const std::string &entry) {
    return "subsection Quantities\n set " + entry + "\nend\n";
  };
  // be they what they are by default
  CHECK(refused("exit time", quantity("times = 1")));
  CHECK(refused("exit time", quantity("quantiles = 0.05, 0.5, 0.95")));
  CHECK(refused("exit time", quantity("eigenvalues = 5")));
  CHECK(refused("spectrum", quantity("moments = 1")));
  CHECK(refused("exit law", quantity("distances = 1")));
  CHECK(refused("exit time", "subsection Start\n set law = stationary\nend\n"));
  CHECK(refused("exit time", "subsection Output\n set window = 0\nend\n"));
  CHECK(refused("exit time", "subsection Domain\n set round walls = true\nend\n"));
  for (const std::string entry :
       {"radius = 1", "center = 0", "inner radius = 1", "semi-axes = 1", "tail index = 2"})
    CHECK(refused("exit time", "subsection Domain\n set " + entry + "\nend\n"));
  for (const std::string entry : {"lower = -1", "upper = 1", "mesh file = l.msh"})
    CHECK(refused("stationary density", "subsection Domain\n set " + entry + "\nend\n"));
  CHECK(refused("exit time", "subsection Domain\n set lost mass tolerance = 1e-13\nend\n"));
  CHECK(refused("stationary density", "subsection Domain\n set exit set = left\nend\n"));

  CHECK(!refused("exit law", quantity("times = 1")));
  CHECK(!refused("spectrum", quantity("eigenvalues = 5")));
  CHECK(!refused("stationary density", quantity("distances = 1")));
  CHECK(!refused("stationary density", quantity("quantiles = 0.5")));
}

TEST_CASE("Parameters: formulas use the learning rate where they name it", "[app]")
{
  ModelParameters model;
  model.type                 = "expression";
  model.expression.drift     = "-theta*x";
  model.expression.diffusion = "beta_1";
  CHECK(!model.uses_learning_rate());
  for (std::string *formula :
       {&model.expression.drift, &model.expression.diffusion, &model.killing_rate})
    {
      const std::string before = *formula;
      *formula                 = "2*eta";
      CHECK(model.uses_learning_rate());
      *formula = before;
    }
  model.type = "coupled";
  CHECK(model.uses_learning_rate());
}
