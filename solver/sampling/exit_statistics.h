// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_sampling_exit_statistics_h
#define dynkin_sampling_exit_statistics_h

#include "sampling/path_sampler.h"

#include <limits>

namespace dynkin
{
  /** A mean, and the deviation of it. */
  struct SampleMean
  {
    double value = 0., standard_error = 0.;

    double
    relative() const
    {
      return standard_error / value;
    }
  };

  /** n of N paths: of none and of all the deviation is that of a path or so. */
  SampleMean
  fraction(const double n, const double N);

  /** Sums of a number over paths, in their order. */
  class SampleSums
  {
  public:
    void
    add(const double number);

    double
    count() const;

    SampleMean
    mean() const;

  private:
    double n = 0., sum = 0., squares = 0.;
    double origin = 0.; // the first number: what is summed are distances from it
  };

  /** Of exit times in steps; paths that are inside at the maximum count as such, and as that long. */
  class ExitStatistics
  {
  public:
    /** `thresholds` K of P(tau > K). Paths beyond the maximum are inside. */
    ExitStatistics(const std::vector<double> &thresholds,
                   const double               maximum,
                   const unsigned int         n_walls);

    void
    add(const PathEnds &ends);

    /** The first of the paths, with steps of twice the length: h' = 2 h. */
    void
    add_coarse(const PathEnds &fine, const PathEnds &coarse);

    double
    count() const;

    double
    n_inside() const;

    /** E min(tau, maximum): a lower bound of E tau if some are inside. */
    SampleMean
    mean() const;

    /** E of (tau with 2 h) - (tau with h), in steps of h: what the error of a first-order scheme is. */
    SampleMean
    bias() const;

    /** P(tau > thresholds[k]). */
    SampleMean
    survival(const unsigned int k) const;

    /** Of it, as bias(). */
    SampleMean
    survival_bias(const unsigned int k) const;

    /** Of those that left; P(exit there before the maximum). */
    SampleMean
    wall(const unsigned int id) const;

    /**
     * The least K with P(tau <= K) >= p, of the first 1e7 paths; standard error by order statistics. Not
     * finite if it is beyond the maximum.
     */
    SampleMean
    quantile(const double p) const;

    /** P(tau > t) at up to n times t, and the band that holds all of the curve with the probability 0.95. */
    struct Band
    {
      double time, survival, lower, upper; // time in steps
    };

    /**
     * Of the first 1e7 paths, by the inequality of A. Dvoretzky, J. Kiefer, J. Wolfowitz with the constant of P. Massart,
     * Ann. Probab. 18, 1990: within sqrt(log(2/0.05)/(2 n)) everywhere.
     */
    std::vector<Band>
    curve(const unsigned int n) const;

    static constexpr std::size_t most_kept = 10000000;

  private:
    void
    sort() const;

    const std::vector<double>   thresholds;
    const double                maximum;
    SampleSums                  times, differences;
    double                      inside = 0.;
    std::vector<double>         beyond, at_wall; // numbers of paths
    std::vector<SampleSums>     beyond_differences;
    mutable std::vector<double> kept; // sorted when asked for
    mutable bool                is_sorted = false;
  };
} // namespace dynkin

#endif
