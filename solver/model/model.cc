// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/model.h"

#include "model/decoupled.h"
#include "utilities/exceptions.h"

namespace dynkin
{
  template <int dim>
  std::unique_ptr<Model<dim>>
  create_model(const ModelParameters &parameters)
  {
    if (parameters.type == "decoupled")
      return std::make_unique<DecoupledModel<dim>>(parameters);
    throw InputError("Model/type", "must be one of: decoupled");
  }

  template std::unique_ptr<Model<1>>
  create_model<1>(const ModelParameters &);
  template std::unique_ptr<Model<2>>
  create_model<2>(const ModelParameters &);
  template std::unique_ptr<Model<3>>
  create_model<3>(const ModelParameters &);
} // namespace dynkin
