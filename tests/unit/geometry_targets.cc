// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <deal.II/base/quadrature_lib.h>
#include <deal.II/fe/fe_q.h>
#include <deal.II/fe/fe_values.h>
#include <deal.II/fe/mapping_q.h>
#include <deal.II/grid/grid_tools.h>

#include "domain/box.h"
#include "domain/targets.h"
#include "geometry/coarse_mesh.h"
#include "measure/functionals.h"
#include "problem/exit_time.h"
#include "problems.h"

using namespace dealii;
using namespace dynkin;
using namespace dynkin::tests;

namespace
{
  /** A ball of radius 1 or the box (-1, 1)^d with targets. */
  DomainParameters
  with_targets(const int dim, const std::string &shape, const std::string &targets)
  {
    const std::string size = shape == "ball" ? " set radius = 1\n"
                                             : " set lower = " + first(dim, "-1, -1, -1") +
                                                 "\n set upper = " + first(dim, "1, 1, 1") + "\n";
    return parse("exit time",
                 decoupled(dim, "0.5") + "subsection Quantities\n set points = " +
                   first(dim, "-0.1, -0.8, 0") + "\nend\n" +
                   domain(" set shape = " + shape + "\n" + size + " set targets = " + targets))
      .domain;
  }

  /** The smallest det J/|J e_1|...|J e_dim| of curved cells. */
  template <int dim>
  double
  worst_angle(const Triangulation<dim> &tria)
  {
    const MappingQ<dim> mapping(6);
    const FE_Q<dim>     element(1);
    FEValues<dim>       values(mapping, element, QGaussLobatto<dim>(8), update_jacobians);
    double              worst = 1.;
    for (const auto &cell : tria.active_cell_iterators())
      {
        values.reinit(cell);
        for (const unsigned int q : values.quadrature_point_indices())
          {
            const Tensor<2, dim> columns = transpose(Tensor<2, dim>(values.jacobian(q)));
            double               lengths = 1.;
            for (unsigned int k = 0; k < dim; ++k)
              lengths *= columns[k].norm();
            worst = std::min(worst, determinant(columns) / lengths);
          }
      }
    return worst;
  }

  template <int dim>
  double
  volume_of_ball(const double radius)
  {
    return dim == 2 ? numbers::PI * radius * radius : 4. / 3. * numbers::PI * std::pow(radius, 3);
  }

  template <int dim>
  void
  check_mesh(const std::string &shape, const std::string &targets, const unsigned int most_cells)
  {
    INFO(shape << " without " << targets);
    const DomainParameters domain = with_targets(dim, shape, targets);
    Triangulation<dim>     tria;
    create_coarse_mesh(domain, tria);
    CHECK(tria.n_active_cells() <= most_cells);
    CHECK(worst_angle(tria) > 0.2);
    double      volume     = shape == "ball" ? volume_of_ball<dim>(1.) : std::pow(2., dim);
    const auto &with_holes = *domain.shape->as<ShapeWithTargets>();
    for (const Target &target : with_holes.targets)
      volume -= volume_of_ball<dim>(target.radius);
    CHECK(GridTools::volume(tria, MappingQ<dim>(10)) ==
          Approx(volume).epsilon(dim == 2 ? 1e-9 : 1e-6));

    // every wall has its faces, where it is
    std::map<types::boundary_id, double> areas;
    const unsigned int                   n_outer = with_holes.whole->wall_names.size();
    for (const auto &cell : tria.active_cell_iterators())
      for (const auto &face : cell->face_iterators())
        if (face->at_boundary())
          {
            areas[face->boundary_id()] += 1.;
            if (face->boundary_id() >= n_outer)
              {
                const Target &target = with_holes.targets.at(face->boundary_id() - n_outer);
                const auto    x      = face->vertex(0);
                CHECK(target.distance(std::vector<double>(x.begin_raw(), x.end_raw())) ==
                      Approx(0.).margin(1e-12));
              }
          }
    CHECK(areas.size() == n_outer + with_holes.targets.size());
  }
} // namespace

TEST_CASE("meshes with targets have good cells, and few", "[geometry]")
{
  check_mesh<2>("ball", "ball 0.3, 0.1 radius 0.05", 200);
  check_mesh<2>("ball", "ball 0, 0 radius 0.3", 60);
  check_mesh<2>("ball", "ball 0.3, 0 radius 0.1; ball -0.3, 0.2 radius 0.05", 300);
  check_mesh<2>("ball", "ball 0.6, 0.6 radius 0.1", 400);
  check_mesh<2>("ball", "ball 0.1, 0.1 radius 0.1; ball -0.1, -0.1 radius 0.1", 400);
  check_mesh<2>("ball", "ball 0.1, 0 radius 0.7", 400);
  check_mesh<2>("box", "ball 0.85, 0 radius 0.1; ball -0.5, 0.45 radius 0.25", 200);
  check_mesh<2>("box", "ball 0.3, 0 radius 1e-3", 400);
  check_mesh<3>("ball", "ball 0.3, 0.1, -0.2 radius 0.05", 1000);
  check_mesh<3>("ball", "ball 0.3, 0.1, -0.2 radius 0.1; ball -0.3, 0.2, 0.3 radius 0.2", 1000);
  check_mesh<3>("box", "ball 0.3, 0.1, -0.2 radius 0.1; ball -0.3, 0.2, 0.3 radius 0.2", 1000);
}

// (a^2 - r^2)/4 + R^2/2 log(r/a): Brownian motion from a reflecting circle to a target in its middle.
TEST_CASE("the exit time from a mesh with a target converges exponentially in the degree",
          "[problem]")
{
  const Parameters parameters =
    parse("exit time",
          model(2, "expression", "", "  set drift = 0; 0\n  set diffusion = 2, 0; 2\n") +
            "subsection Quantities\n set points = 0.6, 0\nend\n" +
            ball(" set targets = ball 0, 0 radius 0.3\n set boundary = reflecting\n"));
  const std::vector<std::vector<double>> points   = {{0.6, 0.}, {0.48, 0.64}, {0., -1.}};
  const std::vector<double>              radii    = {0.6, 0.8, 1.};
  double                                 previous = 1.;
  for (const unsigned int degree : {2, 4, 6, 8, 10})
    {
      const Setup<2> setup(parameters, degree, 0);
      ExitTime<2>    time(setup.form, parameters.solver, silent);
      time.solve(1);
      const std::vector<double> values = point_values(time.moment(1), points);
      double                    error  = 0.;
      for (unsigned int k = 0; k < radii.size(); ++k)
        {
          const double exact = (0.09 - radii[k] * radii[k]) / 4. + std::log(radii[k] / 0.3) / 2.;
          error              = std::max(error, std::abs(values[k] - exact));
        }
      CHECK(error < 0.1 * previous);
      previous = error;
    }
  CHECK(previous < 1e-9);
}

TEST_CASE("targets are read with arithmetic, in any dimension", "[geometry]")
{
  const auto targets =
    read_targets("ball 0.1/2, max(1, 2) radius sqrt(4); ball -1,0 radius 1e-3", 2);
  REQUIRE(targets.size() == 2);
  CHECK(targets[0].center == std::vector<double>{0.05, 2.});
  CHECK(targets[0].radius == 2.);
  CHECK(targets[0].distance({0.05, 5.}) == Approx(1.));
  CHECK(read_targets("interval 0.2, 0.4", 1)[0].center[0] == Approx(0.3));
  for (const char *wrong : {"ball 1 radius 2",
                            "ball 1, 2",
                            "ball 1, 2 radius 0",
                            "ball 1, 2 radius x",
                            "interval 1, 2",
                            "ball 1,, 2 radius 1",
                            "cube 1, 2 radius 1",
                            ";"})
    CHECK_THROWS_AS(read_targets(wrong, 2), InputError);
}

TEST_CASE("in one dimension the part between targets that has the points is left", "[geometry]")
{
  const auto part = [](const std::string &points, const std::string &more) {
    return parse("exit place",
                 decoupled(1, "0.5") + "subsection Quantities\n set points = " + points +
                   "\nend\n" +
                   box(1,
                       " set targets = interval 0.5, 0.75; ball -0.5 radius 0.25\n set boundary = "
                       "target 1: reflecting\n" +
                         more))
      .domain;
  };
  const DomainParameters middle = part("0; 0.5", " set exit set = target 2, right\n");
  CHECK(middle.shape->as<Box>()->lower[0] == -0.25);
  CHECK(middle.shape->as<Box>()->upper[0] == 0.5);
  CHECK(middle.walls.at("left") == BoundaryKind::absorbing);
  CHECK(middle.walls.at("right") == BoundaryKind::reflecting);
  CHECK(middle.exit_set == "left");
  const DomainParameters last = part("1", " set exit set = 1\n");
  CHECK(last.shape->as<Box>()->lower[0] == 0.75);
  CHECK(last.shape->as<Box>()->upper[0] == 1.5);
  CHECK(last.exit_set == "right");
  CHECK_THROWS_AS(part("1; 0", ""), InputError);
  CHECK_THROWS_AS(part("0.6", ""), InputError);
  CHECK_THROWS_AS(part("0", " set exit set = left\n"), InputError);
}
