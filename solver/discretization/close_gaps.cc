// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "discretization/close_gaps.h"

#include <deal.II/base/quadrature_lib.h>
#include <deal.II/dofs/dof_tools.h>
#include <deal.II/fe/fe_q.h>
#include <deal.II/fe/fe_system.h>
#include <deal.II/fe/fe_tools.h>
#include <deal.II/lac/la_parallel_vector.h>

#include <algorithm>
#include <utility>
#include <vector>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    using Positions = LinearAlgebra::distributed::Vector<double>;

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
            std::vector<std::pair<unsigned int, unsigned int>> inner; // tick, stride
            unsigned int                                       stride = 1;
            for (unsigned int k = 0; k < dim; ++k, stride *= last + 1)
              if (const unsigned int tick = node / stride % (last + 1); tick > 0 && tick < last)
                inner.emplace_back(tick, stride);
            if (inner.size() != inner_directions || is_given[node])
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

    /** Of each unknown of a system of equal elements: node + component * nodes of an element. */
    template <int dim>
    std::vector<unsigned int>
    numbers_of_nodes(const FiniteElement<dim> &system)
    {
      std::vector<unsigned int> numbers;
      for (unsigned int k = 0; k < system.n_dofs_per_cell(); ++k)
        {
          const auto [component, node] = system.system_to_component_index(k);
          numbers.push_back(node + component * system.n_dofs_per_cell() / dim);
        }
      return numbers;
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

    /** Where a process has set each node that it owns: one of the places its cells have for it. */
    template <int dim>
    void
    set_positions(const DoFHandler<dim> &nodes, const CellNodes<dim> &points, Positions &positions)
    {
      const unsigned int                   n_nodes = nodes.get_fe().n_dofs_per_cell() / dim;
      const std::vector<unsigned int>      number  = numbers_of_nodes(nodes.get_fe());
      std::vector<types::global_dof_index> dofs(number.size());
      for (const auto &cell : nodes.active_cell_iterators())
        if (cell->is_locally_owned())
          {
            cell->get_dof_indices(dofs);
            for (unsigned int k = 0; k < dofs.size(); ++k)
              positions(dofs[k]) =
                points[cell->level()][cell->index()][number[k] % n_nodes][number[k] / n_nodes];
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
                            const Positions                 &original,
                            Positions                       &positions)
    {
      const FiniteElement<dim>       &element = nodes.get_fe();
      const unsigned int              n_nodes = Utilities::pow(element.degree + 1, dim);
      const std::vector<Point<1>>     ticks   = QGaussLobatto<1>(element.degree + 1).get_points();
      const std::vector<unsigned int> place =
        FETools::hierarchic_to_lexicographic_numbering<dim>(element.degree);
      std::vector<types::global_dof_index> dofs(element.n_dofs_per_cell());
      for (const auto &cell : nodes.active_cell_iterators())
        if (cell->is_locally_owned())
          {
            std::vector<Tensor<1, dim>> d(n_nodes);
            std::vector<bool>           is_given(n_nodes);
            cell->get_dof_indices(dofs);
            for (unsigned int k = 0; k < dofs.size(); ++k)
              {
                const auto [component, node] = element.system_to_component_index(k);
                d[place[node]][component]    = positions(dofs[k]) - original(dofs[k]);
                is_given[place[node]]        = hanging_nodes.is_constrained(dofs[k]);
              }
            blend(d, is_given, ticks);
            for (unsigned int k = 0; k < dofs.size(); ++k)
              {
                const auto [component, node] = element.system_to_component_index(k);
                if (positions.in_local_range(dofs[k]) && !is_given[place[node]])
                  positions(dofs[k]) = original(dofs[k]) + d[place[node]][component];
              }
          }
    }

    template <int dim>
    void
    follow_hanging_nodes(const DoFHandler<dim>           &nodes,
                         const AffineConstraints<double> &hanging_nodes,
                         Positions                       &positions)
    {
      Positions original(positions);
      original.update_ghost_values();
      hanging_nodes.distribute(positions);
      for (unsigned int round = 0; round < n_rounds; ++round)
        {
          positions.update_ghost_values();
          move_with_hanging_nodes(nodes, hanging_nodes, original, positions);
          positions.update_ghost_values();
          hanging_nodes.distribute(positions);
        }
    }

    /** Moves the nodes of active cells to their `positions`; the inside follows. */
    template <int dim>
    void
    move_nodes(const DoFHandler<dim> &nodes, const Positions &positions, CellNodes<dim> &points)
    {
      const FE_Q<dim>                 element(nodes.get_fe().degree);
      const unsigned int              n_nodes  = element.n_dofs_per_cell();
      const unsigned int              n_inside = element.template n_dofs_per_object<dim>();
      const std::vector<Point<1>>     ticks    = QGaussLobatto<1>(element.degree + 1).get_points();
      const std::vector<unsigned int> place =
        FETools::hierarchic_to_lexicographic_numbering<dim>(element.degree);
      const std::vector<unsigned int>      number = numbers_of_nodes(nodes.get_fe());
      std::vector<types::global_dof_index> dofs(number.size());
      std::vector<Tensor<1, dim>>          d(n_nodes);
      std::vector<bool>                    is_given(n_nodes);
      for (unsigned int node = 0; node < n_nodes; ++node)
        is_given[place[node]] = node < n_nodes - n_inside;
      for (const auto &cell : nodes.active_cell_iterators())
        if (!cell->is_artificial())
          {
            std::vector<Point<dim>> &of_cell = points[cell->level()][cell->index()];
            cell->get_dof_indices(dofs);
            for (unsigned int k = 0; k < dofs.size(); ++k)
              {
                const unsigned int node = number[k] % n_nodes, component = number[k] / n_nodes;
                d[place[node]][component] = positions(dofs[k]) - of_cell[node][component];
              }
            if (largest_norm(d) > rounding * cell->diameter())
              blend(d, is_given, ticks);
            for (unsigned int node = 0; node < n_nodes; ++node)
              of_cell[node] += d[place[node]];
          }
    }
  } // namespace

  template <int dim>
  void
  initialize_without_gaps(MappingQCache<dim> &cache, const Triangulation<dim> &tria)
  {
    DoFHandler<dim> nodes(tria);
    nodes.distribute_dofs(FESystem<dim>(FE_Q<dim>(cache.get_degree()), dim));
    IndexSet relevant;
    DoFTools::extract_locally_relevant_dofs(nodes, relevant);
    AffineConstraints<double> hanging_nodes(relevant);
    DoFTools::make_hanging_node_constraints(nodes, hanging_nodes);
    hanging_nodes.close();

    CellNodes<dim> points = compute_nodes(tria, cache.get_degree());
    Positions      positions(nodes.locally_owned_dofs(), relevant, tria.get_communicator());
    set_positions(nodes, points, positions);
    positions.zero_out_ghost_values(); // every process has set all that it owns
    if (Utilities::MPI::logical_or(tria.has_hanging_nodes(), tria.get_communicator()))
      follow_hanging_nodes(nodes, hanging_nodes, positions);
    positions.update_ghost_values();

    move_nodes(nodes, positions, points);
    cache.initialize(tria, [&](const typename Triangulation<dim>::cell_iterator &cell) {
      return points[cell->level()][cell->index()];
    });
  }

  template void
  initialize_without_gaps(MappingQCache<1> &, const Triangulation<1> &);
  template void
  initialize_without_gaps(MappingQCache<2> &, const Triangulation<2> &);
  template void
  initialize_without_gaps(MappingQCache<3> &, const Triangulation<3> &);
} // namespace dynkin
