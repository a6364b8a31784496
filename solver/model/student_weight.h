// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_student_weight_h
#define dynkin_model_student_weight_h

#include <deal.II/base/symmetric_tensor.h>
#include <deal.II/base/tensor.h>

#include <functional>

namespace dynkin
{
  /**
   * Reference weight w = exp(psi) of Student's form for a diffusion with linear
   * drift -H x and diffusion a(x) quadratic in x, a(x) = a(0) + a_2(x):
   *
   *   psi(x) = -m log(1 + x^T M x / m),   m = infinity: psi = -x^T M x.
   *
   * M matches the Gaussian of the linearised process, with the first correction
   * for the growth of the noise:  M = S^{-1}/2 + sym(a(0)^{-1} D)/2, where
   * H S + S H^T = a(0) and div a = D x. The exponent m makes the part of the
   * drift that is not reversible smallest at infinity, in the metric of a_2:
   *
   *   m = <g . (H + D/2) t> / <g . a_2(t) g>,   g = M t / (t . M t),
   *
   * with averages over unit vectors t. Exact (psi is the logarithm of the
   * stationary density up to a constant) for Ornstein-Uhlenbeck processes, for
   * H = (k Sigma_g + K) Sigma_H, a = eta Sigma_g (1 + x^T Sigma_H x) with any
   * antisymmetric K, where m = 1 + k/eta and M = m Sigma_H, and for isotropic
   * models such as least squares with Gaussian inputs.
   *
   * Where the tail index alpha of the stationary law is known, m = (alpha + d)/2 instead:
   * then the law divided by w is bounded.
   */
  template <int dim>
  class StudentWeight
  {
  public:
    /**
     * H needs eigenvalues with positive real part, a_0 must be positive definite.
     * `a_2` is the part of a(x) that is quadratic in x; `tail_index` = 0: not known.
     */
    StudentWeight(
      const dealii::Tensor<2, dim>                                                         &H,
      const dealii::SymmetricTensor<2, dim>                                                &a_0,
      const dealii::Tensor<2, dim>                                                         &D,
      const std::function<dealii::SymmetricTensor<2, dim>(const dealii::Tensor<1, dim> &)> &a_2,
      const double tail_index = 0.);

    /** psi(x). */
    double
    log_value(const dealii::Tensor<1, dim> &x) const;

    /** grad psi(x). */
    dealii::Tensor<1, dim>
    log_gradient(const dealii::Tensor<1, dim> &x) const;

  private:
    dealii::SymmetricTensor<2, dim> M;
    double                          inverse_m = 0.;
  };
} // namespace dynkin

#endif
