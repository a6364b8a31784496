// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "utilities/entry_table.h"
#include "utilities/log.h"
#include "utilities/numerics.h"

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

TEST_CASE("a table of entries prints defaults, and stores what is allowed", "[utilities]")
{
  double                           rate   = 0.;
  unsigned int                     degree = 4;
  bool                             draws  = true;
  std::vector<std::vector<double>> rows   = {{1., 0.5}, {0., 1e-13}};
  std::string                      law    = "point";
  EntryTable                       table;
  table.add("degree", degree, "", number_pattern(Ranges::integers(1, 10)));
  table.begin_section("Model");
  table.add("rate", rate, "", number_pattern(Ranges::positive));
  table.add("draws", draws, "", boolean_pattern());
  table.add("rows", rows, "", table_pattern(Ranges::any), {OnlyFor{"Model/law", {"point"}}});
  table.add(
    "law", law, "Which.", std::vector<Choice>{{"point", "at rest"}, {"gaussian", "normal"}});

  table.restrict("problem", [](const Entry &entry) {
    return entry.section == "Model" ? std::vector<std::string>{"exit time"}
                                    : std::vector<std::string>();
  });
  CHECK(table.find("Model/degree") == nullptr);
  CHECK(table.find("degree")->default_text == "4");
  CHECK(table.find("degree")->uses.empty());
  CHECK(table.find("Model/rate")->default_text == "");
  CHECK(table.find("Model/draws")->default_text == "true");
  CHECK(table.find("Model/rows")->default_text == "1, 0.5; 0, 1e-13");
  CHECK(table.find("Model/rows")->uses.size() == 2);
  CHECK(table.find("Model/law")->help == "Which.\n- point: at rest\n- gaussian: normal");

  CHECK(table.set("degree", "07"));
  CHECK_FALSE(table.set("degree", "5."));
  CHECK_FALSE(table.set("degree", "11"));
  CHECK_FALSE(table.set("degree", ""));
  CHECK(degree == 7);
  CHECK(table.set("Model/rate", "2e-3"));
  CHECK(table.set("Model/rate", "")); // not set
  for (const std::string text : {"1e999", "1e-320", "0x10", "inf", "nan", "1 2", "0"})
    CHECK_FALSE(table.set("Model/rate", text));
  CHECK(rate == 2e-3);
  CHECK(table.set("Model/draws", "false"));
  CHECK_FALSE(draws);
  CHECK(table.set("Model/rows", "1,2 ; 3"));
  CHECK_FALSE(table.set("Model/rows", "1, 2;"));
  CHECK(rows == std::vector<std::vector<double>>{{1., 2.}, {3.}});
  CHECK_FALSE(table.set("Model/law", "poin"));
  CHECK(table.set("Model/law", "gaussian"));
  CHECK(law == "gaussian");
}
