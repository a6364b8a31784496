// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/model_parameters.h"

#include <regex>

#include "model/formula.h"
#include "model/matrix_checks.h"
#include "utilities/entry_table.h"
#include "utilities/exceptions.h"

namespace dynkin
{
  namespace
  {
    const std::vector<Choice> types = {
      {"decoupled",
       "dx_i = -h_i x_i dt + sqrt(eta (sigma_i + rho_i x_i^2)) dB_i, independent power laws"},
      {"coupled", "dx = -H x dt + sqrt(eta Sigma_g (1 + x^T Sigma_H x)) dB"},
      {"quadratic covariance",
       "dx = -H x dt + sqrt(eta C(x)) dB, C_ij = Sigma_ij + x^T A^ij x: the full covariance of "
       "gradient noise"},
      {"expression", "drift and diffusion as formulas in x, y, z"}};
    const std::vector<Choice> conventions = {
      {"Ito", "the noise looks at the state before the step"},
      {"Stratonovich", "midpoint; for d > 1 with the lower triangular root of the diffusion"},
      {"Haenggi-Klimontovich", "end point: A f = 1/2 div(a grad f) + b . grad f"}};

    void
    add_decoupled(EntryTable &table, DecoupledParameters &decoupled)
    {
      table.begin_section("Model/decoupled");
      table.add("h",
                decoupled.h,
                "Curvatures h_i > 0 of the loss [1/time], drift -h_i x_i; `dimension` numbers. "
                "Mandatory for Model/type = decoupled.",
                list_pattern(Ranges::positive));
      table.add("sigma",
                decoupled.sigma,
                "Noise at the minimum, sigma_i > 0 [length^2/time] in a_ii = eta (sigma_i + rho_i "
                "x_i^2); `dimension` numbers. Mandatory for Model/type = decoupled.",
                list_pattern(Ranges::positive));
      table.add(
        "rho",
        decoupled.rho,
        "Growth of the noise with the distance, rho_i >= 0 [1/time] in a_ii = eta (sigma_i "
        "+ rho_i x_i^2); 0 is the Ornstein-Uhlenbeck process; the tail index of the density "
        "is 1 + 2 h_i/(eta rho_i). `dimension` numbers. Mandatory for Model/type = "
        "decoupled.",
        list_pattern(Ranges::non_negative));
    }

    void
    add_coupled(EntryTable &table, CoupledParameters &coupled)
    {
      table.begin_section("Model/coupled");
      table.add("H",
                coupled.H,
                "Hessian H of the loss [1/time], drift -H x: `dimension` rows separated by ';', or "
                "@FILE.csv. Its eigenvalues need positive real parts; it need not be symmetric. "
                "Mandatory for Model/type = coupled.",
                table_pattern(Ranges::any));
      table.add("Sigma_g",
                coupled.Sigma_g,
                "Noise at the minimum [length^2/time], symmetric positive definite, in a = eta "
                "Sigma_g (1 + x^T Sigma_H x). Mandatory for Model/type = coupled.",
                table_pattern(Ranges::any));
      table.add("Sigma_H",
                coupled.Sigma_H,
                "Growth of the noise [1/length^2], symmetric positive semi-definite; 0 is the "
                "Ornstein-Uhlenbeck process. Mandatory for Model/type = coupled.",
                table_pattern(Ranges::any));
    }

    void
    add_quadratic_covariance(EntryTable &table, QuadraticCovarianceParameters &quadratic_covariance)
    {
      table.begin_section("Model/quadratic covariance");
      table.add("H",
                quadratic_covariance.H,
                "Hessian H of the loss [1/time], drift -H x; eigenvalues with positive real parts. "
                "Mandatory for Model/type = quadratic covariance.",
                table_pattern(Ranges::any));
      table.add("Sigma",
                quadratic_covariance.Sigma,
                "Covariance of the noise at the minimum [length^2/time], symmetric positive "
                "definite. Mandatory for Model/type = quadratic covariance.",
                table_pattern(Ranges::any));
      table.add("A",
                quadratic_covariance.A,
                "Covariance of the entries of the random Hessian [1/time], d^2 x d^2, symmetric "
                "positive semi-definite, index (i, a) -> i d + a (counted from 0): C_ij = Sigma_ij "
                "+ sum_ab A(i d + a, j d + b) x_a x_b. Mandatory for Model/type = quadratic "
                "covariance.",
                table_pattern(Ranges::any));
    }

    void
    add_expression(EntryTable &table, ExpressionParameters &expression)
    {
      const ValuePattern text = text_pattern("formulas");
      table.begin_section("Model/expression");
      table.add("constants",
                expression.constants,
                "Numbers by name for the formulas, such as \"k = 2, s = sqrt(k)\": formulas of "
                "numbers and of constants before them. The learning rate is known as eta.",
                text_pattern("names with numbers"));
      table.add("drift",
                expression.drift,
                "Drift b [length/time]: `dimension` formulas in x, y, z (absolute coordinates), "
                "separated by ';'. Mandatory for Model/type = expression. " +
                  formula_help(),
                text);
      table.add("diffusion",
                expression.diffusion,
                "Diffusion matrix a = s s^T [length^2/time], all of it (the learning rate is not "
                "multiplied to it): rows separated by ';', full or from the diagonal on. "
                "Formulas as for the drift. Mandatory for Model/type = expression.",
                text);
      table.add("convention",
                expression.convention,
                "How dv = b dt + s dB is meant; it is converted to Ito exactly.",
                conventions);
    }
  } // namespace

  void
  ModelParameters::add_parameters(EntryTable &table)
  {
    table.begin_section("Model");
    table.add("type",
              type,
              "Which stochastic differential equation (Ito) the state v follows, with "
              "x = v - center. The subsection of the same name holds its coefficients.",
              types);
    table.add("learning rate",
              eta,
              "Learning rate eta > 0, dimensionless: scales the noise, a ~ eta; the drift does "
              "not depend on it.",
              number_pattern(Ranges::positive));
    table.add("center",
              center,
              "Minimum w* of the loss [length], where the drift vanishes; `dimension` numbers. "
              "Not set: the origin.",
              list_pattern(Ranges::any));

    table.add("killing rate",
              killing_rate,
              "Rate k(v) >= 0 [1/time] at which the process is killed wherever it is: a formula in "
              "x, y, z (absolute coordinates) and the constants of the subsection `expression`. "
              "Exit times end at the exit or when the process is killed, whichever comes first, "
              "A f - k f = -1; exit places are those reached alive; rates are those of A - k. Not "
              "for densities and theory.",
              text_pattern("a formula in x, y, z"));

    add_decoupled(table, decoupled);
    add_coupled(table, coupled);
    add_quadratic_covariance(table, quadratic_covariance);
    add_expression(table, expression);
  }

  bool
  ModelParameters::uses_learning_rate() const
  {
    const std::regex eta("\\beta\\b");
    return type != "expression" || std::regex_search(expression.drift, eta) ||
           std::regex_search(expression.diffusion, eta) || std::regex_search(killing_rate, eta);
  }

  void
  ModelParameters::check(const unsigned int dimension)
  {
    check_choice("Model/type", type, types);
    if (type != "expression" || eta != 0.)
      check_number("Model/learning rate", eta, Ranges::positive);
    if (center.empty())
      center.assign(dimension, 0.);
    check_numbers("Model/center", center, Ranges::any, dimension);
    if (type == "decoupled")
      {
        check_numbers("Model/decoupled/h", decoupled.h, Ranges::positive, dimension);
        check_numbers("Model/decoupled/sigma", decoupled.sigma, Ranges::positive, dimension);
        check_numbers("Model/decoupled/rho", decoupled.rho, Ranges::non_negative, dimension);
      }
    else if (type == "coupled")
      {
        check_stable("Model/coupled/H", coupled.H, dimension);
        check_covariance("Model/coupled/Sigma_g", coupled.Sigma_g, dimension, true);
        check_covariance("Model/coupled/Sigma_H", coupled.Sigma_H, dimension, false);
      }
    else if (type == "quadratic covariance")
      {
        const std::string section = "Model/quadratic covariance/";
        check_stable(section + "H", quadratic_covariance.H, dimension);
        check_covariance(section + "Sigma", quadratic_covariance.Sigma, dimension, true);
        check_covariance(section + "A", quadratic_covariance.A, dimension * dimension, false);
      }
    else
      {
        if (expression.drift.empty())
          throw InputError("Model/expression/drift", "needs formulas separated by ';'");
        if (expression.diffusion.empty())
          throw InputError("Model/expression/diffusion", "needs rows of formulas separated by ';'");
      }
  }
} // namespace dynkin
