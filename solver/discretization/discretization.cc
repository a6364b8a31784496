// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "discretization/discretization.h"

#include <deal.II/base/quadrature_lib.h>
#include <deal.II/dofs/dof_tools.h>
#include <deal.II/fe/fe_q.h>
#include <deal.II/fe/mapping_q.h>

#include "discretization/close_gaps.h"

#include <array>
#include <limits>

using namespace dealii;

namespace dynkin
{
  template <int dim>
  Discretization<dim>::Discretization(const Mesh<dim> &mesh, const unsigned int degree)
    : mesh_used(&mesh)
    , polynomial_degree(degree)
    , quadrature_1d(QGauss<1>(degree + 1))
    , dofs(mesh.triangulation())
  {
    distribute();
    // cells of a line are affine; nodes in between would only bring the rounding of their positions
    const unsigned int mapping_degree = dim == 1 ? 1 : degree;
    const auto         cache          = std::make_shared<NodeCache>(mapping_degree);
    if (dim == 3 ||
        (dim == 2 && Utilities::MPI::logical_or(mesh.triangulation().has_hanging_nodes(),
                                                mesh.triangulation().get_communicator())))
      initialize_without_gaps(*cache, dofs, node_constraints);
    else
      cache->initialize(MappingQ<dim>(mapping_degree), mesh.triangulation());
    mapping_cache = cache;
    join_periodic_walls();
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
    join_periodic_walls();
  }

  template <int dim>
  void
  Discretization<dim>::distribute()
  {
    dofs.distribute_dofs(FE_Q<dim>(polynomial_degree));
    DoFTools::extract_locally_relevant_dofs(dofs, relevant);
    node_constraints.reinit(relevant);
    DoFTools::make_hanging_node_constraints(dofs, node_constraints);
    node_constraints.close();
  }

  template <int dim>
  void
  Discretization<dim>::join_periodic_walls()
  {
    const std::vector<unsigned int> axes = mesh().domain().periodic_axes();
    if (axes.empty())
      return;
    AffineConstraints<double> joined(relevant);
    if constexpr (dim == 1)
      {
        // the unknowns of the two ends, wherever their cells are
        std::array<types::global_dof_index, 2> ends;
        ends.fill(0);
        for (const auto &cell : dofs.active_cell_iterators())
          if (cell->is_locally_owned())
            for (const unsigned int v : {0, 1})
              if (cell->at_boundary(v))
                ends[v] = cell->vertex_dof_index(v, 0);
        for (types::global_dof_index &end : ends)
          end = Utilities::MPI::max(end, communicator());
        if (relevant.is_element(ends[1]))
          relevant.add_index(ends[0]);
        joined.reinit(relevant);
        if (relevant.is_element(ends[1]))
          {
            joined.add_line(ends[1]);
            joined.add_entry(ends[1], ends[0], 1.);
          }
      }
    else
      {
        DoFTools::make_hanging_node_constraints(dofs, joined);
        for (const unsigned int axis : axes)
          DoFTools::make_periodicity_constraints(dofs, 2 * axis, 2 * axis + 1, axis, joined);
      }
    joined.close();
    node_constraints = std::move(joined);
  }

  template <int dim>
  IndexSet
  Discretization<dim>::wall_dofs(const BoundaryKind kind) const
  {
    const std::set<types::boundary_id> ids = mesh().domain().boundary_ids(kind);
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

    double smallest = std::numeric_limits<double>::max(); // cell
    for (const auto &cell : dofs.active_cell_iterators())
      if (cell->is_locally_owned())
        smallest = std::min(smallest, cell->diameter());
    const double rounding  = 1e-9 * Utilities::MPI::min(smallest, communicator());
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
            if (node_constraints.is_constrained(index) || walls.is_element(index))
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
  IndexSet
  Discretization<dim>::eliminated_dofs(const FixedUnknowns<dim> &fixed) const
  {
    std::vector<types::global_dof_index> constrained;
    for (const auto &line : node_constraints.get_lines())
      constrained.push_back(line.index);
    IndexSet numbers = fixed_dofs(fixed);
    numbers.add_indices(constrained.begin(), constrained.end());
    return numbers & dofs.locally_owned_dofs();
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
  unsigned int
  Discretization<dim>::mapping_degree() const
  {
    return mapping_cache->get_degree();
  }

  template <int dim>
  std::vector<Point<dim>>
  Discretization<dim>::nodes(const typename Triangulation<dim>::cell_iterator &cell) const
  {
    return mapping_cache->compute_mapping_support_points(cell);
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
  Discretization<dim>::constraints() const
  {
    return node_constraints;
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
