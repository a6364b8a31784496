// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "geometry/smooth_cells.h"

#include <deal.II/base/geometry_info.h>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr unsigned int n_sweeps = 60;
    constexpr double first_step = 0.2, last_step = 0.003; // in the shortest edge at the vertex
    constexpr double gain = 1e-4;                         // that is worth a move
  }                                                       // namespace

  template <int dim>
  double
  scaled_jacobian(const std::vector<Point<dim>> &vertices, const CellData<dim> &cell)
  {
    double smallest = std::numeric_limits<double>::max();
    for (unsigned int v = 0; v < GeometryInfo<dim>::vertices_per_cell; ++v)
      {
        Tensor<2, dim> edges;
        double         lengths = 1.;
        for (unsigned int k = 0; k < dim; ++k)
          {
            const unsigned int bit = 1U << k;
            edges[k] = vertices[cell.vertices[v | bit]] - vertices[cell.vertices[v & ~bit]];
            lengths *= edges[k].norm();
          }
        smallest = std::min(smallest, lengths > 0. ? determinant(edges) / lengths : 0.);
      }
    return smallest;
  }

  template <int dim>
  double
  smooth_cells(std::vector<Point<dim>>                                                 &vertices,
               const std::vector<CellData<dim>>                                        &cells,
               const std::function<Point<dim>(const unsigned int, const Point<dim> &)> &project,
               const double                                                             wanted)
  {
    std::vector<std::vector<unsigned int>> around(vertices.size());
    for (unsigned int c = 0; c < cells.size(); ++c)
      for (const unsigned int v : cells[c].vertices)
        around[v].push_back(c);
    const auto quality = [&](const unsigned int v) {
      double smallest = std::numeric_limits<double>::max();
      for (const unsigned int c : around[v])
        smallest = std::min(smallest, scaled_jacobian(vertices, cells[c]));
      return smallest;
    };
    const auto shortest_edge = [&](const unsigned int v) {
      double length = std::numeric_limits<double>::max();
      for (const unsigned int c : around[v])
        for (const unsigned int other : cells[c].vertices)
          if (other != v)
            length = std::min(length, vertices[v].distance(vertices[other]));
      return length;
    };

    double step = first_step;
    for (unsigned int sweep = 0; sweep < n_sweeps && step > last_step; ++sweep)
      {
        bool is_better = false;
        for (unsigned int v = 0; v < vertices.size(); ++v)
          {
            double best = around[v].empty() ? wanted : quality(v);
            if (best >= wanted)
              continue;
            const double length = step * shortest_edge(v);
            for (unsigned int direction = 0; direction < 2 * dim; ++direction)
              {
                const Point<dim> old   = vertices[v];
                Point<dim>       place = old;
                place[direction / 2] += direction % 2 == 0 ? length : -length;
                vertices[v]          = project(v, place);
                const double changed = quality(v);
                if (changed > best + gain)
                  {
                    best      = changed;
                    is_better = true;
                  }
                else
                  vertices[v] = old;
              }
          }
        if (!is_better)
          step *= 0.5;
      }
    double smallest = std::numeric_limits<double>::max();
    for (const CellData<dim> &cell : cells)
      smallest = std::min(smallest, scaled_jacobian(vertices, cell));
    return smallest;
  }

#define INSTANTIATE(dim)                                                                        \
  template double scaled_jacobian<dim>(const std::vector<Point<dim>> &, const CellData<dim> &); \
  template double smooth_cells<dim>(                                                            \
    std::vector<Point<dim>> &,                                                                  \
    const std::vector<CellData<dim>> &,                                                         \
    const std::function<Point<dim>(const unsigned int, const Point<dim> &)> &,                  \
    const double);
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
