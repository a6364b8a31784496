// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "output/print_result.h"
#include "output/sweep_table.h"
#include "problems.h"
#include "study/small_noise_limit.h"
#include "study/sweep.h"
#include "theory/exit/exit_time_1d.h"

#include <cmath>
#include <filesystem>
#include <fstream>

using namespace dynkin;
using namespace dynkin::tests;
namespace files = std::filesystem;

namespace
{
  ParameterFile
  swept(const std::string &sweep, const std::string &directory = "results")
  {
    return ParameterFile("test.prm",
                         "set problem = exit time\n" + decoupled(1, "0.5") + box(1) +
                           "subsection Study\n set sweep = " + sweep +
                           "\nend\nsubsection Output\n set directory = " + directory +
                           "\n set vtu = false\nend\n",
                         problem_kinds());
  }
} // namespace

TEST_CASE("all rows of a sweep are checked before the first is run", "[app]")
{
  CHECK_NOTHROW(Sweep(swept("Model/learning rate: 0.5, 0.2; Domain/upper: 1, 2")));
  CHECK_NOTHROW(Sweep(swept("Model/decoupled/h: 1 | 2")));
  for (const char *wrong : {"Model/learning rate: 0.5, -1",
                            "Model/learning rat: 0.5",
                            "0.5, 0.2",
                            "Model/learning rate: 0.5,,1",
                            "Model/learning rate: 0.5,",
                            "Model/learning rate: 0.5; Model/learning rate: 1",
                            "Output/directory: a, b",
                            "Domain/upper: 1, -2"})
    {
      INFO(wrong);
      CHECK_THROWS_AS(Sweep(swept(wrong)), InputError);
    }
}

TEST_CASE("finished rows of a sweep are kept, those of a changed file are not", "[app]")
{
  const files::path folder =
    files::temp_directory_path() / ("dynkin_sweep_" + std::to_string(getpid()));
  files::remove_all(folder);
  const std::string sweep = "Model/learning rate: 0.5, 0.4; Domain/upper: 1, 3/2";
  const auto        mark  = [&](const std::string &row) {
    return files::last_write_time(folder / row / "results.json");
  };
  CHECK(Sweep(swept(sweep, folder)).run(false, true) == 0);
  std::ifstream file(folder / "results.json");
  const auto    results = nlohmann::json::parse(file);
  REQUIRE(results["sweep"].size() == 4);
  CHECK(results["sweep"][1]["Domain/upper"] == 1.5);
  CHECK(results["sweep"][2]["Model/learning rate"] == 0.4);
  CHECK(results["sweep"][2]["mean exit time"][0]["value"] > 0.);

  const auto first = mark("row_001"), last = mark("row_004");
  files::remove(folder / "row_004" / "results.json");
  CHECK(Sweep(swept(sweep, folder)).run(false, true) == 0);
  CHECK(mark("row_001") == first);
  CHECK(mark("row_004") != last);
  CHECK(
    Sweep(swept("Model/learning rate: 0.45, 0.4; Domain/upper: 1, 1.5", folder)).run(false, true) ==
    0);
  CHECK(mark("row_001") != first);
  files::remove_all(folder);
}

TEST_CASE("the table of a sweep has a column for each number", "[app]")
{
  const Record rows =
    from_json(R"([{"a": 1, "b": [{"c": 2.5}], "text": "say \"x, y\""}, {"a": null, "d": true}])");
  CHECK(sweep_table(rows) == "a,b/1/c,text,d\n1,2.5,\"say \"\"x, y\"\"\",\n,,,true\n");
}

namespace
{
  /** Of a sweep over the learning rate. */
  Record
  row(const double eta, const double log10)
  {
    const Record time = {{"log10", log10}};
    return {{"Model/learning rate", eta}, {"mean exit time", std::vector<Record>{time}}};
  }

  nlohmann::ordered_json
  limit_of(const Parameters &parameters, const Record &rows)
  {
    return to_json(small_noise_limit(parameters, rows).numbers)["small-noise limit"];
  }
} // namespace

TEST_CASE("the small-noise limit is extrapolated with its prefactor", "[app]")
{
  const Parameters parameters = parse("exit time", decoupled(1, "0.5", "1", "1", "1") + box(1));
  const auto       rows_for   = [](const std::vector<double> &etas) {
    Record rows = Record::list();
    for (const double eta : etas)
      rows.add(
        row(eta, (std::log(2.) / eta + 0.5 * std::log(eta) + 0.3 + 2. * eta) / std::log(10.)));
    return rows;
  };
  const auto limit = limit_of(parameters, rows_for({0.1, 0.05, 0.02, 0.01, 0.005}));
  CHECK(limit["limit"].get<double>() == Approx(std::log(2.)).epsilon(1e-10));
  CHECK(limit["prefactor exponent"].get<double>() == Approx(0.5).epsilon(1e-8));
  CHECK(limit["quasi-potential minimum"].get<double>() == Approx(std::log(2.)).epsilon(1e-10));
  CHECK(limit_of(parameters, rows_for({0.02, 0.01, 0.005})).is_null());
}

TEST_CASE("the estimate of the small-noise limit covers its error", "[app]")
{
  const Parameters parameters =
    parse("exit time",
          decoupled(1, "0.5", "1", "1", "1") +
            domain(" set shape = interval\n set lower = -1\n set upper = 1\n"));
  const std::vector<double> etas = {0.1, 0.05, 0.02, 0.01, 0.005, 0.002};
  for (std::size_t first = 0; first < 3; ++first)
    {
      Record rows = Record::list();
      for (std::size_t i = first; i < etas.size(); ++i)
        {
          ModelParameters model = parameters.model;
          model.eta             = etas[i];
          rows.add(row(etas[i], ExitTime1D(model, -1., 1.).log_value(0.) / std::log(10.)));
        }
      const auto   limit    = limit_of(parameters, rows);
      const double estimate = limit["error estimate"].get<double>();
      CHECK(std::abs(limit["limit"].get<double>() - std::log(2.)) <= 2. * estimate);
      CHECK(estimate < 2e-5);
    }
}
