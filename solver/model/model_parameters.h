// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_model_parameters_h
#define dynkin_model_model_parameters_h

#include <string>
#include <vector>

namespace dynkin
{
  class EntryTable;

  /** Model "decoupled" (M1): b_i = -h_i x_i, a_ii = eta (sigma_i + rho_i x_i^2). */
  struct DecoupledParameters
  {
    std::vector<double> h;     // Model/decoupled/h, > 0 [1/time]
    std::vector<double> sigma; // Model/decoupled/sigma, > 0
    std::vector<double> rho;   // Model/decoupled/rho, >= 0; 0 is Ornstein-Uhlenbeck
  };

  /** Rows of a matrix. */
  using Matrix = std::vector<std::vector<double>>;

  /** Model "coupled" (M2): b = -H x, a = eta Sigma_g (1 + x^T Sigma_H x). */
  struct CoupledParameters
  {
    Matrix H;       // Model/coupled/H, eigenvalues with positive real part [1/time]
    Matrix Sigma_g; // Model/coupled/Sigma_g, symmetric positive definite
    Matrix Sigma_H; // Model/coupled/Sigma_H, symmetric positive semi-definite
  };

  /**
   * Model "quadratic covariance" (M3): b = -H x, a = eta C(x),
   * C_ij = Sigma_ij + sum_kl A_{i d + k, j d + l} x_k x_l.
   */
  struct QuadraticCovarianceParameters
  {
    Matrix H;     // Model/quadratic covariance/H
    Matrix Sigma; // Model/quadratic covariance/Sigma, symmetric positive definite
    Matrix A;     // Model/quadratic covariance/A, d^2 x d^2, symmetric positive semi-definite
  };

  /**
   * Model "expression" (M4): any diffusion, drift and a as formulas in x, y, z
   * (absolute coordinates) and named constants.
   */
  struct ExpressionParameters
  {
    std::string constants;          // Model/expression/constants: "k=2, s=0.3"
    std::string drift;              // Model/expression/drift: d formulas, separated by ';'
    std::string diffusion;          // Model/expression/diffusion: rows of a, full or upper triangle
    std::string convention = "Ito"; // Model/expression/convention
  };

  /**
   * Which stochastic differential equation dv = b(v) dt + s(v) dB, a = s s^T
   * (Ito) is meant, in any number of dimensions; subsection `Model`.
   */
  struct ModelParameters
  {
    std::string         type;     // Model/type; mandatory
    double              eta = 0.; // Model/learning rate, > 0; mandatory
    std::vector<double> center;   // Model/center; empty in the file: the origin

    std::string killing_rate = "0"; // Model/killing rate k(x) >= 0, a formula

    double weight_tail_index = 0.; // of the natural weight; 0: fitted to the drift at infinity
    double weight_eta        = 0.; // learning rate whose law the natural weight is; 0: eta

    DecoupledParameters           decoupled;
    CoupledParameters             coupled;
    QuadraticCovarianceParameters quadratic_covariance;
    ExpressionParameters          expression;

    void
    add_parameters(EntryTable &table);

    /** Is there a killing rate that does not vanish? */
    bool
    kills() const;

    /** Does anything depend on the learning rate? Formulas do if they name it. */
    bool
    uses_learning_rate() const;

    /**
     * Relations between entries of the chosen model; fills an empty center. The
     * subsections of other models may be set, so that a file can keep several.
     * Throws InputError.
     */
    void
    check(const unsigned int dimension);
  };
} // namespace dynkin

#endif
