// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/model_parameters.h"

#include "utilities/parameter_entries.h"

namespace dynkin
{
  namespace
  {
    const std::vector<Choice> types = {
      {"decoupled",
       "dx_i = -h_i x_i dt + sqrt(eta (sigma_i + rho_i x_i^2)) dB_i, independent power laws"}};
  }

  void
  ModelParameters::add_parameters(dealii::ParameterHandler &prm)
  {
    prm.enter_subsection("Model");
    add_entry(prm,
              "type",
              type,
              "Which stochastic differential equation (Ito) the state v follows, with "
              "x = v - center. The subsection of the same name holds its coefficients.",
              types);
    add_entry(prm,
              "learning rate",
              eta,
              "Learning rate eta > 0, dimensionless: scales the noise, a ~ eta; the drift does "
              "not depend on it.",
              number_pattern(Ranges::positive));
    add_entry(prm,
              "center",
              center,
              "Minimum w* of the loss [length], where the drift vanishes; `dimension` numbers. "
              "Not set: the origin.",
              list_pattern(Ranges::any));

    prm.enter_subsection("decoupled");
    add_entry(prm,
              "h",
              decoupled.h,
              "Curvatures h_i > 0 of the loss [1/time], drift -h_i x_i; `dimension` numbers. "
              "Mandatory for Model/type = decoupled.",
              list_pattern(Ranges::positive));
    add_entry(prm,
              "sigma",
              decoupled.sigma,
              "Noise at the minimum, sigma_i > 0 [length^2/time] in a_ii = eta (sigma_i + rho_i "
              "x_i^2); `dimension` numbers. Mandatory for Model/type = decoupled.",
              list_pattern(Ranges::positive));
    add_entry(prm,
              "rho",
              decoupled.rho,
              "Growth of the noise with the distance, rho_i >= 0 [1/time] in a_ii = eta (sigma_i "
              "+ rho_i x_i^2); 0 is the Ornstein-Uhlenbeck process; the tail index of the density "
              "is 1 + 2 h_i/(eta rho_i). `dimension` numbers. Mandatory for Model/type = "
              "decoupled.",
              list_pattern(Ranges::non_negative));
    prm.leave_subsection();
    prm.leave_subsection();
  }

  void
  ModelParameters::check(const unsigned int dimension)
  {
    check_choice("Model/type", type, types);
    check_number("Model/learning rate", eta, Ranges::positive);
    if (center.empty())
      center.assign(dimension, 0.);
    check_numbers("Model/center", center, Ranges::any, dimension);
    check_numbers("Model/decoupled/h", decoupled.h, Ranges::positive, dimension);
    check_numbers("Model/decoupled/sigma", decoupled.sigma, Ranges::positive, dimension);
    check_numbers("Model/decoupled/rho", decoupled.rho, Ranges::non_negative, dimension);
  }
} // namespace dynkin
