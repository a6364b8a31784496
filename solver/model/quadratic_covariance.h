// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_quadratic_covariance_h
#define dynkin_model_quadratic_covariance_h

#include "model/model.h"
#include "model/student_weight.h"

#include <optional>

namespace dynkin
{
  /**
   * Power-law dynamic with the full covariance of the gradient noise, paper
   * (2.12), x = v - w*:
   *
   *   dv = -H x dt + sqrt(eta C(v)) dB,   C_ij = Sigma_ij + x^T A^{ij} x,
   *
   * A^{ij}_{ab} = A(i d + a, j d + b), A symmetric positive semi-definite of
   * size d^2 x d^2, Sigma symmetric positive definite, H with eigenvalues of
   * positive real part. It contains the coupled model (2.13)-(2.15),
   * C = Sigma_g (1 + x^T Sigma_H x), as A = Sigma_g (x) Sigma_H.
   *
   * Natural weight: StudentWeight, exact wherever a closed form is known.
   */
  template <int dim>
  class QuadraticCovarianceModel : public Model<dim>
  {
  public:
    /** `type` is coupled or quadratic covariance. */
    explicit QuadraticCovarianceModel(const ModelParameters &parameters);

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
    /** eta (x^T A^{ij} x)_ij. */
    dealii::SymmetricTensor<2, dim>
    quadratic_part(const dealii::Tensor<1, dim> &x) const;

    double                            eta;
    dealii::Point<dim>                w_star;
    dealii::Tensor<2, dim>            H;
    dealii::SymmetricTensor<2, dim>   Sigma;
    dealii::Tensor<4, dim>            A; // A[i][j][a][b]
    dealii::Tensor<2, dim>            D; // div a = D x
    std::string                       text;
    std::optional<StudentWeight<dim>> weight;
    bool                              reversible = false;
  };
} // namespace dynkin

#endif
