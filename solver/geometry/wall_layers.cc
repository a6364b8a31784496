// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "geometry/wall_layers.h"

#include <deal.II/grid/grid_generator.h>
#include <deal.II/grid/grid_tools.h>
#include <deal.II/grid/manifold_lib.h>

#include <algorithm>
#include <numeric>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double       first  = 4.; // thickness of the outermost cells, in that of the layer
    constexpr double       growth = 1.5;
    constexpr double       depth  = 0.6;
    constexpr unsigned int fewest = 2;

    /** The curved boundary has the id 0. */
    template <int dim>
    void
    create_core(const double radius, const bool orthant, Triangulation<dim> &triangulation)
    {
      if (orthant)
        GridGenerator::quarter_hyper_ball(triangulation, Point<dim>(), radius);
      else
        GridGenerator::hyper_ball_balanced(triangulation, Point<dim>(), radius);
    }
  } // namespace

  std::vector<double>
  layer_sizes(const double thickness)
  {
    std::vector<double> sizes;
    double              total = 0.;
    for (double size = first * thickness; total + size < depth; size *= growth)
      {
        sizes.push_back(size);
        total += size;
      }
    return sizes.size() < fewest ? std::vector<double>() : sizes;
  }

  std::vector<double>
  cut_shells(const std::vector<double> &shells, const std::vector<double> &radii)
  {
    constexpr double    least   = 1e-6; // thickness
    std::vector<double> spheres = radii;
    double              radius  = 1.;
    for (const double shell : shells)
      spheres.push_back(radius -= shell);
    std::sort(spheres.rbegin(), spheres.rend());
    std::vector<double> cut;
    radius = 1.;
    for (const double next : spheres)
      if (next < radius - least)
        {
          cut.push_back(radius - next);
          radius = next;
        }
    return cut;
  }

  template <int dim>
  void
  create_layered_ball(const std::vector<double> &shells,
                      const bool                 orthant,
                      Triangulation<dim>        &triangulation)
  {
    if (shells.empty())
      {
        create_core(1., orthant, triangulation);
        return;
      }

    double             radius = 1. - std::accumulate(shells.begin(), shells.end(), 0.);
    Triangulation<dim> core;
    create_core(radius, orthant, core);
    auto [vertices, cells, sub_cells] = GridTools::get_coarse_mesh_description(core);
    for (CellData<dim> &cell : cells)
      cell.manifold_id = numbers::flat_manifold_id;

    // of every vertex on the sphere its copy on the next one
    std::map<unsigned int, unsigned int>   outer;
    std::vector<std::vector<unsigned int>> faces;
    for (const auto &cell : core.active_cell_iterators())
      for (const auto &face : cell->face_iterators())
        if (face->at_boundary() && face->boundary_id() == 0)
          {
            faces.emplace_back();
            for (const unsigned int v : face->vertex_indices())
              {
                faces.back().push_back(face->vertex_index(v));
                outer[face->vertex_index(v)] = face->vertex_index(v);
              }
          }
    const unsigned int n_core_cells = cells.size();
    for (auto shell = shells.rbegin(); shell != shells.rend(); ++shell)
      {
        const auto inner = outer;
        for (auto &[first_vertex, copy] : outer)
          {
            const Point<dim> x = vertices[copy];
            copy               = vertices.size();
            vertices.push_back(x * ((radius + *shell) / radius));
          }
        for (const std::vector<unsigned int> &face : faces)
          {
            CellData<dim> cell;
            for (unsigned int v = 0; v < face.size(); ++v)
              {
                cell.vertices[v]               = inner.at(face[v]);
                cell.vertices[face.size() + v] = outer.at(face[v]);
              }
            cell.manifold_id = 0;
            cells.push_back(cell);
          }
        radius += *shell;
      }
    sub_cells = SubCellData();
    GridTools::invert_cells_with_negative_measure(vertices, cells);
    GridTools::consistently_order_cells(cells);
    triangulation.create_triangulation(vertices, cells, sub_cells);

    for (const auto &cell : triangulation.active_cell_iterators())
      if (cell->index() >= static_cast<int>(n_core_cells))
        cell->set_all_manifold_ids(0);
    triangulation.set_manifold(0, SphericalManifold<dim>(Point<dim>()));
  }

  template void
  create_layered_ball<2>(const std::vector<double> &, const bool, Triangulation<2> &);
  template void
  create_layered_ball<3>(const std::vector<double> &, const bool, Triangulation<3> &);
} // namespace dynkin
