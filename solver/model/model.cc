// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/model.h"

#include "model/decoupled.h"
#include "model/expression.h"
#include "model/quadratic_covariance.h"
#include "utilities/exceptions.h"

namespace dynkin
{
  template <int dim>
  std::vector<double>
  Model<dim>::log_weights(const std::vector<dealii::Point<dim>> &x) const
  {
    std::vector<double> psi(x.size());
    for (std::size_t q = 0; q < x.size(); ++q)
      psi[q] = log_weight(x[q]);
    return psi;
  }

  template <int dim>
  std::unique_ptr<Model<dim>>
  create_model(const ModelParameters &parameters)
  {
    if (parameters.type == "decoupled")
      return std::make_unique<DecoupledModel<dim>>(parameters);
    if (parameters.type == "coupled" || parameters.type == "quadratic covariance")
      return std::make_unique<QuadraticCovarianceModel<dim>>(parameters);
    if (parameters.type == "expression")
      return std::make_unique<ExpressionModel<dim>>(parameters);
    throw InputError("Model/type",
                     "must be one of: decoupled, coupled, quadratic covariance, expression");
  }

  template class Model<1>;
  template class Model<2>;
  template class Model<3>;
  template std::unique_ptr<Model<1>>
  create_model<1>(const ModelParameters &);
  template std::unique_ptr<Model<2>>
  create_model<2>(const ModelParameters &);
  template std::unique_ptr<Model<3>>
  create_model<3>(const ModelParameters &);
} // namespace dynkin
