// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_discretization_discretization_h
#define dynkin_discretization_discretization_h

#include <deal.II/dofs/dof_handler.h>
#include <deal.II/fe/fe.h>
#include <deal.II/fe/mapping_q_cache.h>
#include <deal.II/lac/affine_constraints.h>

#include "discretization/mesh.h"

#include <memory>
#include <optional>
#include <vector>

namespace dynkin
{
  /** Unknowns that are held at given values while a system is solved. */
  template <int dim>
  struct FixedUnknowns
  {
    bool                              absorbing_walls = false;
    std::optional<dealii::Point<dim>> pin; // the vertex nearest to this point
  };

  /**
   * Mapping (of the element's degree), element, quadrature, unknowns and their
   * constraints, at hanging nodes and periodic walls, on a mesh. A container: built once, then read.
   */
  template <int dim>
  class Discretization
  {
  public:
    Discretization(const Mesh<dim> &mesh, const unsigned int degree);

    /** The same cells and mapping with another degree: a level of a multigrid method. */
    Discretization(const Discretization<dim> &other, const unsigned int degree);

    const Mesh<dim> &
    mesh() const;
    const dealii::Mapping<dim> &
    mapping() const;
    unsigned int
    mapping_degree() const;
    /** Of the mapping's Lagrange polynomials in a cell, in hierarchical order. */
    std::vector<dealii::Point<dim>>
    nodes(const typename dealii::Triangulation<dim>::cell_iterator &cell) const;
    const dealii::DoFHandler<dim> &
    dof_handler() const;
    const dealii::Quadrature<1> &
    quadrature() const;
    const dealii::AffineConstraints<double> &
    constraints() const;
    const dealii::IndexSet &
    relevant_dofs() const;
    unsigned int
    degree() const;
    MPI_Comm
    communicator() const;

    /** Unknowns on the walls of a kind, among the locally relevant ones. */
    dealii::IndexSet
    wall_dofs(const BoundaryKind kind) const;

    /**
     * The unknown of the vertex nearest to a point that is not on an absorbing
     * wall; among equally near ones that of the lexicographically smallest
     * vertex, so it depends neither on the degree nor on the number of processes.
     * `invalid_dof_index` if all vertices are on absorbing walls.
     */
    dealii::types::global_dof_index
    nearest_vertex_dof(const dealii::Point<dim> &point) const;

    /** The numbers of fixed unknowns, among the locally relevant ones. */
    dealii::IndexSet
    fixed_dofs(const FixedUnknowns<dim> &fixed) const;

    /** Those that a linear system is not solved for, among the locally owned ones: fixed or constrained. */
    dealii::IndexSet
    eliminated_dofs(const FixedUnknowns<dim> &fixed) const;

  private:
    /** Lets everyone see the nodes of a cell. */
    class NodeCache : public dealii::MappingQCache<dim>
    {
    public:
      using dealii::MappingQCache<dim>::MappingQCache;
      using dealii::MappingQCache<dim>::compute_mapping_support_points;
    };

    void
    distribute();

    /** Adds the constraints that make opposite periodic walls one. */
    void
    join_periodic_walls();

    const Mesh<dim>                  *mesh_used;
    unsigned int                      polynomial_degree;
    std::shared_ptr<const NodeCache>  mapping_cache;
    dealii::Quadrature<1>             quadrature_1d;
    dealii::DoFHandler<dim>           dofs;
    dealii::IndexSet                  relevant;
    dealii::AffineConstraints<double> node_constraints;
  };
} // namespace dynkin

#endif
