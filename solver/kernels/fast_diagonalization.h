// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_kernels_fast_diagonalization_h
#define dynkin_kernels_fast_diagonalization_h

#include <deal.II/base/table.h>

#include <array>
#include <memory>

#include "kernels/pack.h"

namespace dynkin
{
  /**
   * The inverses of many matrices K x M x M + M x K x M + M x M x K (in 3-D), K and M
   * symmetric and different in each direction, M positive definite:
   *
   *   (V x V x V) Lambda^{-1} (V x V x V)^T,   V^T M V = 1,   V^T K V = diag lambda
   *
   * in each direction, Lambda the sums of the lambda; R. E. Lynch, J. R. Rice,
   * D. H. Thomas, Numer. Math. 6 (1964). Packs of matrices are inverted at a time.
   *
   * deal.II's TensorProductMatrixSymmetricSum does the same for a single matrix, but
   * takes many times as long for a mesh of them: it divides, locks a mutex, and keeps
   * twelve tables for each.
   */
  template <int dim, typename Number>
  class FastDiagonalization
  {
  public:
    using Values   = Pack<Number>;
    using Matrices = std::array<dealii::Table<2, Values>, dim>; // one for each direction

    virtual ~FastDiagonalization() = default;

    /** The M and K of the next pack of matrices. */
    virtual void
    add(const Matrices &mass, const Matrices &stiffness) = 0;

    /** Replaces lexicographic values by the inverse applied to them. */
    virtual void
    apply(const unsigned int pack, Values *values) const = 0;

    /** For matrices of this size. */
    static std::unique_ptr<FastDiagonalization>
    create(const unsigned int size);
  };
} // namespace dynkin

#endif
