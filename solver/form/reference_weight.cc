// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "form/reference_weight.h"

using namespace dealii;

namespace dynkin
{
  template <int dim>
  ReferenceWeight<dim>::ReferenceWeight(const Model<dim> &model, const std::string &choice)
    : model(&model)
    , choice(choice)
    , is_natural(choice == "natural")
  {
  }

  template <int dim>
  const std::string &
  ReferenceWeight<dim>::name() const
  {
    return choice;
  }

  template <int dim>
  void
  ReferenceWeight<dim>::set_unit(const double psi_one)
  {
    psi_1 = psi_one;
  }

  template <int dim>
  double
  ReferenceWeight<dim>::log_value(const Point<dim> &x) const
  {
    return (is_natural ? model->log_weight(x) : 0.) - psi_1;
  }

  template <int dim>
  double
  ReferenceWeight<dim>::value(const Point<dim> &x) const
  {
    return std::exp(log_value(x));
  }

  template <int dim>
  Tensor<1, dim>
  ReferenceWeight<dim>::log_gradient(const Point<dim> &x) const
  {
    return is_natural ? model->log_weight_gradient(x) : Tensor<1, dim>();
  }

  template <int dim>
  Tensor<1, dim>
  ReferenceWeight<dim>::nonreversible_drift(const Point<dim> &x) const
  {
    if (is_reversible())
      return Tensor<1, dim>();
    Tensor<1, dim> c = model->drift(x) - 0.5 * model->diffusion_divergence(x);
    if (is_natural)
      c -= 0.5 * (model->diffusion(x) * model->log_weight_gradient(x));
    return c;
  }

  template <int dim>
  bool
  ReferenceWeight<dim>::is_reversible() const
  {
    return is_natural && model->is_reversible();
  }

  template class ReferenceWeight<1>;
  template class ReferenceWeight<2>;
  template class ReferenceWeight<3>;
} // namespace dynkin
