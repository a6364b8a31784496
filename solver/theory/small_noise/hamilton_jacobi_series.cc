// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/small_noise/hamilton_jacobi_series.h"

#include "utilities/dense_matrix.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace dynkin
{
  HamiltonJacobiSeries::HamiltonJacobiSeries(const QuadraticModel &whitened,
                                             const unsigned int    max_degree)
    : d(whitened.dimension())
    , V(1)
    , gradients(1)
  {
    for (unsigned int n = 0; n <= max_degree; ++n)
      monomials.emplace_back(d, n);

    std::vector<Polynomial> growth; // of C_ij, at i*d + j
    for (unsigned int i = 0; i < d; ++i)
      for (unsigned int j = 0; j < d; ++j)
        {
          growth.push_back(Polynomial::Zero(monomials[2].size()));
          for (unsigned int a = 0; a < d; ++a)
            for (unsigned int b = 0; b < d; ++b)
              {
                Exponents alpha(d, 0);
                ++alpha[a];
                ++alpha[b];
                growth.back()(Monomials::index(alpha)) += whitened.growth(i, j)(a, b);
              }
        }

    std::vector<std::vector<Polynomial>> noise(1), growing(1); // Sigma grad V_2n, growth grad V_2n
    for (unsigned int n = 1; 2 * n <= max_degree; ++n)
      {
        Polynomial next = Polynomial::Zero(monomials[2 * n].size());
        if (n == 1)
          for (unsigned int i = 0; i < d; ++i)
            {
              Exponents alpha(d, 0);
              alpha[i]                      = 2;
              next(Monomials::index(alpha)) = 1.;
            }
        else
          {
            for (unsigned int i = 0; i < d; ++i)
              for (unsigned int k = 1; k < n; ++k)
                {
                  next -=
                    0.5 * product(gradients[n - k][i], 2 * (n - k) - 1, growing[k][i], 2 * k + 1);
                  if (k > 1)
                    next -=
                      0.5 *
                      product(gradients[n + 1 - k][i], 2 * (n - k) + 1, noise[k][i], 2 * k - 1);
                }
            // Sigma P^-1 - H = H^T in these coordinates
            next =
              solve_transposed(linear_transport(monomials[2 * n], whitened.H.transpose()), next);
          }
        V.push_back(next);
        gradients.emplace_back();
        for (unsigned int i = 0; i < d; ++i)
          gradients[n].push_back(derivative(next, 2 * n, i));

        noise.emplace_back(d, Polynomial::Zero(monomials[2 * n - 1].size()));
        growing.emplace_back(d, Polynomial::Zero(n_monomials(d, 2 * n + 1)));
        for (unsigned int i = 0; i < d; ++i)
          for (unsigned int j = 0; j < d; ++j)
            {
              noise[n][i] += whitened.Sigma(i, j) * gradients[n][j];
              if (2 * n + 2 <= max_degree)
                growing[n][i] += product(growth[i * d + j], 2, gradients[n][j], 2 * n - 1);
            }
      }
  }

  double
  HamiltonJacobiSeries::value(const Eigen::VectorXd &z) const
  {
    double sum = 0.;
    for (unsigned int n = 1; n < V.size(); ++n)
      sum += V[n].dot(monomials[2 * n].values(z));
    return sum;
  }

  Eigen::VectorXd
  HamiltonJacobiSeries::gradient(const Eigen::VectorXd &z) const
  {
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(d);
    for (unsigned int n = 1; n < V.size(); ++n)
      {
        const Eigen::VectorXd values = monomials[2 * n - 1].values(z);
        for (unsigned int i = 0; i < d; ++i)
          sum(i) += gradients[n][i].dot(values);
      }
    return sum;
  }

  double
  HamiltonJacobiSeries::radius(const double tolerance) const
  {
    double result = std::numeric_limits<double>::infinity();
    for (unsigned int n = V.size() - 2; n < V.size(); ++n)
      {
        double size = 0.; // of V_2n on the unit sphere, at most
        for (unsigned int k = 0; k < 50 * d; ++k)
          {
            const double    angle = 2.4 * k; // directions that fill the sphere evenly enough
            Eigen::VectorXd u     = Eigen::VectorXd::Zero(d);
            u(d - 1)              = d == 3 ? -1. + (k + 0.5) / (25. * d) : 1.;
            if (d > 1)
              u.head(2) << std::cos(angle), std::sin(angle);
            if (d == 3)
              u.head(2) *= std::sqrt(1. - u(2) * u(2));
            size = std::max(size, std::abs(V[n].dot(monomials[2 * n].values(u))));
          }
        if (size > 0.)
          result = std::min(result, std::pow(tolerance / (2. * n * size), 1. / (2. * n - 2.)));
      }
    return result;
  }

  HamiltonJacobiSeries::Polynomial
  HamiltonJacobiSeries::product(const Polynomial  &p,
                                const unsigned int degree_p,
                                const Polynomial  &q,
                                const unsigned int degree_q) const
  {
    Polynomial result = Polynomial::Zero(monomials[degree_p + degree_q].size());
    Exponents  sum(d);
    for (unsigned int i = 0; i < p.size(); ++i)
      for (unsigned int j = 0; j < q.size(); ++j)
        {
          for (unsigned int k = 0; k < d; ++k)
            sum[k] = monomials[degree_p][i][k] + monomials[degree_q][j][k];
          result(Monomials::index(sum)) += p(i) * q(j);
        }
    return result;
  }

  HamiltonJacobiSeries::Polynomial
  HamiltonJacobiSeries::derivative(const Polynomial  &p,
                                   const unsigned int degree,
                                   const unsigned int i) const
  {
    Polynomial result = Polynomial::Zero(monomials[degree - 1].size());
    for (unsigned int k = 0; k < p.size(); ++k)
      if (Exponents alpha = monomials[degree][k]; alpha[i] > 0)
        {
          const double factor = alpha[i];
          --alpha[i];
          result(Monomials::index(alpha)) += factor * p(k);
        }
    return result;
  }
} // namespace dynkin
