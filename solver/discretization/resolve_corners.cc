// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "discretization/resolve_corners.h"

#include <deal.II/base/mpi.h>
#include <deal.II/grid/manifold.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr unsigned int finest  = 28;   // level, as of a mesh
    constexpr double       regular = 0.99; // exponents from here on are left to the estimates

    /** What meets at a vertex of the boundary. */
    struct Corner
    {
      Point<2>                  vertex;
      double                    angle = 0.; // of the cells, as polygons
      std::vector<Tensor<1, 2>> walls;      // their directions from the vertex on
      std::vector<bool>         absorbs;
    };

    double
    angle_between(const Tensor<1, 2> &s, const Tensor<1, 2> &t)
    {
      return std::acos(std::clamp(s * t / (s.norm() * t.norm()), -1., 1.));
    }

    /** alpha of the solution next to the corner. */
    double
    exponent(Corner corner, const SymmetricTensor<2, 2> &a)
    {
      if (corner.walls.size() != 2)
        return 1.; // a point that two parts of the domain share
      const double straight = angle_between(corner.walls[0], corner.walls[1]);
      const bool   reenters =
        std::abs(2. * numbers::PI - straight - corner.angle) < std::abs(straight - corner.angle);
      // t -> L^-1 t, a = L L^T
      const double l_11 = std::sqrt(a[0][0]), l_21 = a[0][1] / l_11,
                   l_22 = std::sqrt(a[1][1] - l_21 * l_21);
      for (Tensor<1, 2> &t : corner.walls)
        {
          t[0] /= l_11;
          t[1] = (t[1] - l_21 * t[0]) / l_22;
        }
      const double small = angle_between(corner.walls[0], corner.walls[1]);
      const double omega = reenters ? 2. * numbers::PI - small : small;
      return numbers::PI / (corner.absorbs[0] == corner.absorbs[1] ? omega : 2. * omega);
    }
  } // namespace

  template <int dim>
  std::vector<SingularCorner<dim>>
  find_singular_corners(const Mesh<dim> &mesh, const Model<dim> &model)
  {
    std::vector<SingularCorner<dim>> found;
    if constexpr (dim == 2)
      {
        const Triangulation<dim> &tria  = mesh.triangulation();
        const auto                walls = mesh.domain().boundary_ids(BoundaryKind::absorbing);
        const auto periodic = mesh.domain().boundary_ids(BoundaryKind::periodic); // are no walls
        std::map<unsigned int, Corner> corners; // by the number of the vertex
        for (const auto &cell : tria.active_cell_iterators())
          if (!cell->is_artificial())
            for (const auto &face : cell->face_iterators())
              if (face->at_boundary() && periodic.count(face->boundary_id()) == 0)
                for (const unsigned int v : {0, 1})
                  {
                    const Point<2>     x = face->vertex(v);
                    const Tensor<1, 2> n =
                      tria.get_manifold(face->manifold_id()).normal_vector(face, x);
                    Tensor<1, 2> along = cross_product_2d(n);
                    if (along * (face->vertex(1 - v) - x) < 0.)
                      along *= -1.;
                    Corner &corner = corners[face->vertex_index(v)];
                    corner.vertex  = x;
                    corner.walls.push_back(along);
                    corner.absorbs.push_back(walls.count(face->boundary_id()) > 0);
                  }
        for (const auto &cell : tria.active_cell_iterators())
          if (!cell->is_artificial())
            for (const unsigned int v : cell->vertex_indices())
              if (const auto corner = corners.find(cell->vertex_index(v)); corner != corners.end())
                corner->second.angle += angle_between(cell->vertex(v ^ 1) - cell->vertex(v),
                                                      cell->vertex(v ^ 2) - cell->vertex(v));

        // all cells at the vertices of a process's own cells are known to it
        std::set<unsigned int> own;
        for (const auto &cell : tria.active_cell_iterators())
          if (cell->is_locally_owned())
            for (const unsigned int v : cell->vertex_indices())
              own.insert(cell->vertex_index(v));
        std::vector<std::array<double, 3>> here;
        for (const auto &[index, corner] : corners)
          if (own.count(index) > 0)
            if (const double alpha = exponent(corner, model.diffusion(corner.vertex));
                alpha < regular)
              here.push_back({{corner.vertex[0], corner.vertex[1], alpha}});
        std::map<std::array<double, 2>, double> everywhere;
        for (const auto &part : Utilities::MPI::all_gather(tria.get_communicator(), here))
          for (const auto &[x, y, alpha] : part)
            everywhere.insert({{{x, y}}, alpha});
        for (const auto &[x, alpha] : everywhere)
          found.push_back({Point<2>(x[0], x[1]), alpha});
      }
    else
      {
        (void) mesh;
        (void) model;
      }
    return found;
  }

  template <int dim>
  bool
  SingularCorner<dim>::touches(const typename Triangulation<dim>::cell_iterator &cell) const
  {
    for (const unsigned int v : cell->vertex_indices())
      if (cell->vertex(v).distance(vertex) < 1e-6 * cell->diameter())
        return true;
    return false;
  }

  template <int dim>
  void
  resolve_corners(Mesh<dim> &mesh, const Model<dim> &model, const double tolerance)
  {
    const auto corners = find_singular_corners(mesh, model);
    for (int halvings = 0; halvings < static_cast<int>(finest); ++halvings)
      {
        dealii::Vector<float> at_corner(mesh.triangulation().n_active_cells());
        for (const auto &cell : mesh.triangulation().active_cell_iterators())
          if (cell->is_locally_owned())
            for (const SingularCorner<dim> &corner : corners)
              if (halvings < std::ceil(-std::log2(tolerance) / (2. * corner.exponent)) &&
                  corner.touches(cell))
                at_corner(cell->active_cell_index()) = 1.;
        if (mesh.mark(at_corner, 0.5) == 0)
          return;
        mesh.refine_marked();
      }
  }

#define INSTANTIATE(dim)                                                                    \
  template struct SingularCorner<dim>;                                                      \
  template std::vector<SingularCorner<dim>> find_singular_corners<dim>(const Mesh<dim> &,   \
                                                                       const Model<dim> &); \
  template void resolve_corners<dim>(Mesh<dim> &, const Model<dim> &, const double);
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
