// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "utilities/log.h"

#include <iomanip>
#include <iostream>
#include <sstream>

namespace dynkin
{
  namespace
  {
    constexpr int label_width = 12;
  }

  Log::Log(const bool is_active)
    : is_active(is_active)
    , last_output(Clock::now())
  {
  }

  void
  Log::line(const std::string &label, const std::string &text) const
  {
    if (!is_active)
      return;
    std::istringstream lines(text);
    std::string        head = label;
    for (std::string line; std::getline(lines, line); head.clear())
      std::cout << "  " << std::left << std::setw(label_width) << head << line << '\n';
    std::cout << std::flush;
    last_output = Clock::now();
  }

  void
  Log::text(const std::string &text) const
  {
    if (is_active)
      std::cout << text << std::endl;
    last_output = Clock::now();
  }

  void
  Log::progress(const std::string &text) const
  {
    if (is_active && Clock::now() - last_output > std::chrono::seconds(2))
      line("...", text);
  }

  std::string
  format_number(const double value, const int digits)
  {
    std::ostringstream out;
    out << std::setprecision(digits) << value;
    return out.str();
  }

  std::string
  point_in_words(const std::vector<double> &point)
  {
    std::string text;
    for (const double x : point)
      text += (text.empty() ? "at (" : ", ") + format_number(x, 12);
    return text + ")";
  }

  std::string
  with_error(const double value, const double estimate)
  {
    return format_number(value, 14) + "   +- " + format_number(estimate, 1);
  }

  std::string
  power_with_error(const double log10, const double relative_estimate)
  {
    return "10^" + format_number(log10, 14) + ", relative error " +
           format_number(relative_estimate, 1);
  }

  Stopwatch::Stopwatch(double &sum)
    : sum(sum)
    , start(std::chrono::steady_clock::now())
  {
  }

  Stopwatch::~Stopwatch()
  {
    sum += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }
} // namespace dynkin
