// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_study_monte_carlo_text_h
#define dynkin_study_monte_carlo_text_h

#include "sampling/exit_statistics.h"
#include "utilities/log.h"
#include "utilities/result.h"

#include <chrono>

namespace dynkin
{
  /** "2.3762548   +- 0.0021". */
  std::string
  with_deviation(const SampleMean &number);

  SampleMean
  scaled(const SampleMean &number, const double factor);

  /** Under `name`, and "standard error". */
  void
  put(Record &entry, const std::string &name, const SampleMean &number);

  Record
  record_of(const std::string &name, const SampleMean &number);

  /** The part of a job that is done, from time to time, and the time that is left. */
  class ProgressLine
  {
  public:
    /** `what` comes first in the line. */
    ProgressLine(const Log &log, const std::string &what);

    void
    tell(const double done, const std::string &of_what);

    /** Whatever is done. */
    void
    tell(const std::string &text);

  private:
    const Log                                  &log;
    const std::string                           what;
    const std::chrono::steady_clock::time_point begin;
    double                                      next = 2.; // seconds
  };
} // namespace dynkin

#endif
