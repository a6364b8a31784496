// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_linear_algebra_krylov_h
#define dynkin_linear_algebra_krylov_h

#include "linear_algebra/linear_solver.h"

namespace dynkin
{
  /**
   * Krylov iteration on the matrix-free operator (CG if symmetric, else GMRES),
   * preconditioned by a V-cycle over degrees with ML for degree 1. It stops at the
   * tolerance, after `maximum_iterations` or where it stagnates. With `patience`, a smaller number
   * of iterations, it also stops, and returns that number, where from a quarter of it on its pace
   * would need more.
   */
  template <int dim>
  std::unique_ptr<ApproximateInverse>
  create_krylov(const ScaledOperator<dim> &scaled_operator,
                const Log                 &log,
                const unsigned int         patience = 0);
} // namespace dynkin

#endif
