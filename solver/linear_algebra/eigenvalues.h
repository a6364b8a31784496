// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_linear_algebra_eigenvalues_h
#define dynkin_linear_algebra_eigenvalues_h

#include "form/generator_form.h"

#include <complex>
#include <functional>

namespace dynkin
{
  /** X v = theta v; of a complex pair, the real part of v. */
  struct Eigenpair
  {
    std::complex<double> theta;
    Vector               v;
  };

  /**
   * The n eigenvalues of largest modulus of an operator X, sorted, by the block
   * Krylov-Schur method of Trilinos' Anasazi in the inner product of the mass M (in
   * which X is self-adjoint if `is_symmetric`). `start` is a vector of the right
   * layout in the domain of X. Throws ConvergenceError if they are not found. One or two that are
   * beyond 1e12 times all others are found by themselves; if more are asked for, InputError.
   */
  std::vector<Eigenpair>
  largest_eigenpairs(const std::function<void(Vector &, const Vector &)> &X,
                     const std::function<void(Vector &, const Vector &)> &M,
                     const bool                                           is_symmetric,
                     const Vector                                        &start,
                     const unsigned int                                   n);
} // namespace dynkin

#endif
