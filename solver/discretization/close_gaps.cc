// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "discretization/close_gaps.h"

#include <deal.II/base/quadrature_lib.h>
#include <deal.II/fe/fe_tools.h>
#include <deal.II/lac/la_parallel_vector.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    /** The coordinates of all nodes. */
    template <int dim>
    using Positions = std::array<LinearAlgebra::distributed::Vector<double>, dim>;

    /** The nodes of all cells: by level, index and number in a cell, hierarchical. */
    template <int dim>
    using CellNodes = std::vector<std::vector<std::vector<Point<dim>>>>;

    constexpr unsigned int n_rounds = 2; // a node that was moved may hold hanging ones itself
    constexpr double       rounding = 1e-14;

    /**
     * Extends displacements d of some nodes of a cell (in lexicographic order) to the others by
     * transfinite interpolation: lines from their ends, then quadrilaterals from their lines,
     * then the inside, d = (1 - (1 - P_1) ... (1 - P_dim)) d with P_k linear between the two
     * ends of direction k.
     */
    template <int dim>
    void
    blend(std::vector<Tensor<1, dim>> &d,
          const std::vector<bool>     &is_given,
          const std::vector<Point<1>> &ticks)
    {
      const unsigned int last = ticks.size() - 1;
      for (unsigned int inner_directions = 1; inner_directions <= dim; ++inner_directions)
        for (unsigned int node = 0; node < d.size(); ++node)
          {
            std::array<std::pair<unsigned int, unsigned int>, dim> inner; // tick, stride
            unsigned int                                           n_inner = 0, stride = 1;
            for (unsigned int k = 0; k < dim; ++k, stride *= last + 1)
              if (const unsigned int tick = node / stride % (last + 1); tick > 0 && tick < last)
                inner[n_inner++] = {tick, stride};
            if (n_inner != inner_directions || is_given[node])
              continue;
            Tensor<1, dim> sum;
            // each direction: not projected (0), first end (1), second end (2)
            for (unsigned int choice = 1; choice < Utilities::pow(3U, inner_directions); ++choice)
              {
                double       weight = -1.;
                unsigned int source = node;
                for (unsigned int k = 0, digits = choice; k < inner_directions; ++k, digits /= 3)
                  if (const auto [tick, step] = inner[k]; digits % 3 == 1)
                    {
                      weight *= ticks[tick][0] - 1.;
                      source -= tick * step;
                    }
                  else if (digits % 3 == 2)
                    {
                      weight *= -ticks[tick][0];
                      source += (last - tick) * step;
                    }
                sum += weight * d[source];
              }
            d[node] = sum;
          }
    }

    /** Lets everyone see the nodes a mapping computes for a cell. */
    template <int dim>
    class OpenMapping : public MappingQ<dim>
    {
    public:
      using MappingQ<dim>::MappingQ;
      using MappingQ<dim>::compute_mapping_support_points;
    };

    template <int dim>
    CellNodes<dim>
    compute_nodes(const Triangulation<dim> &tria, const unsigned int degree)
    {
      const OpenMapping<dim> mapping(degree);
      CellNodes<dim>         points(tria.n_levels());
      for (unsigned int level = 0; level < tria.n_levels(); ++level)
        points[level].resize(tria.n_raw_cells(level));
      for (const auto &cell : tria.cell_iterators())
        points[cell->level()][cell->index()] = mapping.compute_mapping_support_points(cell);
      return points;
    }

    template <int dim>
    void
    update_ghost_values(Positions<dim> &positions)
    {
      for (auto &coordinates : positions)
        coordinates.update_ghost_values();
    }

    /** Where a process has set each node that it owns: one of the places its cells have for it. */
    template <int dim>
    void
    set_positions(const DoFHandler<dim> &nodes,
                  const CellNodes<dim>  &points,
                  Positions<dim>        &positions)
    {
      std::vector<types::global_dof_index> dofs(nodes.get_fe().n_dofs_per_cell());
      for (const auto &cell : nodes.active_cell_iterators())
        if (cell->is_locally_owned())
          {
            cell->get_dof_indices(dofs);
            for (unsigned int node = 0; node < dofs.size(); ++node)
              for (unsigned int i = 0; i < dim; ++i)
                positions[i](dofs[node]) = points[cell->level()][cell->index()][node][i];
          }
    }

    template <int dim>
    double
    largest_norm(const std::vector<Tensor<1, dim>> &d)
    {
      double largest = 0.;
      for (const auto &vector : d)
        largest = std::max(largest, vector.norm());
      return largest;
    }

    /** Let lines and faces follow their hanging nodes from `original` to `positions`. */
    template <int dim>
    void
    move_with_hanging_nodes(const DoFHandler<dim>           &nodes,
                            const AffineConstraints<double> &hanging_nodes,
                            const Positions<dim>            &original,
                            Positions<dim>                  &positions)
    {
      const unsigned int              degree  = nodes.get_fe().degree;
      const unsigned int              n_nodes = nodes.get_fe().n_dofs_per_cell();
      const std::vector<Point<1>>     ticks   = QGaussLobatto<1>(degree + 1).get_points();
      const std::vector<unsigned int> place =
        FETools::hierarchic_to_lexicographic_numbering<dim>(degree);
      std::vector<types::global_dof_index> dofs(n_nodes);
      for (const auto &cell : nodes.active_cell_iterators())
        if (cell->is_locally_owned())
          {
            std::vector<Tensor<1, dim>> d(n_nodes);
            std::vector<bool>           is_given(n_nodes);
            cell->get_dof_indices(dofs);
            for (unsigned int node = 0; node < n_nodes; ++node)
              {
                for (unsigned int i = 0; i < dim; ++i)
                  d[place[node]][i] = positions[i](dofs[node]) - original[i](dofs[node]);
                is_given[place[node]] = hanging_nodes.is_constrained(dofs[node]);
              }
            if (largest_norm(d) <= rounding * cell->diameter())
              continue;
            blend(d, is_given, ticks);
            for (unsigned int node = 0; node < n_nodes; ++node)
              if (positions[0].in_local_range(dofs[node]) && !is_given[place[node]])
                for (unsigned int i = 0; i < dim; ++i)
                  positions[i](dofs[node]) = original[i](dofs[node]) + d[place[node]][i];
          }
    }

    template <int dim>
    void
    follow_hanging_nodes(const DoFHandler<dim>           &nodes,
                         const AffineConstraints<double> &hanging_nodes,
                         Positions<dim>                  &positions)
    {
      Positions<dim> original(positions);
      update_ghost_values<dim>(original);
      for (auto &coordinates : positions)
        hanging_nodes.distribute(coordinates);
      for (unsigned int round = 0; round < n_rounds; ++round)
        {
          update_ghost_values<dim>(positions);
          move_with_hanging_nodes<dim>(nodes, hanging_nodes, original, positions);
          for (auto &coordinates : positions)
            {
              coordinates.update_ghost_values();
              hanging_nodes.distribute(coordinates);
            }
        }
    }

    /** Moves the nodes of active cells to their `positions`; the inside follows. */
    template <int dim>
    void
    move_nodes(const DoFHandler<dim> &nodes,
               const Positions<dim>  &positions,
               CellNodes<dim>        &points)
    {
      const FiniteElement<dim>       &element  = nodes.get_fe();
      const unsigned int              n_nodes  = element.n_dofs_per_cell();
      const unsigned int              n_inside = element.template n_dofs_per_object<dim>();
      const std::vector<Point<1>>     ticks    = QGaussLobatto<1>(element.degree + 1).get_points();
      const std::vector<unsigned int> place =
        FETools::hierarchic_to_lexicographic_numbering<dim>(element.degree);
      std::vector<types::global_dof_index> dofs(n_nodes);
      std::vector<Tensor<1, dim>>          d(n_nodes);
      std::vector<bool>                    is_given(n_nodes);
      for (unsigned int node = 0; node < n_nodes; ++node)
        is_given[place[node]] = node < n_nodes - n_inside;
      for (const auto &cell : nodes.active_cell_iterators())
        if (!cell->is_artificial())
          {
            std::vector<Point<dim>> &of_cell = points[cell->level()][cell->index()];
            cell->get_dof_indices(dofs);
            for (unsigned int node = 0; node < n_nodes; ++node)
              for (unsigned int i = 0; i < dim; ++i)
                d[place[node]][i] = positions[i](dofs[node]) - of_cell[node][i];
            if (largest_norm(d) > rounding * cell->diameter())
              blend(d, is_given, ticks);
            for (unsigned int node = 0; node < n_nodes; ++node)
              of_cell[node] += d[place[node]];
          }
    }
  } // namespace

  template <int dim>
  void
  initialize_without_gaps(MappingQCache<dim>              &cache,
                          const DoFHandler<dim>           &nodes,
                          const AffineConstraints<double> &hanging_nodes)
  {
    const Triangulation<dim> &tria   = nodes.get_triangulation();
    CellNodes<dim>            points = compute_nodes(tria, cache.get_degree());
    Positions<dim>            positions;
    for (auto &coordinates : positions)
      coordinates.reinit(
        nodes.locally_owned_dofs(), hanging_nodes.get_local_lines(), tria.get_communicator());
    set_positions<dim>(nodes, points, positions);
    for (auto &coordinates : positions)
      coordinates.zero_out_ghost_values(); // every process has set all that it owns
    if (Utilities::MPI::logical_or(tria.has_hanging_nodes(), tria.get_communicator()))
      follow_hanging_nodes<dim>(nodes, hanging_nodes, positions);
    update_ghost_values<dim>(positions);

    move_nodes<dim>(nodes, positions, points);
    cache.initialize(tria, [&](const typename Triangulation<dim>::cell_iterator &cell) {
      return points[cell->level()][cell->index()];
    });
  }

#define INSTANTIATE(dim)                 \
  template void initialize_without_gaps( \
    MappingQCache<dim> &, const DoFHandler<dim> &, const AffineConstraints<double> &);
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
