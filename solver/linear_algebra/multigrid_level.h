// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_linear_algebra_multigrid_level_h
#define dynkin_linear_algebra_multigrid_level_h

#include <vector>

#include "linear_algebra/cell_schwarz.h"
#include "linear_algebra/degree_transfer.h"

namespace dynkin
{
  /**
   * A level of a multigrid method: the operator of a form on a space, K or K^T, with some
   * unknowns fixed at 0, and its smoother.
   */
  template <int dim, typename Number>
  class MultigridLevel
  {
  public:
    using VectorType = typename CellOperator<dim, Number>::VectorType;

    /** The operator of a finer space, restricted, times a number; `coarser` is the next space. */
    MultigridLevel(const CellOperator<dim, double> &finest,
                   const Discretization<dim>       &space,
                   const Discretization<dim>       &coarser,
                   const Direction                  direction,
                   const FixedUnknowns<dim>        &fixed,
                   const double                     factor);

    /** A smoothing step for the right-hand side, from solution = 0. */
    void
    smooth_from_zero() const;

    /** One from what the solution is. */
    void
    smooth() const;

    /** What is left of the right-hand side becomes that of the next level. */
    void
    restrict_residual(VectorType &coarse) const;

    /** Adds the correction of the next level to the solution. */
    void
    add_correction(const VectorType &coarse) const;

    VectorType &
    right_hand_side() const;
    VectorType &
    solution() const;

  private:
    /**
     * Chebyshev iteration for the eigenvalues of the preconditioned operator from
     * largest / range to largest, from x = 0 or what x is; Y. Saad, Iterative Methods for
     * Sparse Linear Systems (2003), algorithm 12.1.
     */
    void
    iterate(const bool from_zero) const;

    /** Estimates the largest eigenvalue of the preconditioned operator. */
    double
    largest_eigenvalue(const VectorType &diagonal) const;

    /** Also at hanging nodes. */
    void
    zero_fixed(VectorType &vector) const;

    const CellOperator<dim, Number>   cells;
    const Direction                   direction;
    const DegreeTransfer<dim, Number> transfer; // to the next level
    std::vector<unsigned int>         fixed_locally_owned;
    CellSchwarz<dim, Number>          preconditioner;
    double                            largest;
    mutable VectorType                x, b, residual, correction, step;
  };
} // namespace dynkin

#endif
