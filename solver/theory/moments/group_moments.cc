// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/moments/group_moments.h"

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

  GroupMoments::GroupMoments(const ModelParameters &model)
    : eta(model.eta)
    , sizes(model.group_sizes)
  {
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

  std::pair<Eigen::MatrixXd, Eigen::MatrixXd>
  GroupMoments::generator(const unsigned int n) const
  {
    const unsigned int K = sizes.size();
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
            double rate = m[k][k] - 2. * h[k];
            for (unsigned int l = 0; l < K; ++l)
              rate += 2. * m[k][l] * (beta[l] - (k == l ? 1. : 0.));
            L(row, row) += beta[k] * rate;

            const double across = beta[k] * (sizes[k] + 2. * beta[k] - 2.);
            Exponents    rest   = beta;
            --rest[k];
            N(row, Monomials::index(rest)) += across * still[k];
            for (unsigned int j = 0; j < K; ++j)
              {
                Exponents image = rest;
                ++image[j];
                L(row, Monomials::index(image)) += across * A[k][j];
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
    if (sizes.size() == 1)
      return std::numeric_limits<unsigned int>::max();
    unsigned int n = 0;
    while (n_monomials(sizes.size(), n + 1) <= most_of_a_degree)
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
      return Eigen::VectorXd::Constant(Monomials(sizes.size(), n).size(), infinity);
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
    for (unsigned int k = 0; k < sizes.size(); ++k)
      {
        G(k, k) += 2. * h[k];
        G.row(k) /= 2. * h[k];
      }
    const double radius = eigenvalues(G).real().maxCoeff(); // Perron's: no entry is negative
    return radius > 0. ? eta / radius : infinity;
  }

  double
  GroupMoments::tail_index() const
  {
    if (sizes.size() != 1)
      throw std::domain_error("of several groups only bounds of the tail index are known");
    const double growth = A[0][0] + m[0][0];
    return growth > 0. ? 1. + (2. * h[0] - (sizes[0] - 1.) * A[0][0]) / growth : infinity;
  }

  double
  GroupMoments::loss() const
  {
    const Monomials       radii(sizes.size(), 1);
    const Eigen::VectorXd X    = stationary(1);
    double                loss = 0.;
    for (unsigned int i = 0; i < radii.size(); ++i)
      for (unsigned int k = 0; k < sizes.size(); ++k)
        loss += radii[i][k] == 1 ? 0.5 * h[k] * X(i) : 0.;
    return loss;
  }
} // namespace dynkin
