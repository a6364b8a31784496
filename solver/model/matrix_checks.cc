// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/matrix_checks.h"

#include <cmath>

#include "model/quadratic_model.h"
#include "utilities/dense_matrix.h"
#include "utilities/exceptions.h"
#include "utilities/log.h"

namespace dynkin
{
  namespace
  {
    constexpr double symmetry_tolerance = 1e-12; // relative to the largest entry
  }                                              // namespace

  void
  complete_identity(Matrix &matrix, const unsigned int n)
  {
    if (n == 1 || matrix.size() != 1 || matrix[0].size() != 1)
      return;
    const double x = matrix[0][0];
    matrix         = Matrix(n, std::vector<double>(n, 0.));
    for (unsigned int i = 0; i < n; ++i)
      matrix[i][i] = x;
  }

  void
  check_square(const std::string &entry, const Matrix &matrix, const unsigned int n)
  {
    bool is_square = matrix.size() == n;
    for (const std::vector<double> &row : matrix)
      is_square = is_square && row.size() == n;
    if (!is_square)
      throw InputError(entry,
                       "needs " + std::to_string(n) + " rows of " + std::to_string(n) +
                         " numbers, rows separated by ';'" +
                         (matrix.empty() ? ", but is not set" : ""));
    for (const std::vector<double> &row : matrix)
      for (const double number : row)
        if (!std::isfinite(number))
          throw InputError(entry, "needs finite numbers");
  }

  void
  check_stable(const std::string &entry, const Matrix &matrix, const unsigned int n)
  {
    check_square(entry, matrix, n);
    const double smallest = eigenvalues(to_eigen(matrix, n, entry)).real().minCoeff();
    if (!(smallest > 0.))
      throw InputError(
        entry, "needs eigenvalues with real parts > 0, but one is " + format_number(smallest, 3));
  }

  void
  check_covariance(const std::string &entry,
                   const Matrix      &matrix,
                   const unsigned int n,
                   const bool         is_definite)
  {
    check_square(entry, matrix, n);
    const Eigen::MatrixXd m     = to_eigen(matrix, n, entry);
    const double          scale = m.cwiseAbs().maxCoeff();
    if ((m - m.transpose()).cwiseAbs().maxCoeff() > symmetry_tolerance * scale)
      throw InputError(entry, "needs a symmetric matrix");
    const double smallest = smallest_eigenvalue(m);
    if (is_definite ? !(smallest > symmetry_tolerance * scale)
                    : !(smallest >= -symmetry_tolerance * scale))
      throw InputError(entry,
                       std::string("needs eigenvalues ") + (is_definite ? "> 0" : ">= 0") +
                         ", but one is " + format_number(smallest, 3));
  }

  bool
  is_diagonal_in(const Matrix &matrix, const unsigned int i)
  {
    for (unsigned int j = 0; j < matrix.size(); ++j)
      if (j != i && (matrix[i][j] != 0. || matrix[j][i] != 0.))
        return false;
    return true;
  }

  bool
  is_diagonal(const Matrix &matrix)
  {
    for (unsigned int i = 0; i < matrix.size(); ++i)
      if (!is_diagonal_in(matrix, i))
        return false;
    return true;
  }
} // namespace dynkin
