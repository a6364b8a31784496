// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "app/parameters.h"

#include <functional>

#include "catch2.h"
#include "utilities/exceptions.h"

using namespace dynkin;

namespace
{
  Parameters
  disk()
  {
    Parameters parameters;
    parameters.dimension       = 2;
    parameters.problem         = "exit time";
    parameters.model.type      = "decoupled";
    parameters.model.eta       = 0.5;
    parameters.model.decoupled = {{1., 2.}, {1., 0.5}, {1., 2.}};
    parameters.domain.shape    = "ball";
    parameters.domain.radius   = 1.;
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
        parameters.check();
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
  parameters.check();
  CHECK(parameters.quantities.points == std::vector<std::vector<double>>{{0., 0.}});
  CHECK(parameters.domain.walls.at("surface") == BoundaryKind::absorbing);

  parameters         = disk();
  parameters.problem = "stationary density";
  parameters.check();
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
          p.problem            = "stationary density";
          p.quantities.moments = 2;
        }) == "Quantities/moments");
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
