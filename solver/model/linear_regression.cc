// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/linear_regression.h"

#include "model/matrix_checks.h"
#include "model/quadratic_covariance_model.h"
#include "model/quadratic_model.h"
#include "utilities/entry_table.h"
#include "utilities/exceptions.h"
#include "utilities/log.h"

namespace dynkin
{
  namespace
  {
    const Range batch_sizes = Ranges::integers(1., 1e15);
  }

  Choice
  LinearRegressionParameters::choice() const
  {
    return {
      "linear regression",
      "SGD on 1/2 (x.v - y)^2 with Gaussian inputs of covariance S: dx = -S x dt + sqrt(eta C) "
      "dB, C = (S (sigma^2 + x^T S x) + S x x^T S)/B"};
  }

  void
  LinearRegressionParameters::add_parameters(EntryTable &table)
  {
    table.add("eigenvalues",
              eigenvalues,
              "Eigenvalues > 0 of the covariance S of the inputs [1/time], one a coordinate: S is "
              "diagonal. It is also the Hessian of the loss. Mandatory for Model/type = linear "
              "regression, or `covariance` is.",
              list_pattern(Ranges::any));
    table.add(
      "covariance",
      covariance,
      "Covariance S of the inputs [1/time], symmetric positive definite, instead of "
      "`eigenvalues`: `dimension` rows separated by ';', or @FILE.csv, or one number, for that "
      "multiple of the identity.",
      table_pattern(Ranges::any));
    table.add("label noise variance",
              label_noise_variance,
              "Variance sigma^2 > 0 of the labels y about x.w*, in the unit of x^T S x.",
              number_pattern(Ranges::positive));
    table.add("batch size",
              batch_size,
              "Samples B >= 1 of a mini-batch, dimensionless: the noise goes like 1/B.",
              number_pattern(batch_sizes));
  }

  void
  LinearRegressionParameters::check(const unsigned int dimension)
  {
    const std::string section = "Model/linear regression/";
    complete_identity(covariance, dimension);
    if (!eigenvalues.empty() && !covariance.empty())
      throw InputError(section + "covariance",
                       "is S, and so is Model/linear regression/eigenvalues: set one of them only");
    if (covariance.empty())
      check_numbers(section + "eigenvalues", eigenvalues, Ranges::positive, dimension);
    else
      check_covariance(section + "covariance", covariance, dimension, true);
    check_number(section + "label noise variance", label_noise_variance, Ranges::positive);
    check_number(section + "batch size", batch_size, batch_sizes);
  }

  AnyModel
  LinearRegressionParameters::create(const ModelParameters &parameters,
                                     const unsigned int     dimension) const
  {
    return make_model<QuadraticCovarianceModel>(
      dimension,
      parameters,
      "dv = -S x dt + sqrt(eta C(v)) dB  (Ito), C = (S (sigma^2 + x^T S x) + S x x^T S)/B, "
      "x = v - w*\nS = (" +
        to_text(input_covariance()) + "), sigma^2 = " + format_number(label_noise_variance) +
        ", B = " + format_number(batch_size));
  }

  bool
  LinearRegressionParameters::is_even(const unsigned int i) const
  {
    return is_diagonal_in(input_covariance(), i);
  }

  std::optional<QuadraticCoefficients>
  LinearRegressionParameters::as_quadratic(const unsigned int dimension) const
  {
    QuadraticCoefficients result;
    const Eigen::MatrixXd S = to_eigen(input_covariance(), dimension, "covariance");
    result.H                = S;
    result.Sigma            = label_noise_variance / batch_size * S;
    for (unsigned int i = 0; i < dimension; ++i)
      for (unsigned int j = 0; j < dimension; ++j)
        {
          const Eigen::MatrixXd product = S.col(i) * S.col(j).transpose();
          result.S.push_back((S(i, j) * S + 0.5 * (product + product.transpose())) / batch_size);
        }
    return result;
  }

  std::optional<IndependentCoordinates>
  LinearRegressionParameters::as_independent() const
  {
    const Matrix S = input_covariance();
    if (S.size() != 1)
      return {};
    const double s = S[0][0];
    return IndependentCoordinates{
      {s}, {s * label_noise_variance / batch_size}, {2. * s * s / batch_size}};
  }

  std::optional<Matrix>
  LinearRegressionParameters::radial_growth() const
  {
    Matrix m = input_covariance();
    if (!is_diagonal(m))
      return {};
    std::vector<double> s;
    for (std::size_t k = 0; k < m.size(); ++k)
      s.push_back(m[k][k]);
    for (std::size_t k = 0; k < m.size(); ++k)
      for (std::size_t l = 0; l < m.size(); ++l)
        m[k][l] = s[k] * s[l] / batch_size;
    return m;
  }

  Matrix
  LinearRegressionParameters::input_covariance() const
  {
    if (!covariance.empty())
      return covariance;
    Matrix S(eigenvalues.size(), std::vector<double>(eigenvalues.size(), 0.));
    for (std::size_t i = 0; i < S.size(); ++i)
      S[i][i] = eigenvalues[i];
    return S;
  }
} // namespace dynkin
