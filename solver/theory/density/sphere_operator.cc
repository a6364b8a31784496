// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/density/sphere_operator.h"

#include "theory/density/solid_harmonics.h"
#include "utilities/dense_matrix.h"

#include <algorithm>
#include <cmath>

namespace dynkin
{
  SphereOperator::SphereOperator(const QuadraticModel &model, const unsigned int max_degree)
  {
    const unsigned int     d = model.dimension();
    const SphereQuadrature quadrature(d, 2 * max_degree + 4);
    const unsigned int     n_points = quadrature.points.size();

    Eigen::MatrixXd images[3];
    for (unsigned int q = 0; q < n_points; ++q)
      {
        const Eigen::VectorXd &u = quadrature.points[q];
        const Eigen::MatrixXd  a = model.eta * model.growth_at(u);
        const Eigen::VectorXd  b = -model.H * u, au = a * u;
        const auto             basis = even_solid_harmonics(u, max_degree);
        const double           root  = std::sqrt(quadrature.weights[q]);
        if (q == 0)
          for (Eigen::MatrixXd *matrix : {&values, &images[0], &images[1], &images[2]})
            matrix->resize(n_points, basis.size());
        for (unsigned int i = 0; i < basis.size(); ++i)
          {
            // in powers of s = alpha - l, then of alpha
            const SolidHarmonic &R  = basis[i];
            const double         l  = R.l;
            const double         w2 = 0.5 * au.dot(u) * R.value;
            const double         w1 =
              (b.dot(u) - au.dot(u) + 0.5 * a.trace()) * R.value + au.dot(R.gradient);
            const double w0 = b.dot(R.gradient) + 0.5 * a.cwiseProduct(R.hessian).sum();
            values(q, i)    = root * R.value;
            images[2](q, i) = root * w2;
            images[1](q, i) = root * (w1 - 2. * l * w2);
            images[0](q, i) = root * (w0 - l * w1 + l * l * w2);
          }
      }
    // the coefficients are of degree <= 4 in u, so that only degrees that differ by at most 4 meet
    const auto first = [&](const unsigned int l) { // basis function of even degree l
      return std::min<unsigned int>(size(), d == 2 ? std::max(l, 1u) - 1 : l * (l - 1) / 2);
    };
    for (Eigen::MatrixXd &matrix : L)
      matrix = Eigen::MatrixXd::Zero(size(), size());
    for (unsigned int l = 0; l <= max_degree; l += 2)
      {
        const unsigned int row = first(l), n_rows = first(l + 2) - row;
        const unsigned int column = first(std::max(l, 4u) - 4), n_columns = first(l + 6) - column;
        for (unsigned int k = 0; k < 3; ++k)
          L[k].block(row, column, n_rows, n_columns).noalias() =
            values.middleCols(row, n_rows).transpose() * images[k].middleCols(column, n_columns);
      }
  }

  Eigen::MatrixXd
  SphereOperator::at(const double alpha) const
  {
    return L[0] + alpha * L[1] + alpha * alpha * L[2];
  }

  double
  SphereOperator::growth_rate(const double alpha) const
  {
    return eigenvalues(at(alpha)).real().maxCoeff();
  }

  SphereOperator::Pair
  SphereOperator::rightmost(const double alpha) const
  {
    const GeneralEigen pairs = eigen(at(alpha));
    Eigen::Index       principal;
    pairs.values.real().maxCoeff(&principal);
    return {alpha, pairs.values(principal).real(), pairs.vectors.col(principal).real()};
  }

  std::optional<SphereOperator::Pair>
  SphereOperator::refine(const Pair &start, const bool keep_rate) const
  {
    const unsigned int n        = size();
    Pair               pair     = start;
    pair.g                      = Eigen::VectorXd::Zero(n);
    pair.g.head(start.g.size()) = start.g / start.g.norm();
    const Eigen::VectorXd c     = pair.g; // normalisation c.g = 1
    Eigen::MatrixXd       jacobian(n + 1, n + 1);
    for (unsigned int step = 0; step < 12; ++step)
      {
        jacobian.topLeftCorner(n, n) =
          at(pair.exponent) - pair.rate * Eigen::MatrixXd::Identity(n, n);
        jacobian.topRightCorner(n, 1) =
          keep_rate ? Eigen::VectorXd((L[1] + 2. * pair.exponent * L[2]) * pair.g)
                    : Eigen::VectorXd(-pair.g);
        jacobian.bottomLeftCorner(1, n) = c.transpose();
        jacobian(n, n)                  = 0.;
        Eigen::VectorXd residual(n + 1);
        residual << jacobian.topLeftCorner(n, n) * pair.g, c.dot(pair.g) - 1.;
        const Eigen::VectorXd update = solve(jacobian, residual);
        pair.g -= update.head(n);
        double &unknown = keep_rate ? pair.exponent : pair.rate;
        unknown -= update(n);
        if (!std::isfinite(unknown))
          return {};
        if (update.norm() <=
            1e-10 * (std::abs(pair.exponent) + std::abs(pair.rate) + pair.g.norm()))
          {
            // positive up to its sign and the truncation of small values
            const Eigen::ArrayXd g = values * pair.g;
            if (g.maxCoeff() * g.minCoeff() < -1e-2 * g.square().maxCoeff())
              return {};
            return pair;
          }
      }
    return {};
  }

  double
  SphereOperator::lyapunov_exponent() const
  {
    const unsigned int n         = size();
    Eigen::MatrixXd    bordered  = Eigen::MatrixXd::Zero(n + 1, n + 1);
    bordered.topLeftCorner(n, n) = L[0].transpose();
    bordered(0, n) = bordered(n, 0) = 1.; // the constant function is the first of the basis
    const Eigen::VectorXd solution  = solve(bordered, Eigen::VectorXd::Unit(n + 1, n));
    return solution.head(n).dot(L[1].col(0));
  }

  unsigned int
  SphereOperator::size() const
  {
    return values.cols();
  }
} // namespace dynkin
