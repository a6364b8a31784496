// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_quadratic_covariance_model_h
#define dynkin_model_quadratic_covariance_model_h

#include "model/model.h"
#include "model/student_weight.h"

#include <optional>

namespace dynkin
{
  /**
   * Power-law dynamic with linear drift and quadratic diffusion (ModelKind::as_quadratic()), x = v - w*:
   *
   *   dv = -H x dt + sqrt(eta C(v)) dB,   C_ij = Sigma_ij + x^T A^{ij} x.
   *
   * Natural weight: StudentWeight, exact wherever a closed form is known.
   */
  template <int dim>
  class QuadraticCovarianceModel : public Model<dim>
  {
  public:
    /** `equation` with its coefficients, for people. */
    QuadraticCovarianceModel(const ModelParameters &parameters, const std::string &equation);

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
