// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "utilities/dense_matrix.h"

#include <Eigen/Dense>
#include <unsupported/Eigen/MatrixFunctions>

namespace dynkin
{
  SymmetricEigen
  symmetric_eigen(const Eigen::MatrixXd &A)
  {
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(A);
    return {solver.eigenvalues(), solver.eigenvectors()};
  }

  Eigen::VectorXd
  symmetric_eigenvalues(const Eigen::MatrixXd &A)
  {
    return Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(A, Eigen::EigenvaluesOnly).eigenvalues();
  }

  double
  smallest_eigenvalue(const Eigen::MatrixXd &A)
  {
    return symmetric_eigenvalues(A)(0);
  }

  Eigen::MatrixXd
  symmetric_sqrt(const Eigen::MatrixXd &A)
  {
    return Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(A).operatorSqrt();
  }

  Eigen::MatrixXd
  symmetric_inverse_sqrt(const Eigen::MatrixXd &A)
  {
    return Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(A).operatorInverseSqrt();
  }

  GeneralEigen
  eigen(const Eigen::MatrixXd &A)
  {
    const Eigen::EigenSolver<Eigen::MatrixXd> solver(A);
    return {solver.eigenvalues(), solver.eigenvectors()};
  }

  Eigen::VectorXcd
  eigenvalues(const Eigen::MatrixXd &A)
  {
    return A.eigenvalues();
  }

  double
  operator_norm(const Eigen::MatrixXd &A)
  {
    return A.operatorNorm();
  }

  Eigen::MatrixXd
  inverse(const Eigen::MatrixXd &A)
  {
    return A.inverse();
  }

  Eigen::VectorXd
  solve(const Eigen::MatrixXd &A, const Eigen::VectorXd &b)
  {
    return A.partialPivLu().solve(b);
  }

  Eigen::VectorXcd
  solve_complex(const Eigen::MatrixXcd &A, const Eigen::VectorXcd &b)
  {
    return A.partialPivLu().solve(b);
  }

  Eigen::VectorXd
  solve_transposed(const Eigen::MatrixXd &A, const Eigen::VectorXd &b)
  {
    return A.transpose().partialPivLu().solve(b);
  }

  Eigen::VectorXd
  solve_symmetric(const Eigen::MatrixXd &A, const Eigen::VectorXd &b)
  {
    return A.ldlt().solve(b);
  }

  Eigen::MatrixXd
  right_quotient(const Eigen::MatrixXd &B, const Eigen::MatrixXd &A)
  {
    return A.llt().solve(B.transpose()).transpose();
  }

  Eigen::MatrixXd
  cholesky(const Eigen::MatrixXd &A)
  {
    return A.llt().matrixL();
  }

  std::optional<Eigen::VectorXd>
  least_squares(const Eigen::MatrixXd &A, const Eigen::VectorXd &b, const double tolerance)
  {
    Eigen::ColPivHouseholderQR<Eigen::MatrixXd> qr(A);
    qr.setThreshold(tolerance);
    if (qr.rank() < A.cols())
      return {};
    return Eigen::VectorXd(qr.solve(b));
  }

  Eigen::MatrixXd
  exponential(const Eigen::MatrixXd &A)
  {
    return A.exp();
  }

  Eigen::MatrixXd
  lyapunov_solution(const Eigen::MatrixXd &H, const Eigen::MatrixXd &Q)
  {
    // H = U T U^*, Y = U^* S U: T Y + Y T^* = U^* Q U, column by column from the last
    const Eigen::ComplexSchur<Eigen::MatrixXd> schur(H);
    const Eigen::MatrixXcd                    &T = schur.matrixT(), &U = schur.matrixU();
    const Eigen::MatrixXcd                     R = U.adjoint() * Q * U;
    const unsigned int                         n = H.rows();
    Eigen::MatrixXcd                           Y(n, n);
    for (unsigned int column = n; column-- > 0;)
      {
        const unsigned int after = n - 1 - column;
        Eigen::VectorXcd   right = R.col(column);
        right -= Y.rightCols(after) * T.row(column).tail(after).adjoint();
        const Eigen::MatrixXcd shifted =
          T + std::conj(T(column, column)) * Eigen::MatrixXcd::Identity(n, n);
        Y.col(column) = shifted.triangularView<Eigen::Upper>().solve(right);
      }
    const Eigen::MatrixXd S = (U * Y * U.adjoint()).real();
    return 0.5 * (S + S.transpose());
  }
} // namespace dynkin
