// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/moments/closed_moments.h"

#include <map>
#include <numeric>
#include <stdexcept>
#include <string>

namespace dynkin
{
  namespace
  {
    /** E z^alpha of a normal law: E z_i z^beta = mean_i E z^beta + sum_j P_ij beta_j E z^(beta - e_j). */
    double
    gaussian_moment(const Exponents             &alpha,
                    const std::vector<double>   &mean,
                    const Matrix                &covariance,
                    std::map<Exponents, double> &known)
    {
      if (const auto found = known.find(alpha); found != known.end())
        return found->second;
      unsigned int i = 0;
      while (i < alpha.size() && alpha[i] == 0)
        ++i;
      double result = 1.;
      if (i < alpha.size())
        {
          Exponents beta = alpha;
          --beta[i];
          result = mean[i] * gaussian_moment(beta, mean, covariance, known);
          for (unsigned int j = 0; j < alpha.size(); ++j)
            if (beta[j] > 0)
              {
                Exponents gamma = beta;
                --gamma[j];
                result +=
                  covariance[i][j] * beta[j] * gaussian_moment(gamma, mean, covariance, known);
              }
        }
      return known[alpha] = result;
    }
  } // namespace

  MomentTable::MomentTable(const unsigned int dimension, std::vector<Eigen::VectorXd> by_degree)
    : d(dimension)
    , by_degree(std::move(by_degree))
  {
  }

  MomentTable
  MomentTable::of_point(const std::vector<double> &z, const unsigned int order)
  {
    return of_gaussian(z, Matrix(z.size(), std::vector<double>(z.size(), 0.)), order);
  }

  MomentTable
  MomentTable::of_gaussian(const std::vector<double> &mean,
                           const Matrix              &covariance,
                           const unsigned int         order)
  {
    to_eigen(covariance, mean.size(), "The covariance of the initial law"); // its size is checked
    std::map<Exponents, double>  known;
    std::vector<Eigen::VectorXd> moments;
    for (unsigned int n = 0; n <= order; ++n)
      {
        const Monomials monomials(mean.size(), n);
        moments.emplace_back(monomials.size());
        for (unsigned int i = 0; i < monomials.size(); ++i)
          moments[n](i) = gaussian_moment(monomials[i], mean, covariance, known);
      }
    return {static_cast<unsigned int>(mean.size()), moments};
  }

  unsigned int
  MomentTable::order() const
  {
    return by_degree.size() - 1;
  }

  unsigned int
  MomentTable::dimension() const
  {
    return d;
  }

  double
  MomentTable::value(const Exponents &alpha) const
  {
    const unsigned int n = std::accumulate(alpha.begin(), alpha.end(), 0u);
    if (alpha.size() != d || n > order())
      throw std::domain_error(
        "Moments are known in " + std::to_string(d) + " dimensions up to order " +
        std::to_string(order()) +
        "; stationary ones of an order not below the tail index are infinite.");
    return by_degree[n](Monomials::index(alpha));
  }

  Matrix
  MomentTable::second() const
  {
    Matrix result(d, std::vector<double>(d));
    for (unsigned int i = 0; i < d; ++i)
      for (unsigned int j = 0; j < d; ++j)
        {
          Exponents alpha(d, 0);
          ++alpha[i];
          ++alpha[j];
          result[i][j] = value(alpha);
        }
    return result;
  }

  Matrix
  MomentTable::covariance() const
  {
    Matrix result = second();
    for (unsigned int i = 0; i < d; ++i)
      for (unsigned int j = 0; j < d; ++j)
        {
          Exponents alpha(d, 0), beta(d, 0);
          ++alpha[i];
          ++beta[j];
          result[i][j] -= value(alpha) * value(beta);
        }
    return result;
  }

  const Eigen::VectorXd &
  MomentTable::degree(const unsigned int n) const
  {
    return by_degree.at(n);
  }
} // namespace dynkin
