// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_problem_point_values_h
#define dynkin_problem_point_values_h

#include "utilities/result.h"

#include <string>
#include <vector>

namespace dynkin
{
  /** A value at a reported point, or of no point (an eigenvalue). */
  struct PointValue
  {
    std::vector<double> point;
    Number              number;
    double              largest;     // relative error estimate of all quantities at the point
    bool                is_absolute; // `largest` is an absolute one: the value counts as 0
  };

  /** What an adaptive run brings below its tolerance. */
  class PointValues
  {
  public:
    std::vector<PointValue> list;
    double field_estimate = 0.; // relative L2 error of a field that is wanted as a whole

    void
    add(const std::vector<double> &point, const Number &number);

    /** A value that counts as 0: its error, an estimate in units of `scale`, is compared with the tolerance. */
    void
    add_zero(const std::vector<double> &point,
             const long double          value,
             const double               estimate,
             const long double          scale);

    /** The estimates of other quantities at the points count, too. */
    void
    include(const PointValues &other);

    /** The largest estimate at point k is at least this one. */
    void
    include(const unsigned int k, const double relative_estimate);

    /** Estimates that were too small by this factor and, relative to the values, by `added`. */
    void
    enlarge(const double factor, const double added);

    /** Those of single points that are small by accident. */
    void
    raise_smaller_ones();

    /** The largest relative error estimate of all requested quantities. */
    double
    largest_estimate() const;

    /** "the largest relative error estimate is 1e-7"; an absolute one is called so. */
    std::string
    largest_in_words() const;
  };

  /**
   * On a coarse mesh two solutions that differ by one degree agree at some points far better than
   * with the truth: each estimate becomes at least a share of the largest.
   */
  void
  raise_smaller_ones(std::vector<double> &estimates);

  /** Puts the values under `key`, as a list, and their lines "E tau   at (0, 0)   2.376254830973   +- 1e-11". */
  void
  report_values(Result            &result,
                Record            &record,
                const std::string &key,
                const std::string &symbol,
                const PointValues &values);
} // namespace dynkin

#endif
