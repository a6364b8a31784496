// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "sampling/exit_statistics.h"

#include <algorithm>
#include <cmath>

namespace dynkin
{
  void
  SampleSums::add(const double number)
  {
    if (n == 0.)
      origin = number;
    n += 1.;
    sum += number - origin;
    squares += (number - origin) * (number - origin);
  }

  SampleMean
  fraction(const double n, const double N)
  {
    const double p = n / N, likely = (n + 1.) / (N + 2.);
    const double for_error = p > 0. && p < 1. ? p : likely;
    return {p, std::sqrt(for_error * (1. - for_error) / N)};
  }

  double
  SampleSums::count() const
  {
    return n;
  }

  SampleMean
  SampleSums::mean() const
  {
    if (n < 2.)
      return {n > 0. ? origin + sum / n : 0., std::numeric_limits<double>::infinity()};
    const double variance = std::max(0., (squares - sum * sum / n) / (n - 1.));
    return {origin + sum / n, std::sqrt(variance / n)};
  }

  ExitStatistics::ExitStatistics(const std::vector<double> &thresholds,
                                 const double               maximum,
                                 const unsigned int         n_walls)
    : thresholds(thresholds)
    , maximum(maximum)
    , beyond(thresholds.size(), 0.)
    , at_wall(n_walls, 0.)
    , beyond_differences(thresholds.size())
  {
  }

  void
  ExitStatistics::add(const PathEnds &ends)
  {
    is_sorted = false;
    for (std::size_t path = 0; path < ends.steps.size(); ++path)
      {
        const double steps    = ends.steps[path];
        const bool   has_left = steps <= maximum;
        times.add(has_left ? steps : maximum);
        (has_left ? at_wall[ends.walls[path]] : inside) += 1.;
        for (std::size_t k = 0; k < thresholds.size(); ++k)
          beyond[k] += steps > thresholds[k] ? 1. : 0.;
        if (kept.size() < most_kept)
          kept.push_back(has_left ? steps : std::numeric_limits<double>::infinity());
      }
  }

  void
  ExitStatistics::add_coarse(const PathEnds &fine, const PathEnds &coarse)
  {
    for (std::size_t path = 0; path < coarse.steps.size(); ++path)
      {
        const double of_coarse = 2. * coarse.steps[path], of_fine = fine.steps[path];
        differences.add(std::min(of_coarse, maximum) - std::min(of_fine, maximum));
        for (std::size_t k = 0; k < thresholds.size(); ++k)
          beyond_differences[k].add((of_coarse > thresholds[k] ? 1. : 0.) -
                                    (of_fine > thresholds[k] ? 1. : 0.));
      }
  }

  double
  ExitStatistics::count() const
  {
    return times.count();
  }

  double
  ExitStatistics::n_inside() const
  {
    return inside;
  }

  SampleMean
  ExitStatistics::mean() const
  {
    return times.mean();
  }

  SampleMean
  ExitStatistics::bias() const
  {
    return differences.mean();
  }

  SampleMean
  ExitStatistics::survival_bias(const unsigned int k) const
  {
    return beyond_differences[k].mean();
  }

  SampleMean
  ExitStatistics::survival(const unsigned int k) const
  {
    return fraction(beyond[k], count());
  }

  SampleMean
  ExitStatistics::wall(const unsigned int id) const
  {
    return fraction(at_wall[id], count());
  }

  void
  ExitStatistics::sort() const
  {
    if (!is_sorted)
      std::sort(kept.begin(), kept.end());
    is_sorted = true;
  }

  std::vector<ExitStatistics::Band>
  ExitStatistics::curve(const unsigned int n) const
  {
    sort();
    const double      width = std::sqrt(std::log(2. / 0.05) / (2. * kept.size()));
    std::vector<Band> list;
    for (unsigned int k = 0; k < n; ++k)
      {
        const double time = kept[k * (kept.size() - 1) / std::max(1u, n - 1)];
        if (!std::isfinite(time) || (!list.empty() && time == list.back().time))
          continue;
        const auto   left     = std::upper_bound(kept.begin(), kept.end(), time) - kept.begin();
        const double survival = 1. - static_cast<double>(left) / kept.size();
        list.push_back(
          {time, survival, std::max(0., survival - width), std::min(1., survival + width)});
      }
    return list;
  }

  SampleMean
  ExitStatistics::quantile(const double p) const
  {
    sort();
    const double n  = static_cast<double>(kept.size());
    const auto   at = [&](const double q) {
      const double rank = std::ceil(std::min(std::max(q, 0.), 1.) * n);
      return kept[static_cast<std::size_t>(std::max(rank, 1.)) - 1];
    };
    const double deviation = std::sqrt(p * (1. - p) / n);
    const double upper = at(p + deviation), lower = at(p - deviation);
    return {at(p),
            std::isfinite(upper) ? 0.5 * (upper - lower) : std::numeric_limits<double>::infinity()};
  }
} // namespace dynkin
