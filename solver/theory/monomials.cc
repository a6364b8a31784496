// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/monomials.h"

#include <cmath>

namespace dynkin
{
  namespace
  {
    void
    append(std::vector<Exponents> &list,
           Exponents              &front,
           const unsigned int      d,
           const unsigned int      rest)
    {
      if (front.size() + 1 == d)
        {
          front.push_back(rest);
          list.push_back(front);
          front.pop_back();
          return;
        }
      for (unsigned int n = 0; n <= rest; ++n)
        {
          front.push_back(rest - n);
          append(list, front, d, n);
          front.pop_back();
        }
    }
  } // namespace

  Monomials::Monomials(const unsigned int dimension, const unsigned int degree)
  {
    Exponents front;
    append(exponents, front, dimension, degree);
  }

  unsigned int
  Monomials::size() const
  {
    return exponents.size();
  }

  const Exponents &
  Monomials::operator[](const unsigned int i) const
  {
    return exponents[i];
  }

  unsigned int
  Monomials::index(const Exponents &alpha)
  {
    unsigned int sum = 0, result = 0;
    for (unsigned int places = 1; places < alpha.size(); ++places)
      {
        sum += alpha[alpha.size() - places];
        unsigned int binomial = 1; // (sum + places - 1 over places)
        for (unsigned int i = 1; i <= places; ++i)
          binomial = binomial * (sum + i - 1) / i;
        result += binomial;
      }
    return result;
  }

  Eigen::VectorXd
  Monomials::values(const Eigen::VectorXd &z) const
  {
    const unsigned int d = z.size(), degree = exponents[0][0]; // the first one is z_1^degree
    Eigen::MatrixXd    powers(d, degree + 1);
    powers.col(0).setOnes();
    for (unsigned int n = 1; n <= degree; ++n)
      powers.col(n) = powers.col(n - 1).cwiseProduct(z);
    Eigen::VectorXd result = Eigen::VectorXd::Ones(size());
    for (unsigned int i = 0; i < size(); ++i)
      for (unsigned int j = 0; j < d; ++j)
        result(i) *= powers(j, exponents[i][j]);
    return result;
  }

  double
  n_monomials(const unsigned int dimension, const unsigned int degree)
  {
    double product = 1.;
    for (unsigned int i = 1; i < dimension; ++i)
      product *= static_cast<double>(degree + i) / i;
    return std::round(product);
  }

  Eigen::MatrixXd
  linear_transport(const Monomials &monomials, const Eigen::MatrixXd &B)
  {
    Eigen::MatrixXd result = Eigen::MatrixXd::Zero(monomials.size(), monomials.size());
    for (unsigned int row = 0; row < monomials.size(); ++row)
      for (unsigned int i = 0; i < B.rows(); ++i)
        for (unsigned int j = 0; j < B.rows(); ++j)
          if (monomials[row][i] > 0 && B(i, j) != 0.)
            {
              Exponents image = monomials[row];
              --image[i];
              ++image[j];
              result(row, Monomials::index(image)) += B(i, j) * monomials[row][i];
            }
    return result;
  }
} // namespace dynkin
