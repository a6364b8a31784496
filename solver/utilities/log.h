// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_utilities_log_h
#define dynkin_utilities_log_h

#include <chrono>
#include <string>
#include <vector>

namespace dynkin
{
  /**
   * What a person reads while the program runs: one labelled line per fact, on
   * standard output, by one process only.
   */
  class Log
  {
  public:
    explicit Log(const bool is_active);

    /** "  label      text"; further lines of `text` are indented alike. */
    void
    line(const std::string &label, const std::string &text) const;

    void
    text(const std::string &text) const;

    /**
     * A sign of life in long work: printed only if more than two seconds have
     * passed since the last line.
     */
    void
    progress(const std::string &text) const;

  private:
    using Clock = std::chrono::steady_clock;

    bool                      is_active;
    mutable Clock::time_point last_output;
  };

  /** A number with `digits` significant digits. */
  std::string
  format_number(const double value, const int digits = 6);

  /** "at (0, 0)" */
  std::string
  point_in_words(const std::vector<double> &point);

  /** A result to 14 digits, "value   +- estimate". */
  std::string
  with_error(const double value, const double estimate);

  /** The same of one beyond double precision, by its logarithm: "10^log10, relative error estimate". */
  std::string
  power_with_error(const double log10, const double relative_estimate);

  /** Adds the seconds between construction and destruction to a sum. */
  class Stopwatch
  {
  public:
    explicit Stopwatch(double &sum);
    ~Stopwatch();

    Stopwatch(const Stopwatch &) = delete;
    Stopwatch &
    operator=(const Stopwatch &) = delete;

  private:
    double                                     &sum;
    const std::chrono::steady_clock::time_point start;
  };
} // namespace dynkin

#endif
