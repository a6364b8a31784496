// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/small_noise_limit.h"

#include <deal.II/lac/full_matrix.h>

#include "study/theory_sections.h"
#include "utilities/log.h"

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

  Result
  small_noise_limit(const Parameters &parameters, const Record &rows)
  {
    std::vector<NoiseSample> samples;
    for (const Record &row : rows.items())
      if (const Record *times = row.find("mean exit time"))
        {
          const Record &time   = times->items().front();
          const double  eta    = row.find("Model/learning rate")->number(),
                       log10   = time.find("log10")->number();
          const Record *stated = time.find("relative error estimate"); // none of theory
          const double  error  = stated == nullptr ? 0. : stated->number();
          if (std::isfinite(log10) && error <= largest_error)
            samples.push_back({eta, eta * std::log(10.) * log10, eta * error});
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

    Record list = Record::list();
    for (const NoiseSample &sample : samples)
      list.add({{"learning rate", sample.eta}, {"eta log mean exit time", sample.value}});
    Record page;
    add_small_noise_theory(parameters, page);
    const Record &minimum = *page.find("theory")->find("quasi-potential minimum")->find("value");
    Result        result;
    Record        record;
    record.put("limit", {all.limit, error});
    record.update({{"rate", rate},
                   {"prefactor exponent", all.exponent},
                   {"quasi-potential minimum", minimum},
                   {"values", list}});
    result.numbers["small-noise limit"] = record;
    result.tell(
      "small noise",
      "eta log E[tau] -> " + format_number(all.limit, 8) + " +- " + format_number(error, 1) +
        " as eta -> 0, like eta^" + format_number(rate, 3) + "; E[tau] ~ eta^" +
        format_number(all.exponent, 3) + " exp(V/eta)" +
        (minimum.is_nothing() ? "" : "; theory: V = " + format_number(minimum.number(), 8)));
    return result;
  }
} // namespace dynkin
