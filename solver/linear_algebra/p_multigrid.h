// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_linear_algebra_p_multigrid_h
#define dynkin_linear_algebra_p_multigrid_h

#include <deal.II/lac/diagonal_matrix.h>
#include <deal.II/lac/precondition.h>
#include <deal.II/lac/trilinos_precondition.h>
#include <deal.II/multigrid/mg_transfer_global_coarsening.h>

#include "linear_algebra/scaled_operator.h"

#include <memory>
#include <vector>

namespace dynkin
{
  /**
   * One V-cycle over polynomial degrees p, p/2, ..., 1 on the same cells, for a
   * ScaledOperator: Chebyshev smoothing on the matrix-free operators, Trilinos'
   * algebraic multigrid ML for the assembled matrix of degree 1. For degree 1 it
   * is ML alone.
   */
  template <int dim>
  class PMultigrid
  {
  public:
    explicit PMultigrid(const ScaledOperator<dim> &finest);

    /** x = approximately the inverse applied to b. */
    void
    vmult(Vector &x, const Vector &b) const;

    /** "6-3-1" */
    std::string
    degrees() const;

  private:
    using Smoother =
      dealii::PreconditionChebyshev<ScaledOperator<dim>, Vector, dealii::DiagonalMatrix<Vector>>;

    /** One degree; the discretization, form and operator of the finest belong to the caller. */
    struct Level
    {
      std::unique_ptr<Discretization<dim>>    space;
      std::unique_ptr<GeneratorForm<dim>>     form;
      std::unique_ptr<ScaledOperator<dim>>    owned_operator;
      const ScaledOperator<dim>              *scaled_operator;
      Smoother                                smoother;
      dealii::MGTwoLevelTransfer<dim, Vector> to_coarser;
      mutable Vector                          correction, residual;
    };

    void
    add_level(const ScaledOperator<dim> &finest, const unsigned int degree);

    void
    cycle(const unsigned int level, Vector &x, const Vector &b) const;

    std::vector<std::unique_ptr<Level>>       levels;        // the finest first
    dealii::TrilinosWrappers::SparseMatrix    coarse_matrix; // ML refers to it
    dealii::TrilinosWrappers::PreconditionAMG coarse_solver;
  };
} // namespace dynkin

#endif
