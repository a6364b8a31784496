// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "discretization/discretization.h"

#include <deal.II/base/quadrature_lib.h>
#include <deal.II/dofs/dof_tools.h>
#include <deal.II/fe/fe_q.h>
#include <deal.II/fe/fe_system.h>
#include <deal.II/fe/fe_tools.h>
#include <deal.II/fe/fe_values.h>
#include <deal.II/fe/mapping_q.h>
#include <deal.II/lac/la_parallel_vector.h>
#include <deal.II/numerics/vector_tools_interpolate.h>

#include "geometry/shapes.h"

#include <array>
#include <limits>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    /**
     * Moves the nodes inside of a cell along with those on its faces, linearly in between (W. J.
     * Gordon, C. A. Hall 1973), so that the map stays smooth. The nodes are ordered along x first.
     */
    template <int dim>
    void
    follow_faces(std::vector<Tensor<1, dim>> &moves, const std::vector<Point<1>> &nodes_1d)
    {
      std::vector<Tensor<1, dim>> followed(moves.size());
      for (unsigned int direction = 0, stride = 1; direction < dim;
           stride *= nodes_1d.size(), ++direction)
        {
          const std::vector<Tensor<1, dim>> before = followed;
          for (unsigned int node = 0; node < moves.size(); ++node)
            {
              const unsigned int j     = node / stride % nodes_1d.size();
              const unsigned int first = node - j * stride;
              const unsigned int last  = first + (nodes_1d.size() - 1) * stride;
              const double       t     = nodes_1d[j][0];
              followed[node] +=
                (1. - t) * (moves[first] - before[first]) + t * (moves[last] - before[last]);
            }
        }
      moves = followed;
    }

    /**
     * Curved cells on both sides of a face may disagree about where its nodes are: at a hanging
     * one, and in three dimensions where only one of them is curved all over. Keeps one position
     * for each node, and moves those of finer cells to the coarser one's face, as the
     * constraints of a finite-element function would.
     */
    template <int dim>
    void
    close_gaps(MappingQCache<dim> &cache, const Triangulation<dim> &tria)
    {
      DoFHandler<dim> nodes(tria);
      nodes.distribute_dofs(FESystem<dim>(FE_Q<dim>(cache.get_degree()), dim));
      IndexSet relevant;
      DoFTools::extract_locally_relevant_dofs(nodes, relevant);
      AffineConstraints<double> hanging_nodes(relevant);
      DoFTools::make_hanging_node_constraints(nodes, hanging_nodes);
      hanging_nodes.close();

      LinearAlgebra::distributed::Vector<double> positions(
        nodes.locally_owned_dofs(), relevant, tria.get_communicator());
      VectorTools::get_position_vector(cache, nodes, positions);
      positions.zero_out_ghost_values(); // every process has set all that it owns
      positions.update_ghost_values();
      hanging_nodes.distribute(positions);
      positions.update_ghost_values();

      // MappingQCache wants the nodes of the other cells, too
      const FE_Q<dim>             element(cache.get_degree());
      FEValues<dim>               all_nodes(cache,
                              element,
                              Quadrature<dim>(element.get_unit_support_points()),
                              update_quadrature_points);
      const std::vector<Point<1>> nodes_1d = QGaussLobatto<1>(cache.get_degree() + 1).get_points();
      const auto order = FETools::hierarchic_to_lexicographic_numbering<dim>(cache.get_degree());
      std::vector<Tensor<1, dim>>               moves(order.size());
      std::vector<types::global_dof_index>      dofs(nodes.get_fe().n_dofs_per_cell());
      std::map<CellId, std::vector<Point<dim>>> points;
      for (const auto &cell : tria.cell_iterators())
        {
          all_nodes.reinit(cell);
          std::vector<Point<dim>> &of_cell = points[cell->id()];
          of_cell                          = all_nodes.get_quadrature_points();
          if (cell->is_active() && !cell->is_artificial())
            {
              typename DoFHandler<dim>::active_cell_iterator(
                &tria, cell->level(), cell->index(), &nodes)
                ->get_dof_indices(dofs);
              for (unsigned int k = 0; k < dofs.size(); ++k)
                {
                  const auto [component, node]  = nodes.get_fe().system_to_component_index(k);
                  moves[order[node]][component] = positions(dofs[k]) - of_cell[node][component];
                }
              follow_faces(moves, nodes_1d);
              for (unsigned int node = 0; node < order.size(); ++node)
                of_cell[node] += moves[order[node]];
            }
        }
      cache.initialize(tria, [&](const typename Triangulation<dim>::cell_iterator &cell) {
        return points.at(cell->id());
      });
    }
  } // namespace

  template <int dim>
  Discretization<dim>::Discretization(const Mesh<dim> &mesh, const unsigned int degree)
    : mesh_used(&mesh)
    , polynomial_degree(degree)
    , quadrature_1d(QGauss<1>(degree + 1))
    , dofs(mesh.triangulation())
  {
    const auto cache = std::make_shared<MappingQCache<dim>>(degree);
    cache->initialize(MappingQ<dim>(degree), mesh.triangulation());
    if (dim == 3 || Utilities::MPI::logical_or(mesh.triangulation().has_hanging_nodes(),
                                               mesh.triangulation().get_communicator()))
      close_gaps(*cache, mesh.triangulation());
    mapping_cache = cache;
    distribute();
  }

  template <int dim>
  Discretization<dim>::Discretization(const Discretization<dim> &other, const unsigned int degree)
    : mesh_used(other.mesh_used)
    , polynomial_degree(degree)
    , mapping_cache(other.mapping_cache)
    , quadrature_1d(QGauss<1>(degree + 1))
    , dofs(other.mesh().triangulation())
  {
    distribute();
  }

  template <int dim>
  void
  Discretization<dim>::distribute()
  {
    dofs.distribute_dofs(FE_Q<dim>(polynomial_degree));
    DoFTools::extract_locally_relevant_dofs(dofs, relevant);
    constraints.reinit(relevant);
    DoFTools::make_hanging_node_constraints(dofs, constraints);
    constraints.close();
  }

  template <int dim>
  IndexSet
  Discretization<dim>::wall_dofs(const BoundaryKind kind) const
  {
    const std::set<types::boundary_id> ids = boundary_ids(mesh().domain(), dim, kind);
    // an empty set of ids would mean "all of the boundary" to deal.II
    return ids.empty() ? IndexSet(dofs.n_dofs())
                       : DoFTools::extract_boundary_dofs(dofs, ComponentMask(), ids);
  }

  template <int dim>
  types::global_dof_index
  Discretization<dim>::nearest_vertex_dof(const Point<dim> &point) const
  {
    using Candidate = std::array<double, dim + 1>; // distance, then the node
    Candidate               best;
    types::global_dof_index dof = numbers::invalid_dof_index;
    best.fill(std::numeric_limits<double>::max());

    const double rounding  = 1e-9 * point.distance(Point<dim>()) + 1e-12;
    const auto   is_nearer = [&](const Candidate &a, const Candidate &b) {
      if (std::abs(a[0] - b[0]) > rounding)
        return a[0] < b[0];
      for (unsigned int i = 1; i <= dim; ++i)
        if (std::abs(a[i] - b[i]) > rounding)
          return a[i] < b[i];
      return false;
    };

    const IndexSet walls = wall_dofs(BoundaryKind::absorbing);
    for (const auto &cell : dofs.active_cell_iterators())
      if (cell->is_locally_owned())
        for (const unsigned int v : cell->vertex_indices())
          {
            const types::global_dof_index index = cell->vertex_dof_index(v, 0);
            if (constraints.is_constrained(index) || walls.is_element(index))
              continue;
            Candidate candidate;
            candidate[0] = cell->vertex(v).distance(point);
            for (unsigned int k = 0; k < dim; ++k)
              candidate[k + 1] = cell->vertex(v)[k];
            if (is_nearer(candidate, best))
              {
                best = candidate;
                dof  = index;
              }
          }

    std::pair<Candidate, types::global_dof_index> nearest(best, dof);
    for (const auto &other : Utilities::MPI::all_gather(communicator(), nearest))
      if (is_nearer(other.first, nearest.first))
        nearest = other;
    return nearest.second;
  }

  template <int dim>
  IndexSet
  Discretization<dim>::fixed_dofs(const FixedUnknowns<dim> &fixed) const
  {
    IndexSet numbers(dofs.n_dofs());
    if (fixed.absorbing_walls)
      numbers.add_indices(wall_dofs(BoundaryKind::absorbing));
    if (fixed.pin)
      numbers.add_index(nearest_vertex_dof(*fixed.pin));
    return numbers;
  }

  template <int dim>
  const Mesh<dim> &
  Discretization<dim>::mesh() const
  {
    return *mesh_used;
  }

  template <int dim>
  const Mapping<dim> &
  Discretization<dim>::mapping() const
  {
    return *mapping_cache;
  }

  template <int dim>
  const DoFHandler<dim> &
  Discretization<dim>::dof_handler() const
  {
    return dofs;
  }

  template <int dim>
  const Quadrature<1> &
  Discretization<dim>::quadrature() const
  {
    return quadrature_1d;
  }

  template <int dim>
  const AffineConstraints<double> &
  Discretization<dim>::hanging_nodes() const
  {
    return constraints;
  }

  template <int dim>
  const IndexSet &
  Discretization<dim>::relevant_dofs() const
  {
    return relevant;
  }

  template <int dim>
  unsigned int
  Discretization<dim>::degree() const
  {
    return polynomial_degree;
  }

  template <int dim>
  MPI_Comm
  Discretization<dim>::communicator() const
  {
    return dofs.get_communicator();
  }

  template class Discretization<1>;
  template class Discretization<2>;
  template class Discretization<3>;
} // namespace dynkin
