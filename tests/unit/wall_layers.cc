// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <deal.II/grid/grid_tools.h>
#include <deal.II/numerics/vector_tools_interpolate.h>

#include "discretization/resolve_weight.h"
#include "geometry/coarse_mesh.h"
#include "problems.h"

#include <numeric>

using namespace dealii;
using namespace dynkin;
using namespace dynkin::tests;

namespace
{
  /** A mesh with one cell in `every` refined. */
  template <int dim>
  void
  refine_some(Mesh<dim> &mesh, const unsigned int every)
  {
    dealii::Vector<float> marks(mesh.triangulation().n_active_cells());
    for (unsigned int k = 0; k < marks.size(); k += every)
      marks(k) = 1.;
    REQUIRE(mesh.mark(marks, 0.5) > 0);
    mesh.refine_marked();
  }

  /** How far the mapped nodes x_i are from a function of the space that is continuous at hanging nodes. */
  template <int dim>
  double
  largest_gap(const Discretization<dim> &space)
  {
    double largest = 0.;
    for (unsigned int i = 0; i < dim; ++i)
      {
        dealii::Vector<double> x(space.dof_handler().n_dofs());
        VectorTools::interpolate(
          space.mapping(),
          space.dof_handler(),
          ScalarFunctionFromFunctionObject<dim>([i](const Point<dim> &p) { return p[i]; }),
          x);
        dealii::Vector<double> continuous = x;
        space.constraints().distribute(continuous);
        continuous -= x;
        largest = std::max<double>(largest, continuous.linfty_norm());
      }
    return largest;
  }
} // namespace

TEST_CASE("curved cells meet without gaps at hanging faces", "[discretization]")
{
  const Parameters disk = parse("exit time", decoupled(2, "0.5") + ball());
  Mesh<2>          flat(disk.domain, MPI_COMM_WORLD);
  refine_some(flat, 5);
  CHECK(largest_gap(Discretization<2>(flat, 4)) < 1e-14);

  const Parameters sphere = parse("exit time", decoupled(3, "0.5") + ball());
  Mesh<3>          mesh(sphere.domain, MPI_COMM_WORLD);
  refine_some(mesh, 5);
  const Discretization<3> space(mesh, 3);
  REQUIRE(space.constraints().n_constraints() > 0);
  CHECK(largest_gap(space) < 1e-14);
  CHECK(GridTools::volume(mesh.triangulation(), space.mapping()) ==
        Approx(4. / 3. * numbers::PI).epsilon(1e-3));
}

TEST_CASE("flat cells along walls fill the domain", "[geometry]")
{
  const auto sizes = layer_sizes(0.01);
  REQUIRE(sizes.size() > 2);
  CHECK(sizes[1] / sizes[0] == Approx(sizes[2] / sizes[1]));
  CHECK(std::accumulate(sizes.begin(), sizes.end(), 0.) < 0.6);
  CHECK(layer_sizes(0.2).empty());

  const Parameters sphere =
    parse("exit time", decoupled(3, "0.5") + ball(" set center = 1, 0, 0\n"));
  Triangulation<3> layered;
  create_coarse_mesh(sphere.domain, layered, {{0, 0.01}});
  CHECK(layered.n_active_cells() == 32 + 24 * sizes.size());
  CHECK(layered.get_boundary_ids() == std::vector<types::boundary_id>{0});
  layered.refine_global(1);
  CHECK(GridTools::volume(layered, MappingQ<3>(4)) == Approx(4. / 3. * numbers::PI).epsilon(1e-5));

  // the right wall only; the thickness counts from the middle
  const Parameters cuboid = parse("exit time", decoupled(2, "0.5") + box(2));
  Triangulation<2> boxes;
  create_coarse_mesh(cuboid.domain, boxes, {{1, 0.01}});
  CHECK(GridTools::volume(boxes) == Approx(5.));
  double widest = 0., narrowest = 10.;
  for (const auto &cell : boxes.active_cell_iterators())
    {
      widest    = std::max(widest, cell->extent_in_direction(0));
      narrowest = std::min(narrowest, cell->extent_in_direction(0));
      if (cell->extent_in_direction(0) < 1.01 * 1.25 * sizes.front())
        CHECK(cell->face(1)->at_boundary());
    }
  CHECK(narrowest == Approx(1.25 * sizes.front()));
  CHECK(boxes.get_boundary_ids().size() == 4);
}

TEST_CASE("layers are found where the process leaves almost anywhere", "[discretization]")
{
  const auto layers = [](const std::string &text) {
    const Parameters parameters = parse("exit time", text);
    return find_wall_layers(parameters.domain, *create_model<2>(parameters.model));
  };
  // all directions alike: thickness eta (sigma + rho r^2)/(2 h r^2), relative to r = 1
  const auto alike = layers(decoupled(2, "0.01", "1, 1, 1", "1, 1, 1", "0, 0, 0") + ball());
  REQUIRE(alike.size() == 1);
  CHECK(alike.at(0) == Approx(0.005).epsilon(1e-10));
  // left only along the weaker coordinate, at two places
  CHECK(layers(decoupled(2, "0.01", "1, 4, 1", "1, 1, 1", "0, 0, 0") + ball()).empty());
}

TEST_CASE("cells where the process is likely to leave resolve the weight", "[discretization]")
{
  const Parameters parameters =
    parse("exit time", decoupled(2, "0.01", "1, 4, 1", "1, 1, 1", "0, 0, 0") + ball());
  const auto model = create_model<2>(parameters.model);
  Mesh<2>    mesh(parameters.domain, MPI_COMM_WORLD);
  resolve_weight(mesh, *model);
  double near_exit = 1., near_pole = 1.; // smallest cells
  for (const auto &cell : mesh.triangulation().active_cell_iterators())
    if (cell->at_boundary())
      {
        const Point<2> x        = cell->center();
        double        &smallest = std::abs(x[0]) > std::abs(x[1]) ? near_exit : near_pole;
        smallest                = std::min(smallest, cell->diameter());
      }
  CHECK(near_exit < 0.5 * near_pole);
}
