// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "discretization/resolve_start.h"

#include <algorithm>
#include <cmath>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double       farthest         = 5.;  // standard deviations
    constexpr double       largest_distance = 0.5; // of nodes, in standard deviations
    constexpr unsigned int halvings         = 60;
  } // namespace

  template <int dim>
  void
  resolve_start(Mesh<dim> &mesh, const StartParameters &start, const unsigned int degree)
  {
    if (start.law == "stationary")
      return;
    const double              deviation = start.smallest_deviation();
    const Triangulation<dim> &tria      = mesh.triangulation();
    const auto                period    = [&](const unsigned int axis) {
      return mesh.domain().upper[axis] - mesh.domain().lower[axis];
    };
    for (unsigned int cycle = 0; cycle < halvings; ++cycle)
      {
        dealii::Vector<float> too_large(tria.n_active_cells());
        for (const auto &cell : tria.active_cell_iterators())
          if (cell->is_locally_owned())
            {
              Point<dim> center = mesh.coordinates().to_space(cell->center());
              double     radius = 0.;
              for (const unsigned int v : cell->vertex_indices())
                radius =
                  std::max(radius, center.distance(mesh.coordinates().to_space(cell->vertex(v))));
              for (const unsigned int axis : mesh.domain().periodic_axes()) // the next image
                center[axis] -=
                  period(axis) * std::round((center[axis] - start.mean[axis]) / period(axis));
              const double side = 2. * radius / std::sqrt(dim);
              const double nearest =
                start.deviations({center.begin_raw(), center.end_raw()}) - radius / deviation;
              too_large(cell->active_cell_index()) =
                side > largest_distance * degree * deviation * std::max(1., nearest / farthest);
            }
        if (mesh.mark(too_large, 0.5) == 0)
          return;
        mesh.refine_marked();
      }
  }

  void
  resolve_points(Mesh<1>                                &mesh,
                 const std::vector<std::vector<double>> &points,
                 const unsigned int                      degree)
  {
    const DomainParameters &domain = mesh.domain();
    const Triangulation<1> &tria   = mesh.triangulation();
    const auto              walls  = domain.boundary_ids(BoundaryKind::absorbing);
    std::vector<double>     exits;
    for (const auto &cell : tria.cell_iterators_on_level(0))
      for (const unsigned int f : {0, 1})
        if (cell->at_boundary(f) && walls.count(cell->face(f)->boundary_id()) > 0)
          exits.push_back(cell->vertex(f)[0]);
    for (unsigned int cycle = 0; cycle < halvings; ++cycle)
      {
        dealii::Vector<float> too_large(tria.n_active_cells());
        for (const auto &cell : tria.active_cell_iterators())
          for (const std::vector<double> &point : points)
            for (const double exit : exits)
              if (const double distance = std::abs(point[0] - exit); distance > 0.)
                {
                  const double from =
                    std::max({cell->vertex(0)[0] - point[0], point[0] - cell->vertex(1)[0], 0.});
                  if (cell->diameter() > largest_distance * degree * std::max(distance, from))
                    too_large(cell->active_cell_index()) = 1.;
                }
        if (mesh.mark(too_large, 0.5) == 0)
          return;
        mesh.refine_marked();
      }
  }

  template void
  resolve_start(Mesh<1> &, const StartParameters &, const unsigned int);
  template void
  resolve_start(Mesh<2> &, const StartParameters &, const unsigned int);
  template void
  resolve_start(Mesh<3> &, const StartParameters &, const unsigned int);
} // namespace dynkin
