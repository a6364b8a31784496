// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <deal.II/base/function_lib.h>
#include <deal.II/grid/grid_tools.h>
#include <deal.II/numerics/vector_tools.h>

#include "geometry/coarse_mesh.h"
#include "problems.h"

using namespace dealii;
using namespace dynkin;
using namespace dynkin::tests;

TEST_CASE("coarse meshes have the volume and the walls of their shape", "[geometry]")
{
  const Parameters interval = parse("exit time", decoupled(1, "0.5") + box(1));
  const Mesh<1>    line(interval.domain, MPI_COMM_WORLD);
  CHECK(GridTools::volume(line.triangulation()) == Approx(2.5));

  const Parameters cuboid = parse("exit time", decoupled(3, "0.5") + box(3));
  const Mesh<3>    block(cuboid.domain, MPI_COMM_WORLD);
  CHECK(GridTools::volume(block.triangulation()) == Approx(10.));
  CHECK(block.triangulation().get_boundary_ids().size() == 6);

  const Parameters disk = parse("exit time", decoupled(2, "0.5") + ball());
  const Setup<2>   setup(disk, 8, 1);
  CHECK(GridTools::volume(setup.mesh.triangulation(), setup.space.mapping()) ==
        Approx(numbers::PI).epsilon(1e-12));
}

TEST_CASE("walls are found by name", "[geometry]")
{
  const Parameters parameters =
    parse("exit time",
          decoupled(2, "0.5") + box(2, " set boundary = top: reflecting, left: reflecting\n"));
  const auto absorbing = parameters.domain.boundary_ids(BoundaryKind::absorbing);
  CHECK(absorbing == std::set<types::boundary_id>{1, 2});

  const Setup<2> setup(parameters, 2, 1);
  const IndexSet walls = setup.space.wall_dofs(BoundaryKind::absorbing);
  // right and bottom of 2 x 2 cells of degree 2: 5 + 5 nodes with one in common
  CHECK(walls.n_elements() == 9);
}

TEST_CASE("the vertex nearest to a point does not depend on the degree", "[discretization]")
{
  const Parameters parameters = parse("exit time", decoupled(2, "0.5") + ball());
  const Point<2>   x(0.1, 0.05);
  const auto       node = [&](const unsigned int degree) {
    const Setup<2> setup(parameters, degree, 1);
    const auto     dof = setup.space.nearest_vertex_dof(x);
    for (const auto &cell : setup.space.dof_handler().active_cell_iterators())
      for (const unsigned int v : cell->vertex_indices())
        if (cell->vertex_dof_index(v, 0) == dof)
          return cell->vertex(v);
    return Point<2>(1e3, 1e3);
  };
  CHECK(node(1).distance(node(4)) < 1e-14);
  CHECK(node(1).distance(x) < 0.3);
}

TEST_CASE("fixed unknowns are the absorbing walls and the pin", "[discretization]")
{
  const Parameters parameters =
    parse("exit time", decoupled(1, "0.5") + box(1, " set boundary = left: reflecting\n"));
  const Setup<1> setup(parameters, 3, 2);
  CHECK(setup.space.fixed_dofs({true, {}}).n_elements() == 1);
  CHECK(setup.space.fixed_dofs({false, Point<1>(0.)}).n_elements() == 1);
  CHECK(setup.space.fixed_dofs({true, Point<1>(0.)}).n_elements() == 2);
  // never on an absorbing wall, even if that is nearest
  CHECK(setup.space.fixed_dofs({true, Point<1>(1.5)}).n_elements() == 2);
}

TEST_CASE("curved cells beside hanging faces approximate as well as others", "[large]")
{
  const Parameters parameters = parse("exit time", decoupled(3, "0.4") + ball());
  const auto       error      = [&](const int marked) {
    Mesh<3> mesh(parameters.domain, MPI_COMM_WORLD);
    mesh.refine_uniformly(1);
    dealii::Vector<float> indicators(mesh.triangulation().n_active_cells()), errors(indicators);
    if (marked >= 0)
      {
        indicators(marked) = 1.;
        mesh.mark(indicators, 0.5);
        mesh.refine_marked();
        errors.reinit(mesh.triangulation().n_active_cells());
      }
    const Discretization<3>            space(mesh, 6);
    const Functions::CosineFunction<3> smooth; // prod_k cos(pi x_k/2)
    dealii::Vector<double>             interpolant(space.dof_handler().n_dofs());
    VectorTools::interpolate(space.mapping(), space.dof_handler(), smooth, interpolant);
    space.constraints().distribute(interpolant);
    VectorTools::integrate_difference(space.mapping(),
                                      space.dof_handler(),
                                      interpolant,
                                      smooth,
                                      errors,
                                      QGauss<3>(9),
                                      VectorTools::L2_norm);
    return static_cast<double>(errors.l2_norm());
  };
  const double uniform = error(-1);
  for (const int marked : {0, 13, 26, 39, 52}) // in the middle and at the surface
    CHECK(error(marked) < 1.05 * uniform);
}

namespace
{
  /** The largest distance between the places of a node in the cells around it. */
  template <int dim>
  double
  largest_gap(const Mesh<dim> &mesh, const unsigned int degree)
  {
    const Discretization<dim>                     space(mesh, degree);
    const FiniteElement<dim>                     &element = space.dof_handler().get_fe();
    std::map<types::global_dof_index, Point<dim>> places;
    std::vector<types::global_dof_index>          dofs(element.n_dofs_per_cell());
    FEValues<dim>                                 nodes(space.mapping(),
                        element,
                        Quadrature<dim>(element.get_unit_support_points()),
                        update_quadrature_points);
    double                                        gap = 0.;
    for (const auto &cell : space.dof_handler().active_cell_iterators())
      {
        nodes.reinit(cell);
        cell->get_dof_indices(dofs);
        for (unsigned int k = 0; k < dofs.size(); ++k)
          {
            const auto [place, is_new] = places.emplace(dofs[k], nodes.quadrature_point(k));
            gap = std::max(gap, place->second.distance(nodes.quadrature_point(k)));
          }
      }
    return gap;
  }
} // namespace

TEST_CASE("the cells around a node agree about its place", "[discretization]")
{
  const Parameters ball_in_space = parse("exit time", decoupled(3, "0.05") + ball());
  for (const WallLayers &layers : {WallLayers(), WallLayers{{0, 0.05}, {1, 0.05}}})
    {
      Mesh<3> mesh(ball_in_space.domain, MPI_COMM_WORLD, layers);
      CHECK(largest_gap(mesh, 4) < 1e-13);
      mesh.refine_uniformly(1);
      CHECK(largest_gap(mesh, 3) < 1e-13);
    }
  const Parameters everywhere =
    parse("stationary density", decoupled(3, "0.5") + domain(" set shape = whole space\n"));
  CHECK(largest_gap(Mesh<3>(everywhere.domain, MPI_COMM_WORLD), 4) < 1e-12);
}
