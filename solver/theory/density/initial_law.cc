// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/density/initial_law.h"

#include <boost/math/constants/constants.hpp>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "model/matrix_checks.h"
#include "model/quadratic_model.h"
#include "utilities/dense_matrix.h"
#include "utilities/entry_table.h"
#include "utilities/exceptions.h"

namespace dynkin
{
  namespace
  {
    const std::vector<Choice> laws = {
      {"stationary", "the stationary law for another learning rate"},
      {"gaussian", "the normal law of a mean and covariance"},
      {"point", "a point, mollified: the normal law of a mean and a width"}};
  }

  void
  StartParameters::add_parameters(EntryTable &table)
  {
    table.begin_section("Start");
    table.add("law",
              law,
              "Law at time 0; between walls its restriction, wrapped around periodic ones. For "
              "problem = transient density.",
              laws);
    table.add(
      "learning rate",
      learning_rate,
      "Learning rate before time 0, > 0, which then changes to Model/learning rate. Mandatory "
      "for Start/law = stationary.",
      number_pattern(Ranges::positive),
      {OnlyFor{"Start/law", {"stationary"}}});
    table.add("mean",
              mean,
              "Mean [length]; `dimension` numbers. For Start/law = gaussian and point. Not set: "
              "Model/center.",
              list_pattern(Ranges::any),
              {OnlyFor{"Start/law", {"gaussian", "point"}}});
    table.add(
      "covariance",
      covariance,
      "Covariance [length^2], symmetric positive definite: `dimension` rows separated by ';', "
      "or @FILE.csv. Mandatory for Start/law = gaussian.",
      table_pattern(Ranges::any),
      {OnlyFor{"Start/law", {"gaussian"}}});
    table.add(
      "width",
      width,
      "Standard deviation in each coordinate [length], > 0, of the normal law that stands for "
      "the point. Mandatory for Start/law = point.",
      number_pattern(Ranges::positive),
      {OnlyFor{"Start/law", {"point"}}});
  }

  void
  StartParameters::check(const ModelParameters &model)
  {
    const unsigned int d = model.center.size();
    check_choice("Start/law", law, laws);
    if (law == "stationary")
      {
        check_number("Start/learning rate", learning_rate, Ranges::positive);
        if (model.kind().has_formulas())
          throw InputError("Start/law",
                           "needs gaussian or point for Model/type = " + model.type +
                             ", which has no learning rate");
        return;
      }
    if (mean.empty())
      mean = model.center;
    check_numbers("Start/mean", mean, Ranges::any, d);
    if (law == "point")
      {
        check_number("Start/width", width, Ranges::positive);
        covariance.assign(d, std::vector<double>(d, 0.));
        for (unsigned int i = 0; i < d; ++i)
          covariance[i][i] = width * width;
      }
    check_covariance("Start/covariance", covariance, d, true);
  }

  bool
  StartParameters::chi_squared_is_finite() const
  {
    return std::all_of(chi_squared_decay.begin(), chi_squared_decay.end(), [](const double decay) {
      return decay > 0.;
    });
  }

  double
  StartParameters::weight_eta(const ModelParameters &parameters) const
  {
    if (law == "stationary")
      return std::max(learning_rate, parameters.eta);
    if (!parameters.kind().is_quadratic())
      return parameters.eta;
    // a Gaussian is lighter than any power law; beside another Gaussian its variance counts
    const QuadraticModel  model(parameters);
    const unsigned int    d        = model.dimension();
    const Eigen::MatrixXd variance = lyapunov_solution(model.H, model.eta * model.Sigma);
    const Eigen::MatrixXd growth   = model.growth_at(Eigen::VectorXd::Ones(d));
    double                ratio    = 1.;
    for (unsigned int i = 0; i < d; ++i)
      if (growth(i, i) == 0.)
        ratio = std::max(ratio, d * covariance[i][i] / variance(i, i));
    return ratio * parameters.eta;
  }

  double
  StartParameters::smallest_deviation() const
  {
    return std::sqrt(smallest_eigenvalue(to_eigen(covariance, mean.size(), "covariance")));
  }

  double
  StartParameters::deviations(const std::vector<double> &x) const
  {
    const unsigned int d = mean.size();
    Eigen::VectorXd    z(d);
    for (unsigned int i = 0; i < d; ++i)
      z(i) = x[i] - mean[i];
    const Eigen::MatrixXd L = cholesky(to_eigen(covariance, d, "covariance"));
    return L.triangularView<Eigen::Lower>().solve(z).norm();
  }

  double
  StartParameters::log_gaussian(const std::vector<double> &x) const
  {
    const unsigned int    d       = mean.size();
    const Eigen::MatrixXd L       = cholesky(to_eigen(covariance, d, "covariance"));
    double                log_det = 0.;
    for (unsigned int i = 0; i < d; ++i)
      log_det += std::log(L(i, i));
    return -0.5 * std::pow(deviations(x), 2) - log_det -
           0.5 * d * std::log(2. * boost::math::constants::pi<double>());
  }

  bool
  StartParameters::is_narrow(const ModelParameters &parameters) const
  {
    if (law == "stationary")
      return learning_rate < 2. * parameters.eta;
    const QuadraticModel  model(parameters);
    const Eigen::MatrixXd variance = lyapunov_solution(model.H, model.eta * model.Sigma);
    for (unsigned int i = 0; i < mean.size(); ++i)
      if (!(covariance[i][i] < 2. * variance(i, i)))
        return false;
    return true;
  }

  std::string
  StartParameters::description() const
  {
    std::ostringstream text;
    if (law == "stationary")
      text << "stationary law for the learning rate " << learning_rate;
    else
      {
        text << "normal law, mean (";
        for (unsigned int i = 0; i < mean.size(); ++i)
          text << (i > 0 ? ", " : "") << mean[i];
        text << "), ";
        if (law == "point")
          text << "the point mollified by a standard deviation of " << width;
        else
          {
            text << "covariance ";
            for (const std::vector<double> &row : covariance)
              for (unsigned int j = 0; j < row.size(); ++j)
                text << (j > 0 ? ", " : &row == &covariance.front() ? "(" : "; ") << row[j];
            text << ")";
          }
      }
    return text.str();
  }
} // namespace dynkin
