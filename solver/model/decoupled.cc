// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/decoupled.h"

#include "utilities/numerics.h"

#include <sstream>

using namespace dealii;

namespace dynkin
{
  template <int dim>
  DecoupledModel<dim>::DecoupledModel(const ModelParameters &parameters)
    : Model<dim>(create_killing_rate<dim>(parameters))
    , eta(parameters.eta)
    , weight_eta(parameters.weight_eta > 0. ? parameters.weight_eta : parameters.eta)
  {
    for (unsigned int i = 0; i < dim; ++i)
      {
        w_star[i] = parameters.center.at(i);
        h[i]      = parameters.decoupled.h.at(i);
        sigma[i]  = parameters.decoupled.sigma.at(i);
        rho[i]    = parameters.decoupled.rho.at(i);
      }
  }

  template <int dim>
  Tensor<1, dim>
  DecoupledModel<dim>::drift(const Point<dim> &x) const
  {
    Tensor<1, dim> b;
    for (unsigned int i = 0; i < dim; ++i)
      b[i] = -h[i] * (x[i] - w_star[i]);
    return b;
  }

  template <int dim>
  SymmetricTensor<2, dim>
  DecoupledModel<dim>::diffusion(const Point<dim> &x) const
  {
    SymmetricTensor<2, dim> a;
    for (unsigned int i = 0; i < dim; ++i)
      {
        const double z = x[i] - w_star[i];
        a[i][i]        = eta * (sigma[i] + rho[i] * z * z);
      }
    return a;
  }

  template <int dim>
  Tensor<1, dim>
  DecoupledModel<dim>::diffusion_divergence(const Point<dim> &x) const
  {
    Tensor<1, dim> div_a;
    for (unsigned int i = 0; i < dim; ++i)
      div_a[i] = 2. * eta * rho[i] * (x[i] - w_star[i]);
    return div_a;
  }

  template <int dim>
  double
  DecoupledModel<dim>::log_weight(const Point<dim> &x) const
  {
    double psi = 0.;
    for (unsigned int i = 0; i < dim; ++i)
      {
        const double z2 = Utilities::fixed_power<2>(x[i] - w_star[i]) / sigma[i];
        const double t  = rho[i] * z2;
        psi -= std::log1p(t) + h[i] / weight_eta * z2 * log1p_over(t);
      }
    return psi;
  }

  template <int dim>
  Tensor<1, dim>
  DecoupledModel<dim>::log_weight_gradient(const Point<dim> &x) const
  {
    Tensor<1, dim> gradient;
    for (unsigned int i = 0; i < dim; ++i)
      {
        const double z = x[i] - w_star[i];
        gradient[i]    = -2. * (rho[i] + h[i] / weight_eta) * z / (sigma[i] + rho[i] * z * z);
      }
    return gradient;
  }

  template <int dim>
  bool
  DecoupledModel<dim>::is_reversible() const
  {
    return weight_eta == eta;
  }

  template <int dim>
  Point<dim>
  DecoupledModel<dim>::center() const
  {
    return w_star;
  }

  template <int dim>
  std::string
  DecoupledModel<dim>::formula() const
  {
    std::ostringstream out;
    out << "dv_i = -h_i z_i dt + sqrt(eta (sigma_i + rho_i z_i^2)) dB_i  (Ito), z = v - w*\n"
        << "h = (" << h << "), sigma = (" << sigma << "), rho = (" << rho << "), eta = " << eta
        << ", w* = (" << w_star << ")";
    return out.str();
  }

  template class DecoupledModel<1>;
  template class DecoupledModel<2>;
  template class DecoupledModel<3>;
} // namespace dynkin
