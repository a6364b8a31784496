// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_quadratic_model_h
#define dynkin_model_quadratic_model_h

#include "model/model_parameters.h"

#include <Eigen/Core>

#include <vector>

namespace dynkin
{
  /** Drift -H z and diffusion eta C(z), C_ij(z) = Sigma_ij + z^T S^ij z. */
  struct QuadraticCoefficients
  {
    Eigen::MatrixXd              H;
    Eigen::MatrixXd              Sigma;
    std::vector<Eigen::MatrixXd> S; // S^ij at i*d + j; its symmetric part counts
  };

  /**
   * A model with linear drift and quadratic diffusion (ModelKind::as_quadratic()),
   * with z = x - w* and in any number of dimensions d:
   *
   *   dz = -H z dt + s(z) dB,   s s^T = eta C(z),   C_ij(z) = Sigma_ij + z^T S^ij z,
   *
   * S^ij = S^ji symmetric; paper (2.12) to (2.16).
   *
   * The constructor throws std::domain_error for another model, wrong sizes,
   * eta <= 0, an H with an eigenvalue of non-positive real part, a Sigma that is
   * not symmetric positive definite, and a growth that is not positive semi-definite.
   */
  struct QuadraticModel : QuadraticCoefficients
  {
    explicit QuadraticModel(const ModelParameters &parameters);

    unsigned int
    dimension() const;

    /** S^ij. */
    const Eigen::MatrixXd &
    growth(const unsigned int i, const unsigned int j) const;

    /** C(z) - Sigma, the matrix of z^T S^ij z. */
    Eigen::MatrixXd
    growth_at(const Eigen::VectorXd &z) const;

    /** sum_ij p_i p_j S^ij: its quadratic form in z is p . (C(z) - Sigma) p. */
    Eigen::MatrixXd
    contracted_growth(const Eigen::VectorXd &p) const;

    /** The same process in the coordinates y = T z. */
    QuadraticModel
    transformed(const Eigen::MatrixXd &T) const;

    /** Is C constant (Ornstein-Uhlenbeck)? */
    bool
    constant_noise() const;

    double          eta;
    Eigen::VectorXd center; // w*
  };

  /** The same numbers as an Eigen matrix. Throws std::domain_error unless it is n x n; `name` says which. */
  Eigen::MatrixXd
  to_eigen(const Matrix &matrix, const unsigned int n, const std::string &name);

  /** A diagonal matrix. Throws std::domain_error unless there are n numbers; `name` says which. */
  Eigen::MatrixXd
  to_diagonal(const std::vector<double> &entries, const unsigned int n, const std::string &name);

  /** Throws std::domain_error unless the matrix is symmetric to rounding, with eigenvalues >= 0 (or > 0). */
  void
  require_positive(const Eigen::MatrixXd &matrix, const bool definite, const std::string &name);

  /** The same numbers as rows. */
  Matrix
  to_rows(const Eigen::MatrixXd &matrix);
} // namespace dynkin

#endif
