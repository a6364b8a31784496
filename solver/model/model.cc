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

  template std::unique_ptr<Model<1>>
  create_model<1>(const ModelParameters &);
  template std::unique_ptr<Model<2>>
  create_model<2>(const ModelParameters &);
  template std::unique_ptr<Model<3>>
  create_model<3>(const ModelParameters &);
} // namespace dynkin
