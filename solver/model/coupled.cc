// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/coupled.h"

#include "model/matrix_checks.h"
#include "model/quadratic_covariance_model.h"
#include "model/quadratic_model.h"
#include "utilities/entry_table.h"

namespace dynkin
{
  Choice
  CoupledParameters::choice() const
  {
    return {"coupled", "dx = -H x dt + sqrt(eta Sigma_g (1 + x^T Sigma_H x)) dB"};
  }

  void
  CoupledParameters::add_parameters(EntryTable &table)
  {
    table.add(
      "H",
      H,
      "Hessian H of the loss [1/time], drift -H x: `dimension` rows separated by ';', or "
      "@FILE.csv, or one number, for that multiple of the identity. Its eigenvalues need positive "
      "real parts; it need not be symmetric. "
      "Mandatory for Model/type = coupled.",
      table_pattern(Ranges::any));
    table.add("Sigma_g",
              Sigma_g,
              "Noise at the minimum [length^2/time], symmetric positive definite, in a = eta "
              "Sigma_g (1 + x^T Sigma_H x); or one number. Mandatory for Model/type = coupled.",
              table_pattern(Ranges::any));
    table.add("Sigma_H",
              Sigma_H,
              "Growth of the noise [1/length^2], symmetric positive semi-definite; 0 is the "
              "Ornstein-Uhlenbeck process; or one number. Mandatory for Model/type = coupled.",
              table_pattern(Ranges::any));
  }

  void
  CoupledParameters::check(const unsigned int dimension)
  {
    for (Matrix *matrix : {&H, &Sigma_g, &Sigma_H})
      complete_identity(*matrix, dimension);
    check_stable("Model/coupled/H", H, dimension);
    check_covariance("Model/coupled/Sigma_g", Sigma_g, dimension, true);
    check_covariance("Model/coupled/Sigma_H", Sigma_H, dimension, false);
  }

  AnyModel
  CoupledParameters::create(const ModelParameters &parameters, const unsigned int dimension) const
  {
    return make_model<QuadraticCovarianceModel>(
      dimension,
      parameters,
      "dv = -H x dt + sqrt(eta Sigma_g (1 + x^T Sigma_H x)) dB  (Ito), x = v - w*\nH = (" +
        to_text(H) + "), Sigma_g = (" + to_text(Sigma_g) + "), Sigma_H = (" + to_text(Sigma_H) +
        ")");
  }

  bool
  CoupledParameters::is_even(const unsigned int i) const
  {
    return is_diagonal_in(H, i) && is_diagonal_in(Sigma_g, i) && is_diagonal_in(Sigma_H, i);
  }

  std::optional<QuadraticCoefficients>
  CoupledParameters::as_quadratic(const unsigned int dimension) const
  {
    const Eigen::MatrixXd growth = to_eigen(Sigma_H, dimension, "Sigma_H");
    QuadraticCoefficients result;
    result.H     = to_eigen(H, dimension, "H");
    result.Sigma = to_eigen(Sigma_g, dimension, "Sigma_g");
    require_positive(growth, false, "Sigma_H");
    for (unsigned int i = 0; i < dimension; ++i)
      for (unsigned int j = 0; j < dimension; ++j)
        result.S.push_back(result.Sigma(i, j) * growth);
    return result;
  }

  std::optional<IndependentCoordinates>
  CoupledParameters::as_independent() const
  {
    if (H.size() != 1)
      return {};
    return IndependentCoordinates{{H[0][0]}, {Sigma_g[0][0]}, {Sigma_g[0][0] * Sigma_H[0][0]}};
  }

  std::optional<CommonFactor>
  CoupledParameters::as_common_factor() const
  {
    return *this;
  }

  std::optional<Matrix>
  CoupledParameters::radial_growth() const
  {
    if (!is_diagonal(H) || !is_diagonal(Sigma_g) || !is_diagonal(Sigma_H))
      return {};
    return Matrix(H.size(), std::vector<double>(H.size(), 0.));
  }
} // namespace dynkin
