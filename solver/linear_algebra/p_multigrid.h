// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_linear_algebra_p_multigrid_h
#define dynkin_linear_algebra_p_multigrid_h

#include <memory>
#include <string>

#include "linear_algebra/scaled_operator.h"

namespace dynkin
{
  /**
   * One V-cycle over polynomial degrees p, p/4, ..., 1 on the same cells, for a
   * ScaledOperator: Chebyshev iterations with CellSchwarz as smoother, matrix-free, on
   * the exact restrictions of the finest operator; Trilinos' algebraic multigrid ML for
   * the matrix of degree 1. For degree 1 it is ML alone.
   *
   * It works in the unknowns of the form, in single precision unless the coefficients
   * span more than its exponents.
   */
  class Multigrid
  {
  public:
    virtual ~Multigrid() = default;

    /** x = approximately the inverse applied to b. */
    virtual void
    vmult(Vector &x, const Vector &b) const = 0;

    /** "degrees 6-3-1, single precision" */
    virtual std::string
    description() const = 0;
  };

  template <int dim>
  std::unique_ptr<Multigrid>
  create_p_multigrid(const ScaledOperator<dim> &finest);
} // namespace dynkin

#endif
