// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/moments/group_moments.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "model/quadratic_model.h"
#include "utilities/dense_matrix.h"

namespace dynkin
{
  namespace
  {
    constexpr double most_of_a_degree = 3000.;
    constexpr double infinity         = std::numeric_limits<double>::infinity();
  } // namespace

  GroupCoefficients::GroupCoefficients(const ModelParameters &model)
    : sizes(model.group_sizes)
  {
    const double                               eta          = model.eta;
    const unsigned int                         K            = sizes.size();
    const std::optional<QuadraticCoefficients> coefficients = model.kind().as_quadratic(K);
    const std::optional<Matrix>                growth       = model.kind().radial_growth();
    if (!coefficients || !growth)
      throw std::domain_error("the model is not the same in all directions of a group");
    for (unsigned int k = 0; k < K; ++k)
      {
        h.push_back(coefficients->H(k, k));
        still.push_back(eta * coefficients->Sigma(k, k));
        A.emplace_back();
        m.emplace_back();
        for (unsigned int l = 0; l < K; ++l)
          {
            m[k].push_back(eta * (*growth)[k][l]);
            A[k].push_back(eta * coefficients->S[k * K + k](l, l) - (k == l ? m[k][l] : 0.));
          }
      }
  }

  bool
  GroupCoefficients::is_constant() const
  {
    const auto none = [](const std::vector<std::vector<double>> &rows) {
      return std::all_of(rows.begin(), rows.end(), [](const std::vector<double> &row) {
        return std::all_of(row.begin(), row.end(), [](const double x) { return x == 0.; });
      });
    };
    return none(A) && none(m);
  }

  GroupMoments::GroupMoments(const ModelParameters &model)
    : eta(model.eta)
    , of(model)
  {
  }

  std::pair<Eigen::MatrixXd, Eigen::MatrixXd>
  GroupMoments::generator(const unsigned int n) const
  {
    const unsigned int K = of.sizes.size();
    if (n_monomials(K, n) > most_of_a_degree)
      throw std::domain_error("there are more than 3000 moments of this order");
    const Monomials monomials(K, n), lower(K, n - 1);
    Eigen::MatrixXd L = Eigen::MatrixXd::Zero(monomials.size(), monomials.size());
    Eigen::MatrixXd N = Eigen::MatrixXd::Zero(monomials.size(), lower.size());
    for (unsigned int row = 0; row < monomials.size(); ++row)
      {
        const Exponents &beta = monomials[row];
        for (unsigned int k = 0; k < K; ++k)
          {
            if (beta[k] == 0)
              continue;
            double rate = of.m[k][k] - 2. * of.h[k];
            for (unsigned int l = 0; l < K; ++l)
              rate += 2. * of.m[k][l] * (beta[l] - (k == l ? 1. : 0.));
            L(row, row) += beta[k] * rate;

            const double across = beta[k] * (of.sizes[k] + 2. * beta[k] - 2.);
            Exponents    rest   = beta;
            --rest[k];
            N(row, Monomials::index(rest)) += across * of.still[k];
            for (unsigned int j = 0; j < K; ++j)
              {
                Exponents image = rest;
                ++image[j];
                L(row, Monomials::index(image)) += across * of.A[k][j];
              }
          }
      }
    return {L, N};
  }

  double
  GroupMoments::growth_rate(const unsigned int n) const
  {
    return eigenvalues(generator(n).first).real().maxCoeff();
  }

  bool
  GroupMoments::is_finite(const unsigned int n) const
  {
    const Eigen::MatrixXd L = generator(n).first;
    return solve(-L, Eigen::VectorXd::Ones(L.rows())).minCoeff() > 0.;
  }

  unsigned int
  GroupMoments::highest_degree() const
  {
    if (of.sizes.size() == 1)
      return std::numeric_limits<unsigned int>::max();
    unsigned int n = 0;
    while (n_monomials(of.sizes.size(), n + 1) <= most_of_a_degree)
      ++n;
    return n;
  }

  unsigned int
  GroupMoments::finite_degree(const unsigned int most) const
  {
    // all at once where all are, else by halves: below a finite moment all are finite
    unsigned int finite = 0, beyond = most + 1;
    for (unsigned int n = most; n > finite; n = (finite + beyond) / 2)
      if (is_finite(n))
        finite = n;
      else
        beyond = n;
    return finite;
  }

  Eigen::VectorXd
  GroupMoments::stationary(const unsigned int n) const
  {
    if (finite_degree(n) < n)
      return Eigen::VectorXd::Constant(Monomials(of.sizes.size(), n).size(), infinity);
    Eigen::VectorXd moments = Eigen::VectorXd::Ones(1);
    for (unsigned int degree = 1; degree <= n; ++degree)
      {
        const auto [L, N] = generator(degree);
        moments           = solve(-L, N * moments);
      }
    return moments;
  }

  double
  GroupMoments::largest_learning_rate() const
  {
    Eigen::MatrixXd G = generator(1).first;
    for (unsigned int k = 0; k < of.sizes.size(); ++k)
      {
        G(k, k) += 2. * of.h[k];
        G.row(k) /= 2. * of.h[k];
      }
    const double radius = eigenvalues(G).real().maxCoeff(); // Perron's: no entry is negative
    return radius > 0. ? eta / radius : infinity;
  }

  std::vector<double>
  GroupMoments::mean_squares() const
  {
    const Monomials       first(of.sizes.size(), 1);
    const Eigen::VectorXd X = stationary(1);
    std::vector<double>   squares(of.sizes.size());
    for (unsigned int i = 0; i < first.size(); ++i)
      for (unsigned int k = 0; k < squares.size(); ++k)
        if (first[i][k] == 1)
          squares[k] = X(i);
    return squares;
  }

  double
  GroupMoments::loss() const
  {
    const std::vector<double> squares = mean_squares();
    double                    loss    = 0.;
    for (unsigned int k = 0; k < squares.size(); ++k)
      loss += 0.5 * of.h[k] * squares[k];
    return loss;
  }
} // namespace dynkin
