// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/model.h"

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
    return with_weight_in_radii(
      std::get<std::unique_ptr<Model<dim>>>(parameters.kind().create(parameters, dim)), parameters);
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
