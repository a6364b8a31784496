// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "utilities/log.h"
#include "utilities/numerics.h"
#include "utilities/parameter_entries.h"

#include <thread>

#include "catch2.h"

using namespace dynkin;

TEST_CASE("log1p(t)/t is continued to t = 0", "[utilities]")
{
  CHECK(log1p_over(0.) == 1.);
  CHECK(log1p_over(1e-300) == Approx(1.).epsilon(1e-15));
  CHECK(log1p_over(1e-5) == Approx(1. - 0.5e-5 + 1e-10 / 3.).epsilon(1e-15));
  CHECK(log1p_over(1.) == Approx(std::log(2.)).epsilon(1e-15));
  CHECK(log1p_over(1.L) == std::log1p(1.L));
}

TEST_CASE("numbers are printed with the digits asked for", "[utilities]")
{
  CHECK(format_number(2.3762548309730543, 4) == "2.376");
  CHECK(format_number(1e-13, 1) == "1e-13");
}

TEST_CASE("items beside a separator may be empty, but are not lost", "[utilities]")
{
  using Items = std::vector<std::string>;
  CHECK(split_items("", ',').empty());
  CHECK(split_items("1, 2", ',') == Items{"1", "2"});
  CHECK(split_items("1, ", ',') == Items{"1", ""});
  CHECK(split_items(",1", ',') == Items{"", "1"});
  CHECK(split_items("1,,2", ',') == Items{"1", "", "2"});
}

TEST_CASE("a stopwatch adds up", "[utilities]")
{
  double seconds = 1.;
  {
    const Stopwatch watch(seconds);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  CHECK(seconds >= 1.005);
}
