// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_linear_algebra_cell_schwarz_h
#define dynkin_linear_algebra_cell_schwarz_h

#include <deal.II/lac/tensor_product_matrix.h>

#include <vector>

#include "form/cell_operator.h"

namespace dynkin
{
  /**
   * Additive Schwarz method with one subdomain for each cell, all nodes of the closed
   * cell: sum_c R_c^T S A_c^{-1} S R_c, S^2 the inverse of the number of cells that share
   * a node. The local problem is the separable one next to the symmetric part of the
   * cell operation: with D_kk(x) about c_k prod_j g_j(x_j) and unit-cell coordinates x_k,
   *
   *   A_c = sum_k c_k (int g_k phi' phi') (x) prod_{j != k} (int g_j phi phi),
   *
   * at inner faces as if the neighbour were its mirror image. It is inverted by fast
   * diagonalisation for the price of one operator application, and copes with flat cells
   * and weights that fall along them, where point smoothers fail; J. W. Lottes,
   * P. F. Fischer, J. Sci. Comput. 24 (2005).
   */
  template <int dim, typename Number>
  class CellSchwarz
  {
  public:
    using VectorType = typename CellOperator<dim, Number>::VectorType;

    /** `is_free` is 1 at the unknowns that are solved for, else 0. */
    void
    initialize(const CellOperator<dim, Number> &cells,
               const bool                       absorbing_walls,
               const VectorType                &is_free);

    void
    vmult(VectorType &dst, const VectorType &src) const;

  private:
    using Lanes          = typename CellOperator<dim, Number>::Lanes;
    using CellIntegrator = typename CellOperator<dim, Number>::CellIntegrator;
    using LocalMatrix    = dealii::TensorProductMatrixSymmetricSum<dim, Lanes>;
    using Profile        = std::array<dealii::AlignedVector<Lanes>, dim>;

    /** g_k at the quadrature points and c_k. */
    void
    separate(const unsigned int batch, Profile &g, std::array<Lanes, dim> &c) const;

    const CellOperator<dim, Number> *cell_operator = nullptr;
    std::vector<LocalMatrix>         local; // of each batch
    VectorType                       share; // S, 0 at fixed unknowns
    mutable VectorType               weighted;
  };
} // namespace dynkin

#endif
