// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/quadratic_covariance.h"

#include "model/matrix_checks.h"
#include "model/quadratic_covariance_model.h"
#include "model/quadratic_model.h"
#include "utilities/entry_table.h"

namespace dynkin
{
  Choice
  QuadraticCovarianceParameters::choice() const
  {
    return {
      "quadratic covariance",
      "dx = -H x dt + sqrt(eta C(x)) dB, C_ij = Sigma_ij + x^T A^ij x: the full covariance of "
      "gradient noise"};
  }

  void
  QuadraticCovarianceParameters::add_parameters(EntryTable &table)
  {
    table.add(
      "H",
      H,
      "Hessian H of the loss [1/time], drift -H x; eigenvalues with positive real parts; or one "
      "number, for that multiple of the identity. "
      "Mandatory for Model/type = quadratic covariance.",
      table_pattern(Ranges::any));
    table.add("Sigma",
              Sigma,
              "Covariance of the noise at the minimum [length^2/time], symmetric positive "
              "definite; or one number. Mandatory for Model/type = quadratic covariance.",
              table_pattern(Ranges::any));
    table.add("A",
              A,
              "Covariance of the entries of the random Hessian [1/time], d^2 x d^2, symmetric "
              "positive semi-definite, index (i, a) -> i d + a (counted from 0): C_ij = Sigma_ij "
              "+ sum_ab A(i d + a, j d + b) x_a x_b. Mandatory for Model/type = quadratic "
              "covariance.",
              table_pattern(Ranges::any));
  }

  void
  QuadraticCovarianceParameters::check(const unsigned int dimension)
  {
    const std::string section = "Model/quadratic covariance/";
    for (Matrix *matrix : {&H, &Sigma})
      complete_identity(*matrix, dimension);
    check_stable(section + "H", H, dimension);
    check_covariance(section + "Sigma", Sigma, dimension, true);
    check_covariance(section + "A", A, dimension * dimension, false);
  }

  AnyModel
  QuadraticCovarianceParameters::create(const ModelParameters &parameters,
                                        const unsigned int     dimension) const
  {
    return make_model<QuadraticCovarianceModel>(
      dimension,
      parameters,
      "dv = -H x dt + sqrt(eta C(v)) dB  (Ito), C_ij = Sigma_ij + x^T A^ij x, x = v - w*\nH = (" +
        to_text(H) + "), Sigma = (" + to_text(Sigma) + "), A = (" + to_text(A) + ")");
  }

  bool
  QuadraticCovarianceParameters::is_even(const unsigned int i) const
  {
    // A_{i d + a, j d + b} z_a z_b changes sign with z_i and z_j alone: every index occurs in pairs
    const std::size_t d = H.size();
    for (std::size_t row = 0; row < A.size(); ++row)
      for (std::size_t column = 0; column < A[row].size(); ++column)
        if (A[row][column] != 0. &&
            ((row / d == i) + (row % d == i) + (column / d == i) + (column % d == i)) % 2 != 0)
          return false;
    return is_diagonal_in(H, i) && is_diagonal_in(Sigma, i);
  }

  std::optional<QuadraticCoefficients>
  QuadraticCovarianceParameters::as_quadratic(const unsigned int dimension) const
  {
    const Eigen::MatrixXd growth = to_eigen(A, dimension * dimension, "A");
    QuadraticCoefficients result;
    result.H     = to_eigen(H, dimension, "H");
    result.Sigma = to_eigen(Sigma, dimension, "Sigma");
    require_positive(growth, false, "A");
    for (unsigned int i = 0; i < dimension; ++i)
      for (unsigned int j = 0; j < dimension; ++j)
        result.S.push_back(growth.block(i * dimension, j * dimension, dimension, dimension));
    return result;
  }

  std::optional<IndependentCoordinates>
  QuadraticCovarianceParameters::as_independent() const
  {
    if (H.size() != 1)
      return {};
    return IndependentCoordinates{{H[0][0]}, {Sigma[0][0]}, {A[0][0]}};
  }
} // namespace dynkin
