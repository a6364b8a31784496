// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_decoupled_h
#define dynkin_model_decoupled_h

#include "model/model.h"

namespace dynkin
{
  /**
   * Power-law dynamic with diagonal noise, paper (2.16), z = v - w*:
   *   dv_i = -h_i z_i dt + sqrt( eta (sigma_i + rho_i z_i^2) ) dB_i,
   *   h_i, sigma_i, eta > 0, rho_i >= 0 (rho_i = 0: Ornstein-Uhlenbeck).
   *
   * Natural weight: the unnormalised stationary density on R^d,
   *   psi = sum_i kappa_i log(1 + rho_i z_i^2/sigma_i),  kappa_i = -1 - h_i/(eta rho_i),
   * written so that rho_i -> 0 is smooth. Then c = 0.
   */
  template <int dim>
  class DecoupledModel : public Model<dim>
  {
  public:
    explicit DecoupledModel(const ModelParameters &parameters);

    dealii::Tensor<1, dim>
    drift(const dealii::Point<dim> &x) const override;

    dealii::SymmetricTensor<2, dim>
    diffusion(const dealii::Point<dim> &x) const override;

    dealii::Tensor<1, dim>
    diffusion_divergence(const dealii::Point<dim> &x) const override;

    double
    log_weight(const dealii::Point<dim> &x) const override;

    dealii::Tensor<1, dim>
    log_weight_gradient(const dealii::Point<dim> &x) const override;

    bool
    is_reversible() const override;

    dealii::Point<dim>
    center() const override;

    std::string
    formula() const override;

  private:
    double                 eta;
    double                 weight_eta; // of the law that is the natural weight
    dealii::Point<dim>     w_star;
    dealii::Tensor<1, dim> h, sigma, rho;
  };
} // namespace dynkin

#endif
