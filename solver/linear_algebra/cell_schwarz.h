// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_linear_algebra_cell_schwarz_h
#define dynkin_linear_algebra_cell_schwarz_h

#include <array>
#include <memory>
#include <set>

#include "form/hanging_nodes.h"
#include "kernels/fast_diagonalization.h"

namespace dynkin
{
  /**
   * Additive Schwarz method with one subdomain for each cell, all nodes of the closed
   * cell: sum_c S R_c^T A_c^{-1} R_c S, where S^2 = 1 / (diag K sum_c R_c^T (1 / diag A_c)):
   * a node counts as much as its entry in the diagonal of the form K says, however small
   * it is in one of its cells (as where cells of different sizes meet). The local problem is
   * the separable one next to the symmetric part of the cell operation: with D_kk(x)
   * about c_k prod_j g_j(x_j) and unit-cell coordinates x_k,
   *
   *   A_c = sum_k c_k (int g_k phi' phi') (x) prod_{j != k} (int g_j phi phi),
   *
   * the entries of nodes on an inner face enlarged by what the neighbours add to the
   * diagonal there. It is inverted by fast diagonalisation for the price of one operator
   * application, and copes with flat cells and weights that fall along them, where point
   * smoothers fail; J. W. Lottes, P. F. Fischer, J. Sci. Comput. 24 (2005).
   */
  template <int dim, typename Number>
  class CellSchwarz
  {
  public:
    using VectorType = typename CellOperator<dim, Number>::VectorType;

    /** `diagonal` is that of the form, 0 at unknowns that are not solved for. */
    void
    initialize(const CellOperator<dim, Number> &cells,
               const bool                       absorbing_walls,
               const VectorType                &diagonal);

    void
    vmult(VectorType &dst, const VectorType &src) const;

    /** The same without the two S. */
    void
    solve_cells(VectorType                                        &dst,
                const VectorType                                  &src,
                const typename CellOperator<dim, Number>::OnRange &after = {}) const;

    /** S, 0 at fixed unknowns and hanging nodes. */
    const VectorType &
    scaling() const;

  private:
    using Values     = typename CellOperator<dim, Number>::Values;
    using Integrator = typename CellOperator<dim, Number>::Integrator;
    using Matrices   = typename FastDiagonalization<dim, Number>::Matrices;

    struct Separable
    {
      std::array<dealii::AlignedVector<Values>, dim> g; // at the quadrature points
      std::array<Values, dim>                        c;
    };

    Separable
    separate(const unsigned int pack) const;

    /** The factors of A_c of a cell on its own. */
    void
    compute_factors(const Separable &problem, Matrices &mass, Matrices &stiffness) const;

    /**
     * Takes neighbours into account, and the walls with these ids, at which unknowns are
     * fixed; `diagonal` is that of sum_c R_c^T A_c R_c.
     */
    void
    close_ends(const unsigned int                          pack,
               const std::set<dealii::types::boundary_id> &fixed_walls,
               const Values                               *diagonal,
               Matrices                                   &mass,
               Matrices                                   &stiffness) const;

    /** Of A_c, lexicographic. */
    static void
    local_diagonal(const Matrices &mass, const Matrices &stiffness, Values *diagonal);

    const CellOperator<dim, Number>                  *cell_operator = nullptr;
    std::unique_ptr<HangingNodes<dim, Number>>        hanging_nodes;
    std::unique_ptr<FastDiagonalization<dim, Number>> local;
    VectorType                                        share;
  };
} // namespace dynkin

#endif
