// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_matrix_checks_h
#define dynkin_model_matrix_checks_h

#include <string>

#include "model/model_kind.h"

namespace dynkin
{
  /** One number x as the matrix x 1, n x n; others stay as they are. */
  void
  complete_identity(Matrix &matrix, const unsigned int n);

  /** Throws InputError on `entry` unless the matrix is n x n with finite entries. */
  void
  check_square(const std::string &entry, const Matrix &matrix, const unsigned int n);

  /** ... and has eigenvalues with positive real parts: dx = -H x dt is stable. */
  void
  check_stable(const std::string &entry, const Matrix &matrix, const unsigned int n);

  /** ... and is symmetric positive definite, or semi-definite, up to rounding. */
  void
  check_covariance(const std::string &entry,
                   const Matrix      &matrix,
                   const unsigned int n,
                   const bool         is_definite);

  /** Are all entries of row i and column i 0 but that on the diagonal? */
  bool
  is_diagonal_in(const Matrix &matrix, const unsigned int i);

  /** Are all entries 0 but those on the diagonal? */
  bool
  is_diagonal(const Matrix &matrix);
} // namespace dynkin

#endif
