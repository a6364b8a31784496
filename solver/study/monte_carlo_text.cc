// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/monte_carlo_text.h"

namespace dynkin
{
  std::string
  with_deviation(const SampleMean &number)
  {
    return format_number(number.value, 8) + "   +- " + format_number(number.standard_error, 2);
  }

  SampleMean
  scaled(const SampleMean &number, const double factor)
  {
    return {factor * number.value, factor * number.standard_error};
  }

  void
  put(Record &entry, const std::string &name, const SampleMean &number)
  {
    entry[name]             = number.value;
    entry["standard error"] = number.standard_error;
  }

  Record
  record_of(const std::string &name, const SampleMean &number)
  {
    return {{name, number.value}, {"standard error", number.standard_error}};
  }

  ProgressLine::ProgressLine(const Log &log, const std::string &what)
    : log(log)
    , what(what)
    , begin(std::chrono::steady_clock::now())
  {
  }

  void
  ProgressLine::tell(const double done, const std::string &of_what)
  {
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    tell(
      format_number(100. * done, 2) + " % of " + of_what +
      (done > 0. ? ", " + format_number(seconds.count() * (1. / done - 1.), 2) + " s left" : ""));
  }

  void
  ProgressLine::tell(const std::string &text)
  {
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    if (seconds.count() < next)
      return;
    next = 1.2 * seconds.count();
    log.progress(what + text);
  }
} // namespace dynkin
