// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "sampling/exit_statistics.h"

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
  ExitStatistics::fraction(const double n_of_all) const
  {
    // of none and of all the deviation is that of a path or so
    const double n = count(), p = n_of_all / n, likely = (n_of_all + 1.) / (n + 2.);
    const double for_error = p > 0. && p < 1. ? p : likely;
    return {p, std::sqrt(for_error * (1. - for_error) / n)};
  }

  SampleMean
  ExitStatistics::survival(const unsigned int k) const
  {
    return fraction(beyond[k]);
  }

  SampleMean
  ExitStatistics::wall(const unsigned int id) const
  {
    return fraction(at_wall[id]);
  }

  SampleMean
  ExitStatistics::quantile(const double p) const
  {
    if (!is_sorted)
      std::sort(kept.begin(), kept.end());
    is_sorted       = true;
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
