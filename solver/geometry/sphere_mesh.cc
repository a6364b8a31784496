// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "geometry/sphere_mesh.h"

#include <deal.II/base/quadrature_lib.h>
#include <deal.II/fe/fe_q.h>
#include <deal.II/fe/fe_values.h>
#include <deal.II/fe/mapping_q.h>
#include <deal.II/grid/grid_tools.h>
#include <deal.II/grid/manifold_lib.h>

#include "geometry/smooth_cells.h"
#include "geometry/sphere_grid.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>

#include "utilities/exceptions.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double good = 0.35, sufficient = 0.1; // scaled Jacobian, and that of curved cells
    constexpr double wanted               = 0.7;    // where smoothing stops
    constexpr unsigned int mapping_degree = 4, points_per_line = 6;

    /** The cells of a grid that are left, and those that join them with the spheres. */
    template <int dim>
    class Cells
    {
    public:
      Cells(const SphereGrid<dim> &grid, const std::vector<SphereWall<dim>> &spheres)
        : grid(grid)
        , spheres(spheres)
      {
        for (unsigned int c = 0; c < grid.n_cells(); ++c)
          if (grid.sphere_of(c) == SphereGrid<dim>::none)
            add_grid_cell(c);
          else
            for (unsigned int face = 0; face < 2 * dim; ++face)
              add_layer(c, face);
      }

      /** Returns the smallest scaled Jacobian. */
      double
      smooth()
      {
        return smooth_cells<dim>(
          vertices,
          cells,
          [&](const unsigned int v, const Point<dim> &x) { return project(v, x); },
          wanted);
      }

      void
      create(Triangulation<dim> &triangulation) const
      {
        std::vector<Point<dim>>    points  = vertices;
        std::vector<CellData<dim>> ordered = cells;
        GridTools::consistently_order_cells(ordered);
        triangulation.create_triangulation(points, ordered, walls);
        for (const auto &cell : triangulation.active_cell_iterators())
          for (const auto &face : cell->face_iterators())
            for (const SphereWall<dim> &sphere : spheres)
              if (face->at_boundary() && face->boundary_id() == sphere.id)
                face->set_all_manifold_ids(sphere.id);
        for (const SphereWall<dim> &sphere : spheres)
          triangulation.set_manifold(sphere.id, SphericalManifold<dim>(sphere.center));
      }

    private:
      static constexpr unsigned int nothing = numbers::invalid_unsigned_int;

      /** A vertex of the grid, or its image on a sphere. */
      unsigned int
      vertex(const unsigned int of_grid, const unsigned int sphere = nothing)
      {
        const auto [place, is_new] =
          numbers_of_vertices.try_emplace({of_grid, sphere}, vertices.size());
        if (is_new)
          {
            vertices.push_back(grid.vertex(of_grid));
            origins.emplace_back(of_grid, sphere);
            vertices.back() = project(place->second, vertices.back());
          }
        return place->second;
      }

      Point<dim>
      project(const unsigned int v, Point<dim> x) const
      {
        const auto [of_grid, sphere] = origins[v];
        if (sphere != nothing)
          {
            const Tensor<1, dim> arm = x - spheres[sphere].center;
            return spheres[sphere].center + spheres[sphere].radius / arm.norm() * arm;
          }
        for (unsigned int k = 0; k < dim; ++k)
          if (grid.is_on_wall(of_grid, k))
            x[k] = grid.vertex(of_grid)[k];
        return x;
      }

      void
      add_wall(const std::vector<unsigned int> &of_face, const types::boundary_id id)
      {
        CellData<dim - 1> wall(of_face.size());
        wall.vertices    = of_face;
        wall.boundary_id = id;
        if constexpr (dim == 2)
          walls.boundary_lines.push_back(wall);
        else
          walls.boundary_quads.push_back(wall);
      }

      void
      add_grid_cell(const unsigned int c)
      {
        CellData<dim> cell;
        for (unsigned int v = 0; v < cell.vertices.size(); ++v)
          cell.vertices[v] = vertex(grid.vertex_of(c, v));
        cells.push_back(cell);
        for (unsigned int face = 0; face < 2 * dim; ++face)
          if (grid.neighbor(c, face) == nothing)
            add_wall(face_vertices(c, face), face);
      }

      /** In the order of the face's own coordinates. */
      std::vector<unsigned int>
      face_vertices(const unsigned int c,
                    const unsigned int face,
                    const unsigned int sphere = nothing)
      {
        std::vector<unsigned int> of_face;
        for (unsigned int v = 0; v < GeometryInfo<dim>::vertices_per_cell; ++v)
          if ((v >> face / 2) % 2 == face % 2)
            of_face.push_back(vertex(grid.vertex_of(c, v), sphere));
        return of_face;
      }

      /** Joins the face of a cell that was lost with its image on the sphere. */
      void
      add_layer(const unsigned int c, const unsigned int face)
      {
        const unsigned int sphere = grid.sphere_of(c), beyond = grid.neighbor(c, face);
        const bool         is_outer = spheres[sphere].is_outer;
        if (beyond == nothing ? is_outer : grid.sphere_of(beyond) == sphere)
          return;
        const auto  on_face = face_vertices(c, face), on_sphere = face_vertices(c, face, sphere);
        const auto &inner = is_outer ? on_face : on_sphere, &outer = is_outer ? on_sphere : on_face;
        // the coordinates of the face, then outwards; or exchanged, where that is left-handed
        const unsigned int k         = face / 2;
        const bool         points_up = (face % 2 == 1) != is_outer;
        const bool         exchange  = (dim == 2 ? k == 0 : k == 1) == points_up;
        CellData<dim>      cell;
        const unsigned int n = inner.size();
        for (unsigned int v = 0; v < n; ++v)
          if (dim == 2 && exchange)
            {
              cell.vertices[2 * v]     = inner[v];
              cell.vertices[2 * v + 1] = outer[v];
            }
          else
            {
              const unsigned int source = exchange ? 2 * (v % 2) + v / 2 : v;
              cell.vertices[v]          = inner[source];
              cell.vertices[n + v]      = outer[source];
            }
        cells.push_back(cell);
        add_wall(on_sphere, spheres[sphere].id);
        if (beyond == nothing)
          add_wall(on_face, face);
      }

      const SphereGrid<dim>                                         grid;
      const std::vector<SphereWall<dim>>                           &spheres;
      std::map<std::pair<unsigned int, unsigned int>, unsigned int> numbers_of_vertices;
      std::vector<std::pair<unsigned int, unsigned int>>            origins;
      std::vector<Point<dim>>                                       vertices;
      std::vector<CellData<dim>>                                    cells;
      SubCellData                                                   walls;
    };

    /** The smallest scaled Jacobian at points of all cells, with their curved sides. */
    template <int dim>
    double
    curved_quality(const Triangulation<dim> &triangulation)
    {
      const MappingQ<dim> mapping(mapping_degree);
      const FE_Q<dim>     element(1);
      FEValues<dim> values(mapping, element, QGaussLobatto<dim>(points_per_line), update_jacobians);
      double        worst = 1.;
      for (const auto &cell : triangulation.active_cell_iterators())
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
  } // namespace

  template <int dim>
  void
  create_sphere_mesh(const Point<dim>                   &lower,
                     const Point<dim>                   &upper,
                     const std::vector<SphereWall<dim>> &spheres,
                     Triangulation<dim>                 &triangulation)
  {
    double                    best = 0., gap = 0.;
    std::optional<Cells<dim>> chosen;
    for (const GridChoice &choice : grid_choices())
      {
        if (best > good || (best > sufficient && choice.gap != gap))
          break; // before finer grids are tried
        gap = choice.gap;
        const SphereGrid<dim> grid(lower, upper, spheres, choice);
        if (!grid.is_possible())
          continue;
        Cells<dim> cells(grid, spheres);
        double     quality = cells.smooth();
        if (quality > best)
          {
            Triangulation<dim> curved;
            cells.create(curved);
            quality = std::min(quality, curved_quality(curved));
          }
        if (quality > best)
          {
            best = quality;
            chosen.emplace(std::move(cells));
          }
      }
    if (!chosen || !(best > sufficient))
      throw InputError(
        "Domain/targets",
        "needs targets with more room between them and to the walls, and not much smaller than "
        "that "
        "room: no mesh of good cells was found; such a domain can be given as a mesh file");
    chosen->create(triangulation);
  }

  template void
  create_sphere_mesh<2>(const Point<2> &,
                        const Point<2> &,
                        const std::vector<SphereWall<2>> &,
                        Triangulation<2> &);
  template void
  create_sphere_mesh<3>(const Point<3> &,
                        const Point<3> &,
                        const std::vector<SphereWall<3>> &,
                        Triangulation<3> &);
} // namespace dynkin
