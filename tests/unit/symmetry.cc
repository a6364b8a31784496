// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <deal.II/grid/grid_tools.h>

#include "domain/symmetry.h"
#include "geometry/coarse_mesh.h"
#include "measure/functionals.h"
#include "problem/exit_time.h"
#include "problem/stationary_density.h"
#include "runs.h"

using namespace dealii;
using namespace dynkin;
using namespace dynkin::tests;

namespace
{
  bool
  is_mirrored(const std::string &text)
  {
    const Parameters parameters =
      ParameterFile("test.prm", "set problem = exit time\n" + text, problem_kinds()).read();
    return !parameters.domain.mirror.empty();
  }

  const std::string off = " set symmetry = off\n", on = " set symmetry = auto\n";

  template <int dim>
  double
  exit_time_of_symmetric(const std::string         &text,
                         const std::vector<double> &x,
                         const unsigned int         degree,
                         const unsigned int         refinements)
  {
    const Parameters parameters = parse("exit time", text);
    const Setup<dim> setup(parameters, degree, refinements);
    ExitTime<dim>    problem(setup.form, parameters.solver, silent);
    problem.solve(1);
    return point_values(problem.moment(1), {x}).front();
  }
} // namespace

TEST_CASE("problems that are even in every coordinate are recognised", "[app]")
{
  CHECK(is_mirrored(decoupled(2, "0.5") + ball()));
  CHECK_FALSE(is_mirrored(decoupled(2, "0.5") + ball(off)));
  CHECK_FALSE(is_mirrored(decoupled(2, "0.5") + ball(" set center = 0.1, 0\n")));
  CHECK_FALSE(is_mirrored(decoupled(2, "0.5") + box(2))); // -1 .. 1.5
  CHECK_FALSE(is_mirrored(decoupled(1, "0.5") +
                          domain(" set shape = interval\n set lower = -1\n set upper = 1\n")));
  const std::string square = " set shape = box\n set lower = -1, -1\n set upper = 1, 1\n";
  CHECK(is_mirrored(decoupled(2, "0.5") + domain(square)));
  CHECK(is_mirrored(decoupled(2, "0.5") +
                    domain(square + " set boundary = left: reflecting, right: reflecting\n")));
  CHECK_FALSE(
    is_mirrored(decoupled(2, "0.5") + domain(square + " set boundary = left: reflecting\n")));

  const auto coupled = [](const std::string &H) {
    return model(2,
                 "coupled",
                 "0.5",
                 " set H = " + H + "\n set Sigma_g = 1, 0; 0, 2\n set Sigma_H = 1, 0; 0, 3\n") +
           ball();
  };
  CHECK(is_mirrored(coupled("1, 0; 0, 2")));
  CHECK_FALSE(is_mirrored(coupled("1, 0.1; 0, 2")));

  const auto quadratic = [](const std::string &A) {
    return model(2,
                 "quadratic covariance",
                 "0.1",
                 " set H = 1, 0; 0, 1\n set Sigma = 1, 0; 0, 1\n set A = " + A + "\n") +
           ball();
  };
  CHECK(is_mirrored(quadratic("2,0,0,0; 0,1,1,0; 0,1,1,0; 0,0,0,2")));
  CHECK_FALSE(is_mirrored(quadratic("2,0.1,0,0; 0.1,2,1,0; 0,1,2,0; 0,0,0,2")));
}

TEST_CASE("one orthant gives the exit time of the whole", "[problem]")
{
  const std::string disk = decoupled(2, "0.4");
  for (const auto &x : {std::vector<double>{0., 0.}, {-0.3, 0.4}, {0.3, -0.4}})
    CHECK(exit_time_of_symmetric<2>(disk + ball(on), x, 8, 1) ==
          Approx(exit_time_of_symmetric<2>(disk + ball(off), x, 8, 1)).epsilon(1e-11));
  CHECK(exit_time_of_symmetric<3>(decoupled(3, "0.4") + ball(on), {0., 0., 0.}, 6, 1) ==
        Approx(3.09899854298).epsilon(1e-9));
  // off the origin, in an ellipsoid
  const std::string moved = decoupled(2, "0.4", "1, 2, 1", "1, 0.5, 1", "1, 0.7, 1", "1, 2, 0");
  const std::string ellipse =
    " set shape = ellipsoid\n set center = 1, 2\n set semi-axes = 1, 0.7\n";
  CHECK(exit_time_of_symmetric<2>(moved + domain(ellipse + on), {0.8, 2.1}, 8, 1) ==
        Approx(exit_time_of_symmetric<2>(moved + domain(ellipse + off), {0.8, 2.1}, 8, 1))
          .epsilon(1e-10));
}

TEST_CASE("one orthant gives the density of the whole", "[problem]")
{
  const auto summary = [](const std::string &more) {
    const Parameters     parameters = parse("stationary density", decoupled(2, "0.4") + ball(more));
    const Setup<2>       setup(parameters, 6, 1, "none");
    StationaryDensity<2> problem(setup.form, parameters.solver, silent);
    problem.solve();
    CHECK(problem.mass() == Approx(1.).epsilon(1e-13));
    return summarise_density(Sampler<2>(setup.space), problem.density());
  };
  const auto orthant = summary(on), whole = summary(off);
  CHECK(orthant.mass == Approx(1.).epsilon(1e-8));
  CHECK(orthant.maximum == Approx(whole.maximum).epsilon(1e-7));
  CHECK(std::abs(orthant.mean.norm()) < 1e-14);
  for (unsigned int i = 0; i < 2; ++i)
    CHECK(orthant.covariance[i][i] == Approx(whole.covariance[i][i]).epsilon(1e-7));
  CHECK(std::abs(orthant.covariance[0][1]) < 1e-14);
}

TEST_CASE("orthants with flat cells along the wall", "[geometry]")
{
  const Parameters sphere = parse("exit time", decoupled(3, "0.5") + ball(on));
  REQUIRE(!sphere.domain.mirror.empty());
  for (const WallLayers &layers : {WallLayers(), WallLayers{{0, 0.01}}})
    {
      Triangulation<3> orthant;
      create_coarse_mesh(sphere.domain, orthant, layers);
      const auto ids = orthant.get_boundary_ids();
      CHECK(ids == std::vector<types::boundary_id>{0, Mirror<3>::plane});
      orthant.refine_global(1);
      CHECK(GridTools::volume(orthant, MappingQ<3>(4)) == Approx(numbers::PI / 6.).epsilon(1e-5));
    }
}
