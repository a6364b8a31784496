// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/small_noise_limit.h"

#include <deal.II/lac/full_matrix.h>

#include "study/theory_sections.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace dynkin
{
  namespace
  {
    constexpr std::size_t maximum_terms = 6, minimum_terms = 4;
    constexpr double      largest_error = 1e-3; // of an exit time, relative

    struct NoiseSample
    {
      double eta, value, error; // of eta log E tau
    };

    struct Extrapolation
    {
      double limit, exponent; // V and a
      double error;           // of V, by those of the samples
    };

    /** With as many terms as there are samples. */
    Extrapolation
    extrapolate(const std::vector<NoiseSample> &samples)
    {
      const std::size_t          n    = samples.size();
      const double               unit = samples.back().eta;
      dealii::FullMatrix<double> matrix(n);
      for (std::size_t i = 0; i < n; ++i)
        {
          const double t = samples[i].eta / unit;
          matrix(i, 0)   = 1.;
          matrix(i, 1)   = t * std::log(t);
          for (std::size_t j = 2; j < n; ++j)
            matrix(i, j) = std::pow(t, j - 1.);
        }
      matrix.gauss_jordan(); // the inverse
      Extrapolation result = {0., 0., 0.};
      for (std::size_t i = 0; i < n; ++i)
        {
          result.limit += matrix(0, i) * samples[i].value;
          result.exponent += matrix(1, i) * samples[i].value / unit;
          result.error += std::abs(matrix(0, i)) * samples[i].error;
        }
      return result;
    }
  } // namespace

  Json
  small_noise_limit(const Parameters &parameters, const Json &rows, const Log &log)
  {
    std::vector<NoiseSample> samples;
    for (const Json &row : rows)
      if (row.contains("mean exit time"))
        {
          const double eta   = row["Model/learning rate"].get<double>();
          const Json  &time  = row["mean exit time"][0];
          const Json  &log10 = time["log10"];
          const double error = time.value("relative error estimate", 0.);
          if (log10.is_number() && error <= largest_error)
            samples.push_back({eta, eta * std::log(10.) * log10.get<double>(), eta * error});
        }
    std::sort(samples.begin(), samples.end(), [](const NoiseSample &a, const NoiseSample &b) {
      return a.eta < b.eta;
    });
    samples.erase(
      std::unique(samples.begin(),
                  samples.end(),
                  [](const NoiseSample &a, const NoiseSample &b) { return a.eta == b.eta; }),
      samples.end());
    if (samples.size() < minimum_terms)
      return {};

    samples.resize(std::min(samples.size(), maximum_terms));
    const Extrapolation all   = extrapolate(samples);
    double              error = 0.;
    for (std::size_t left_out = 0; left_out < samples.size(); ++left_out)
      {
        std::vector<NoiseSample> others = samples;
        others.erase(others.begin() + left_out);
        error = std::max(error, std::abs(extrapolate(others).limit - all.limit));
      }
    error += all.error;
    const auto distance = [&](const std::size_t k) {
      return std::abs(samples[k].value - all.limit);
    };
    const double rate =
      std::log(distance(1) / distance(0)) / std::log(samples[1].eta / samples[0].eta);

    Json list = Json::array();
    for (const NoiseSample &sample : samples)
      list.push_back({{"learning rate", sample.eta}, {"eta log mean exit time", sample.value}});
    Json page;
    add_small_noise_theory(parameters, page);
    const Json &minimum = page["theory"]["quasi-potential minimum"];
    log.line("small noise",
             "eta log E[tau] -> " + format_number(all.limit, 8) + " +- " + format_number(error, 1) +
               " as eta -> 0, like eta^" + format_number(rate, 3) + "; E[tau] ~ eta^" +
               format_number(all.exponent, 3) + " exp(V/eta)" +
               (minimum["value"].is_number()
                  ? "; theory: V = " + format_number(minimum["value"].get<double>(), 8)
                  : ""));
    return {{"limit", all.limit},
            {"error estimate", error},
            {"rate", rate},
            {"prefactor exponent", all.exponent},
            {"quasi-potential minimum", minimum["value"]},
            {"values", list}};
  }
} // namespace dynkin
