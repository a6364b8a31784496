// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "app/small_noise_limit.h"

#include <deal.II/lac/full_matrix.h>
#include <deal.II/lac/vector.h>

#include "app/theory_sections.h"
#include "theory/simplest_form.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace dynkin
{
  namespace
  {
    constexpr std::size_t maximum_terms = 6, minimum_terms = 4;
    constexpr double      largest_error = 1e-3; // of an exit time, relative

    struct Sample
    {
      double eta, value; // eta log E tau
    };

    /** V and a by the first samples, as many as there are terms. */
    std::pair<double, double>
    extrapolate(const std::vector<Sample> &samples, const std::size_t n_terms)
    {
      const double               unit = samples[n_terms - 1].eta;
      dealii::FullMatrix<double> matrix(n_terms);
      dealii::Vector<double>     values(n_terms), coefficients(n_terms);
      for (std::size_t i = 0; i < n_terms; ++i)
        {
          const double t = samples[i].eta / unit;
          values(i)      = samples[i].value;
          matrix(i, 0)   = 1.;
          matrix(i, 1)   = t * std::log(t);
          for (std::size_t j = 2; j < n_terms; ++j)
            matrix(i, j) = std::pow(t, j - 1.);
        }
      matrix.gauss_jordan();
      matrix.vmult(coefficients, values);
      return {coefficients(0), coefficients(1) / unit};
    }
  } // namespace

  Json
  small_noise_limit(const Parameters &parameters, const Json &rows, const Log &log)
  {
    std::vector<Sample> samples;
    for (const Json &row : rows)
      if (row.contains("mean exit time"))
        {
          const double eta   = row["Model/learning rate"].get<double>();
          const Json  &time  = row["mean exit time"][0];
          const Json  &log10 = time["log10"];
          if (log10.is_number() && time.value("relative error estimate", 0.) <= largest_error)
            samples.push_back({eta, eta * std::log(10.) * log10.get<double>()});
        }
    std::sort(samples.begin(), samples.end(), [](const Sample &a, const Sample &b) {
      return a.eta < b.eta;
    });
    samples.erase(std::unique(samples.begin(),
                              samples.end(),
                              [](const Sample &a, const Sample &b) { return a.eta == b.eta; }),
                  samples.end());
    if (samples.size() < minimum_terms)
      return {};

    const std::size_t n_terms    = std::min(samples.size(), maximum_terms);
    const auto [limit, exponent] = extrapolate(samples, n_terms);
    const double error           = std::abs(limit - extrapolate(samples, n_terms - 1).first);
    const auto   distance        = [&, V = limit](const std::size_t k) {
      return std::abs(samples[k].value - V);
    };
    const double rate =
      std::log(distance(1) / distance(0)) / std::log(samples[1].eta / samples[0].eta);

    Json list = Json::array();
    for (const Sample &sample : samples)
      list.push_back({{"learning rate", sample.eta}, {"eta log mean exit time", sample.value}});
    Json page;
    add_small_noise_theory(parameters, simplest_form(parameters.model), page);
    const Json &minimum = page["theory"]["quasi-potential minimum"];
    log.line("small noise",
             "eta log E[tau] -> " + format_number(limit, 8) + " +- " + format_number(error, 1) +
               " as eta -> 0, like eta^" + format_number(rate, 3) + "; E[tau] ~ eta^" +
               format_number(exponent, 3) + " exp(V/eta)" +
               (minimum["value"].is_number()
                  ? "; theory: V = " + format_number(minimum["value"].get<double>(), 8)
                  : ""));
    return {{"limit", limit},
            {"error estimate", error},
            {"rate", rate},
            {"prefactor exponent", exponent},
            {"quasi-potential minimum", minimum["value"]},
            {"values", list}};
  }
} // namespace dynkin
