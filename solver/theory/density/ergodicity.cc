// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/density/ergodicity.h"

#include "theory/moments/closed_moments.h"
#include "utilities/dense_matrix.h"

#include <cmath>
#include <limits>
#include <stdexcept>

namespace dynkin
{
  namespace
  {
    double
    largest_eigenvalue(const Eigen::MatrixXd &matrix)
    {
      return -smallest_eigenvalue(-matrix);
    }
  } // namespace

  Ergodicity::Ergodicity(const ModelParameters &parameters)
    : parameters(parameters)
    , model(parameters)
  {
  }

  double
  Ergodicity::theta() const
  {
    return smallest_eigenvalue(0.5 * (model.H + model.H.transpose()));
  }

  double
  Ergodicity::lambda_F() const
  {
    Eigen::MatrixXd sum = model.growth(0, 0);
    for (unsigned int i = 1; i < model.dimension(); ++i)
      sum += model.growth(i, i);
    return model.eta * largest_eigenvalue(sum);
  }

  double
  Ergodicity::contraction_rate() const
  {
    if (!is_sharp())
      return 0.5 * lambda_F() - theta();
    double rate = -std::numeric_limits<double>::infinity();
    for (unsigned int i = 0; i < model.dimension(); ++i)
      rate = std::max(rate, 0.5 * model.eta * model.growth(i, i)(i, i) - model.H(i, i));
    return rate;
  }

  bool
  Ergodicity::is_sharp() const
  {
    return parameters.kind().as_independent().has_value();
  }

  double
  Ergodicity::mean_square_rate() const
  {
    return 0.5 * ClosedMoments(parameters, 2).growth_rate(2);
  }

  double
  Ergodicity::paper_lambda() const
  {
    const unsigned int d = model.dimension();
    if (!is_sharp() && !parameters.kind().as_common_factor())
      throw std::domain_error("(4.2) is evaluated for the models `decoupled` and `coupled` only.");
    // row i of s: sum_j (s_ij(x) - s_ij(y))^2 <= eta lambda_max(S^ii) |x - y|^2, attained far out
    double row = 0.;
    for (unsigned int i = 0; i < d; ++i)
      row = std::max(row, largest_eigenvalue(model.growth(i, i)));
    return model.eta * row;
  }

  double
  Ergodicity::paper_rate() const
  {
    return model.dimension() * paper_lambda() - theta();
  }

  double
  Ergodicity::corrected_paper_rate() const
  {
    return 0.5 * model.dimension() * paper_lambda() - theta();
  }

  double
  Ergodicity::paper_bound() const
  {
    const unsigned int d = model.dimension();
    if (d == 1) // Sigma_g Sigma_H = rho
      return model.constant_noise() ? std::numeric_limits<double>::infinity()
                                    : model.H(0, 0) / model.growth(0, 0)(0, 0);
    const double                      size   = model.H.cwiseAbs().maxCoeff();
    const std::optional<CommonFactor> factor = parameters.kind().as_common_factor();
    if (!factor || (model.H - model.H.transpose()).cwiseAbs().maxCoeff() > 1e-12 * size)
      throw std::domain_error(
        "(4.4) is a condition on the model `coupled` with a symmetric H (for d > 1 `decoupled` "
        "is no special case of it).");
    const auto [values, Q]      = symmetric_eigen(model.H);
    const Eigen::MatrixXd root  = Q.transpose() * symmetric_sqrt(model.Sigma) * Q;
    const double          g_max = root.maxCoeff();
    const double          H_sum = to_eigen(factor->Sigma_H, d, "Sigma_H").trace();
    return values(0) / (d * d * g_max * g_max * H_sum);
  }

  bool
  Ergodicity::paper_condition() const
  {
    return model.eta < paper_bound();
  }
} // namespace dynkin
