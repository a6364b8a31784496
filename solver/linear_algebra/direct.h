// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_linear_algebra_direct_h
#define dynkin_linear_algebra_direct_h

#include "linear_algebra/linear_solver.h"

namespace dynkin
{
  /** LU factorisation of the assembled matrix by Trilinos' Amesos: KLU for small serial systems, else MUMPS. */
  template <int dim>
  std::unique_ptr<ApproximateInverse>
  create_direct(const ScaledOperator<dim> &scaled_operator);
} // namespace dynkin

#endif
