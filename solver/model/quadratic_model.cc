// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/quadratic_model.h"

#include "utilities/dense_matrix.h"

#include <cmath>
#include <stdexcept>
#include <string>

namespace dynkin
{
  namespace
  {
    void
    require(const bool condition, const std::string &sentence)
    {
      if (!condition)
        throw std::domain_error(sentence);
    }
  } // namespace

  QuadraticModel::QuadraticModel(const ModelParameters &parameters)
    : eta(parameters.eta)
    , center(Eigen::Map<const Eigen::VectorXd>(parameters.center.data(), parameters.center.size()))
  {
    const unsigned int d = dimension();
    require(d > 0, "A closed form needs the centre of the model, which gives its dimension.");
    require(eta > 0., "A closed form needs a learning rate > 0.");
    std::optional<QuadraticCoefficients> coefficients = parameters.kind().as_quadratic(d);
    require(coefficients.has_value(),
            "This closed form needs a linear drift and a quadratic diffusion; the model `" +
              parameters.type + "` does not promise that.");
    QuadraticCoefficients::operator=(std::move(*coefficients));
    for (Eigen::MatrixXd &block : S)
      block = (0.5 * (block + block.transpose())).eval();
    require_positive(Sigma, true, "The noise at the centre (sigma, Sigma_g or Sigma)");
    require(eigenvalues(H).real().minCoeff() > 0.,
            "The eigenvalues of H (or h) must have positive real parts.");
  }

  unsigned int
  QuadraticModel::dimension() const
  {
    return center.size();
  }

  const Eigen::MatrixXd &
  QuadraticModel::growth(const unsigned int i, const unsigned int j) const
  {
    return S[i * dimension() + j];
  }

  Eigen::MatrixXd
  QuadraticModel::growth_at(const Eigen::VectorXd &z) const
  {
    const unsigned int d = dimension();
    Eigen::MatrixXd    result(d, d);
    for (unsigned int i = 0; i < d; ++i)
      for (unsigned int j = 0; j <= i; ++j)
        result(i, j) = result(j, i) = z.dot(growth(i, j) * z);
    return result;
  }

  Eigen::MatrixXd
  QuadraticModel::contracted_growth(const Eigen::VectorXd &p) const
  {
    const unsigned int d      = dimension();
    Eigen::MatrixXd    result = Eigen::MatrixXd::Zero(d, d);
    for (unsigned int i = 0; i < d; ++i)
      for (unsigned int j = 0; j < d; ++j)
        result += p(i) * p(j) * growth(i, j);
    return result;
  }

  QuadraticModel
  QuadraticModel::transformed(const Eigen::MatrixXd &T) const
  {
    const unsigned int    d         = dimension();
    const Eigen::MatrixXd inverse_T = inverse(T);
    QuadraticModel        result(*this);
    result.center = T * center;
    result.H      = T * H * inverse_T;
    result.Sigma  = T * Sigma * T.transpose();
    for (unsigned int i = 0; i < d; ++i)
      for (unsigned int j = 0; j < d; ++j)
        {
          Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(d, d);
          for (unsigned int k = 0; k < d; ++k)
            for (unsigned int l = 0; l < d; ++l)
              sum += T(i, k) * T(j, l) * growth(k, l);
          result.S[i * d + j] = inverse_T.transpose() * sum * inverse_T;
        }
    return result;
  }

  bool
  QuadraticModel::constant_noise() const
  {
    for (unsigned int i = 0; i < dimension(); ++i)
      if (growth(i, i).cwiseAbs().maxCoeff() > 0.)
        return false;
    return true;
  }

  Eigen::MatrixXd
  to_eigen(const Matrix &matrix, const unsigned int n, const std::string &name)
  {
    require(matrix.size() == n, name + " must have " + std::to_string(n) + " rows.");
    Eigen::MatrixXd result(n, n);
    for (unsigned int i = 0; i < n; ++i)
      {
        require(matrix[i].size() == n, name + " must have " + std::to_string(n) + " columns.");
        for (unsigned int j = 0; j < n; ++j)
          result(i, j) = matrix[i][j];
      }
    return result;
  }

  Eigen::MatrixXd
  to_diagonal(const std::vector<double> &entries, const unsigned int n, const std::string &name)
  {
    require(entries.size() == n, name + " needs one entry per coordinate.");
    return Eigen::Map<const Eigen::VectorXd>(entries.data(), n).asDiagonal();
  }

  void
  require_positive(const Eigen::MatrixXd &matrix, const bool definite, const std::string &name)
  {
    const double size = matrix.cwiseAbs().maxCoeff();
    require((matrix - matrix.transpose()).cwiseAbs().maxCoeff() <= 1e-12 * size,
            name + " must be symmetric.");
    const double smallest = smallest_eigenvalue(matrix);
    require(definite ? smallest > 0. : smallest >= -1e-12 * size,
            name + " must be positive " + (definite ? "definite." : "semi-definite."));
  }

  Matrix
  to_rows(const Eigen::MatrixXd &matrix)
  {
    Matrix result(matrix.rows(), std::vector<double>(matrix.cols()));
    for (unsigned int i = 0; i < matrix.rows(); ++i)
      for (unsigned int j = 0; j < matrix.cols(); ++j)
        result[i][j] = matrix(i, j);
    return result;
  }
} // namespace dynkin
