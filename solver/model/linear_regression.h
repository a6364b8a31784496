// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_linear_regression_h
#define dynkin_model_linear_regression_h

#include "model/model_kind.h"

namespace dynkin
{
  /** The entries of the subsection `linear regression`. */
  struct LinearRegressionEntries
  {
    std::vector<double> eigenvalues;               // of S, > 0 [1/time]: S is diagonal; or
    Matrix              covariance;                // S, symmetric positive definite [1/time]
    double              label_noise_variance = 1.; // sigma^2 > 0
    double              batch_size           = 1.; // B >= 1
  };

  /**
   * Model "linear regression": stochastic gradient descent on the loss 1/2 (x . v - y)^2 of inputs
   * x ~ N(0, S) and labels y = x . w* + N(0, sigma^2), in mini-batches of B fresh samples. With
   * z = v - w* the gradient has the mean S z and exactly the covariance (of four Gaussians, Isserlis)
   *
   *   C(z) = (S (sigma^2 + z^T S z) + S z z^T S)/B,   dv = -S z dt + sqrt(eta C(z)) dB:
   *
   * a model with linear drift and quadratic diffusion.
   */
  struct LinearRegressionParameters
    : ModelKind
    , LinearRegressionEntries
  {
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

    /** H = S, Sigma = sigma^2 S/B, S^ij = (S_ij S + s_i s_j^T)/B with the columns s_i of S. */
    std::optional<QuadraticCoefficients>
    as_quadratic(const unsigned int dimension) const override;

    /** On the line: h = s, sigma = s sigma^2/B, rho = 2 s^2/B. */
    std::optional<IndependentCoordinates>
    as_independent() const override;

    /** m_kl = s_k s_l/B if S is diagonal. */
    std::optional<Matrix>
    radial_growth() const override;

  private:
    /** S, whichever way it was given. */
    Matrix
    input_covariance() const;
  };
} // namespace dynkin

#endif
