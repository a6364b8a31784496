// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <cmath>

#include "problem/exit_law_computation.h"

using namespace dealii;

// What is reported of the law of the exit time.

namespace dynkin
{
  namespace
  {
    /** {"value": 0.54, "error estimate": 1e-12}; a number beyond a double has its logarithm. */
    Json
    with_estimate(const std::string &name, const long double value, const double relative)
    {
      Json json = {{name, static_cast<double>(value)}};
      if (!std::isfinite(static_cast<double>(value)) ||
          (value != 0.L && static_cast<double>(value) == 0.))
        json["log10"] = static_cast<double>(std::log10(value));
      json["error estimate"] = static_cast<double>(std::abs(value) * relative);
      return json;
    }
  } // namespace

  template <int dim>
  Result
  ExitLawComputation<dim>::results(const PointValues &result, const Sampler<dim> &sampler) const
  {
    const QuantityParameters &quantities = this->parameters.quantities;
    Result                    all        = ExitTimeComputation<dim>::results(result, sampler);
    Json                      law        = with_estimate("rate", rate.value, rate.relative);
    law["rate error estimate"]           = law["error estimate"];
    law.erase("error estimate");
    law["survival"]  = Json::array();
    law["quantiles"] = Json::array();
    const auto log_number =
      [&](const std::string &what, const std::string &at, const Number &number) {
        const double value = static_cast<double>(number.value);
        const bool   fits  = std::isfinite(value) && (value != 0. || number.value == 0.L);
        this->log.line(what,
                       at + (fits ? with_error(value, std::abs(value) * number.relative)
                                  : power_with_error(static_cast<double>(std::log10(number.value)),
                                                     number.relative)));
      };
    log_number("rate", "", rate);
    for (unsigned int k = 0; k < result.points.size(); ++k)
      {
        for (unsigned int i = 0; i < quantities.times.size(); ++i)
          {
            log_number("P[tau > t]",
                       point_in_words(result.points[k]) +
                         ", t = " + format_number(quantities.times[i]) + "   ",
                       survival[k][i]);
            Json entry = {{"point", result.points[k]}, {"time", quantities.times[i]}};
            entry.update(with_estimate("value", survival[k][i].value, survival[k][i].relative));
            entry["density"]                = static_cast<double>(densities[k][i].value);
            entry["density error estimate"] = densities[k][i].relative;
            law["survival"].push_back(entry);
          }
        for (unsigned int i = 0; i < quantities.quantiles.size(); ++i)
          {
            log_number("quantile",
                       point_in_words(result.points[k]) +
                         ", p = " + format_number(quantities.quantiles[i]) + "   ",
                       quantiles[k][i]);
            if (k == 0 && quantities.quantiles[i] == 0.5)
              law["median"] = static_cast<double>(quantiles[k][i].value);
            Json entry = {{"point", result.points[k]}, {"probability", quantities.quantiles[i]}};
            entry.update(with_estimate("time", quantiles[k][i].value, quantiles[k][i].relative));
            law["quantiles"].push_back(entry);
          }
      }
    if (!survival_fields.empty())
      {
        const Json check = check_fields();
        this->log.line(
          "check",
          "P[tau > t] at all nodes: minimum " +
            format_number(check["minimum"].template get<double>(), 2) +
            ", largest increase in time " +
            format_number(check["largest increase"].template get<double>(), 2) +
            (check["monotone"].template get<bool>() ? ", monotone" : ", NOT MONOTONE"));
        law.update(check);
      }
    all.numbers["exit law"] = law;
    return all;
  }

#define INSTANTIATE(dim) \
  template Result ExitLawComputation<dim>::results(const PointValues &, const Sampler<dim> &) const;
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
