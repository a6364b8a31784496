// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_model_parameters_h
#define dynkin_model_model_parameters_h

#include <string>
#include <vector>

namespace dealii
{
  class ParameterHandler;
}

namespace dynkin
{
  /** Model "decoupled" (M1): b_i = -h_i x_i, a_ii = eta (sigma_i + rho_i x_i^2). */
  struct DecoupledParameters
  {
    std::vector<double> h;     // Model/decoupled/h, > 0 [1/time]
    std::vector<double> sigma; // Model/decoupled/sigma, > 0
    std::vector<double> rho;   // Model/decoupled/rho, >= 0; 0 is Ornstein-Uhlenbeck
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

    DecoupledParameters decoupled;

    void
    add_parameters(dealii::ParameterHandler &prm);

    /** Relations between entries; fills an empty center. Throws InputError. */
    void
    check(const unsigned int dimension);
  };
} // namespace dynkin

#endif
