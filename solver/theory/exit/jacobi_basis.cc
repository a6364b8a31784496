// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/exit/jacobi_basis.h"

#include <Eigen/Eigenvalues>

#include <cmath>

namespace dynkin
{
  JacobiBasis::JacobiBasis(const long double   beta,
                           const ReflectingEnd reflecting_end,
                           const unsigned int  n)
    : beta(beta)
    , n(n)
    , lag(reflecting_end == ReflectingEnd::none ? 2 : 1)
    , sign(reflecting_end == ReflectingEnd::right ? 1.L : -1.L)
    , at_right(orthonormal(1.L, n + lag))
  {
  }

  long double
  JacobiBasis::a(const unsigned int j) const
  {
    if (j == 0)
      return beta / (beta + 2.L);
    return beta * beta / ((2.L * j + beta) * (2.L * j + beta + 2.L));
  }

  long double
  JacobiBasis::b(const unsigned int j) const
  {
    const long double c = 2.L * j + beta;
    return 2.L * j * (j + beta) / (c * std::sqrt(c * c - 1.L));
  }

  JacobiBasis::Matrix
  JacobiBasis::orthonormal(const long double t, const unsigned int n) const
  {
    Matrix p = Matrix::Zero(2, n);
    p(0, 0)  = std::sqrt((beta + 1.L) / std::pow(2.L, beta + 1.L));
    for (unsigned int j = 0; j + 1 < n; ++j)
      {
        const long double b_next = b(j + 1);
        p.col(j + 1)             = (t - a(j)) / b_next * p.col(j);
        p(1, j + 1) += p(0, j) / b_next;
        if (j > 0)
          p.col(j + 1) -= b(j) / b_next * p.col(j - 1);
      }
    return p;
  }

  JacobiBasis::Matrix
  JacobiBasis::evaluate(const long double s) const
  {
    const Matrix p = orthonormal(2.L * s - 1.L, n + lag);
    Matrix       psi(2, n);
    for (unsigned int j = 0; j < n; ++j)
      psi.col(j) = p.col(j) / at_right(0, j) + sign * p.col(j + lag) / at_right(0, j + lag);
    psi.row(1) *= 2.L; // dt/ds
    return psi;
  }

  JacobiBasis::Rule
  JacobiBasis::gauss_rule(const unsigned int n_nodes) const
  {
    Vector diagonal(n_nodes), off_diagonal(n_nodes - 1);
    for (unsigned int j = 0; j < n_nodes; ++j)
      diagonal[j] = a(j);
    for (unsigned int j = 1; j < n_nodes; ++j)
      off_diagonal[j - 1] = b(j);
    Eigen::SelfAdjointEigenSolver<Matrix> solver;
    solver.computeFromTridiagonal(diagonal, off_diagonal, Eigen::EigenvaluesOnly);

    Rule rule{solver.eigenvalues(), Vector(n_nodes)};
    for (unsigned int i = 0; i < n_nodes; ++i)
      {
        rule.weights[i] =
          std::pow(2.L, -beta - 1.L) / orthonormal(rule.nodes[i], n_nodes).row(0).squaredNorm();
        rule.nodes[i] = 0.5L * (1.L + rule.nodes[i]);
      }
    return rule;
  }
} // namespace dynkin
