// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_form_hanging_nodes_h
#define dynkin_form_hanging_nodes_h

#include "form/cell_operator.h"

#include <vector>

namespace dynkin
{
  /**
   * The hanging nodes of cells among their lexicographic values: what cell integrators
   * cannot do with them, as they distribute values like those of a functional.
   */
  template <int dim, typename Number>
  class HangingNodes
  {
  public:
    using VectorType = typename CellOperator<dim, Number>::VectorType;
    using Values     = typename CellOperator<dim, Number>::Values;
    using Integrator = typename CellOperator<dim, Number>::Integrator;

    explicit HangingNodes(const CellOperator<dim, Number> &cells);

    /** Sets the values at hanging nodes to a number. */
    void
    set(const unsigned int pack, const Number number, Values *values) const;

    /**
     * Adds the values of the integrator, entries of a diagonal, to a vector. A node i that a
     * hanging node h depends on, by the weight C_hi, gets C_hi^2 times the entry of h, the
     * diagonal of C^T A C up to products of different nodes.
     */
    void
    distribute_diagonal(Integrator &cell, VectorType &diagonal) const;

  private:
    struct Node
    {
      unsigned int                    node, lane;
      dealii::types::global_dof_index dof;
    };

    const dealii::AffineConstraints<double> &constraints;
    std::vector<Node>                        nodes; // of pack p from starts[p] to starts[p+1]
    std::vector<unsigned int>                starts;
  };
} // namespace dynkin

#endif
