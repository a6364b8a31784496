// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_utilities_dense_matrix_h
#define dynkin_utilities_dense_matrix_h

#include <Eigen/Core>

#include <optional>

// The decompositions of Eigen, compiled once. Matrices are square unless something else is said. None of
// these functions throws: of a matrix that is not as required the numbers mean nothing.
namespace dynkin
{
  /** A V = V diag(values), V orthogonal, of a symmetric matrix; the values ascend. */
  struct SymmetricEigen
  {
    Eigen::VectorXd values;
    Eigen::MatrixXd vectors;
  };

  /** A V = V diag(values) of any matrix; the columns of V have length 1. */
  struct GeneralEigen
  {
    Eigen::VectorXcd values;
    Eigen::MatrixXcd vectors;
  };

  /** Of A symmetric; the lower triangle is read. */
  SymmetricEigen
  symmetric_eigen(const Eigen::MatrixXd &A);

  /** The values of symmetric_eigen(). */
  Eigen::VectorXd
  symmetric_eigenvalues(const Eigen::MatrixXd &A);

  /** The first of symmetric_eigenvalues(). */
  double
  smallest_eigenvalue(const Eigen::MatrixXd &A);

  /** A^(1/2), symmetric; A symmetric, positive semi-definite. */
  Eigen::MatrixXd
  symmetric_sqrt(const Eigen::MatrixXd &A);

  /** A^(-1/2), symmetric; A symmetric, positive definite. */
  Eigen::MatrixXd
  symmetric_inverse_sqrt(const Eigen::MatrixXd &A);

  /** Of any A. */
  GeneralEigen
  eigen(const Eigen::MatrixXd &A);

  /** The values of eigen(). */
  Eigen::VectorXcd
  eigenvalues(const Eigen::MatrixXd &A);

  /** max |A x|/|x|. */
  double
  operator_norm(const Eigen::MatrixXd &A);

  /** A^-1; A not singular. */
  Eigen::MatrixXd
  inverse(const Eigen::MatrixXd &A);

  /** A^-1 b by elimination with partial pivoting; A not singular. */
  Eigen::VectorXd
  solve(const Eigen::MatrixXd &A, const Eigen::VectorXd &b);

  /** solve() of complex numbers. */
  Eigen::VectorXcd
  solve_complex(const Eigen::MatrixXcd &A, const Eigen::VectorXcd &b);

  /** A^-T b, as solve() does. */
  Eigen::VectorXd
  solve_transposed(const Eigen::MatrixXd &A, const Eigen::VectorXd &b);

  /** A^-1 b by L D L^T; A symmetric, positive definite. */
  Eigen::VectorXd
  solve_symmetric(const Eigen::MatrixXd &A, const Eigen::VectorXd &b);

  /** B A^-1 by Cholesky's method; A symmetric, positive definite. */
  Eigen::MatrixXd
  right_quotient(const Eigen::MatrixXd &B, const Eigen::MatrixXd &A);

  /** L of A = L L^T, lower triangular; A symmetric, positive definite, which is not checked. */
  Eigen::MatrixXd
  cholesky(const Eigen::MatrixXd &A);

  /**
   * x of smallest |A x - b|, A with at least as many rows as columns; nothing if these are
   * linearly dependent, relative to the longest one to `tolerance`.
   */
  std::optional<Eigen::VectorXd>
  least_squares(const Eigen::MatrixXd &A, const Eigen::VectorXd &b, const double tolerance);

  /** exp(A). */
  Eigen::MatrixXd
  exponential(const Eigen::MatrixXd &A);

  /** S of H S + S H^T = Q (Schur form); Q symmetric, all eigenvalues of H have positive real part. */
  Eigen::MatrixXd
  lyapunov_solution(const Eigen::MatrixXd &H, const Eigen::MatrixXd &Q);
} // namespace dynkin

#endif
