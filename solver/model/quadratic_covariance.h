// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_quadratic_covariance_h
#define dynkin_model_quadratic_covariance_h

#include "model/model_kind.h"

namespace dynkin
{
  /** The entries of the subsection `quadratic covariance`. */
  struct QuadraticCovarianceEntries
  {
    Matrix H;     // eigenvalues with positive real part [1/time]
    Matrix Sigma; // symmetric positive definite [length^2/time]
    Matrix A;     // d^2 x d^2, symmetric positive semi-definite [1/time]
  };

  /**
   * Model "quadratic covariance" (M3), the full covariance of the gradient noise, paper (2.12):
   * dv = -H z dt + sqrt(eta C(z)) dB, C_ij = Sigma_ij + sum_kl A_{i d + k, j d + l} z_k z_l.
   */
  struct QuadraticCovarianceParameters
    : ModelKind
    , QuadraticCovarianceEntries
  {
    using QuadraticCovarianceEntries::operator=;

    Choice
    choice() const override;

    void
    add_parameters(EntryTable &table) override;

    void
    check(const unsigned int dimension) override;

    AnyModel
    create(const ModelParameters &parameters, const unsigned int dimension) const override;

    bool
    is_even(const unsigned int i) const override;

    /** S^ij: the blocks of A. */
    std::optional<QuadraticCoefficients>
    as_quadratic(const unsigned int dimension) const override;

    /** On the line: rho = A. */
    std::optional<IndependentCoordinates>
    as_independent() const override;
  };
} // namespace dynkin

#endif
