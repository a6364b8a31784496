// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_linear_algebra_degree_transfer_h
#define dynkin_linear_algebra_degree_transfer_h

#include "form/hanging_nodes.h"

namespace dynkin
{
  /**
   * Between the unknowns of two degrees on the same cells: the embedding P of the lower
   * degree into the higher one, and P^T,
   *
   *   P = W sum_c R_c^T (I x I x I) Q_c,   W = 1/(number of cells that share a node),
   *
   * where Q_c and R_c take the nodes of a cell from the coarse and the fine unknowns, and I
   * interpolates along a line.
   */
  template <int dim, typename Number>
  class DegreeTransfer
  {
  public:
    using VectorType = typename CellOperator<dim, Number>::VectorType;

    /** The operator on the finer space knows the coarser one. */
    explicit DegreeTransfer(const CellOperator<dim, Number> &fine);

    /** fine += P coarse. */
    void
    prolongate_and_add(VectorType &fine, const VectorType &coarse) const;

    /** coarse += P^T fine. */
    void
    restrict_and_add(VectorType &coarse, const VectorType &fine) const;

  private:
    using Values     = Pack<Number>;
    using Integrator = CellIntegrator<dim, Number>;

    /** Replaces values at the nodes of a coarse cell by those at the nodes of a fine one, or the transpose. */
    void
    embed(const Values *coarse, Values *fine) const;
    void
    embed_transposed(const Values *fine, Values *coarse) const;

    const CellOperator<dim, Number>      &cells;
    const HangingNodes<dim, Number>       hanging_nodes;
    int                                   n_coarse, n_fine; // nodes along a line
    dealii::AlignedVector<Values>         I;                // n_fine x n_coarse
    mutable dealii::AlignedVector<Values> work;
    VectorType                            W; // 0 at hanging nodes
    mutable VectorType                    weighted;
  };
} // namespace dynkin

#endif
