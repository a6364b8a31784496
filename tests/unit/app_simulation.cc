// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "runs.h"
#include "study/reference.h"

using namespace dynkin;
using namespace dynkin::tests;
namespace files = std::filesystem;

namespace
{
  Parameters
  interval_exit(const Folder &folder, const std::string &more)
  {
    Parameters parameters       = parse("exit time",
                                  decoupled(1, "0.5", "1", "1", "1") +
                                    domain(" set shape = interval\n set lower = -1\n"
                                                 " set upper = 1\n") +
                                    more);
    parameters.output.directory = folder.path;
    return parameters;
  }
} // namespace

TEST_CASE("a run writes results, parameters and fields", "[app]")
{
  const Folder folder;
  CHECK(run_quietly(interval_exit(folder,
                                  "subsection Quantities\n set points = 0; 0.5\n"
                                  " set moments = 2\nend\n")) == 0);
  const auto results = folder.results();
  CHECK(results["converged"] == true);
  CHECK(results["problem"] == "exit time");
  const auto &list = results["mean exit time"];
  REQUIRE(list.size() == 2);
  CHECK(list[0]["value"].get<double>() == Approx(3.121855985288877).epsilon(1e-6));
  CHECK(list[0]["moments"][1].get<double>() == Approx(17.73795425233379).epsilon(1e-5));
  CHECK(list[0]["log10"].get<double>() == Approx(std::log10(3.121855985288877)).epsilon(1e-6));
  CHECK(list[1]["point"] == nlohmann::json{0.5});
  const double error = std::abs(list[0]["value"].get<double>() - 3.121855985288877);
  CHECK(list[0]["error estimate"].get<double>() >= error);
  CHECK(results["errors"]["L2"].get<double>() < 1e-4);
  CHECK(files::exists(folder.path / "solution.vtu"));
  CHECK(files::exists(folder.path / "parameters.prm"));
  for (const auto &entry : files::directory_iterator(folder.path))
    CHECK(entry.path().extension() != ".part");
}

TEST_CASE("a tolerance is reached by refinement, or the run says that it is not", "[app]")
{
  const Folder      folder;
  const std::string sparse =
    "subsection Discretization\n set refinements = 1\n set tolerance = 1e-9\n";
  CHECK(run_quietly(interval_exit(folder, sparse + "end\n")) == 0);
  auto entry = folder.results()["mean exit time"][0];
  CHECK(entry["error estimate"].get<double>() <= 1e-9 * entry["value"].get<double>());
  CHECK(std::abs(entry["value"].get<double>() / 3.121855985288877 - 1.) < 1e-9);

  CHECK_THROWS_AS(
    run_quietly(interval_exit(folder, sparse + " set degree = 4\n set maximum dofs = 20\nend\n")),
    ConvergenceError);
  CHECK(folder.results()["converged"] == false);
  CHECK(folder.results().contains("mean exit time")); // the results so far
}

TEST_CASE("a failed run leaves no older result standing", "[app]")
{
  const Folder folder;
  CHECK(run_quietly(interval_exit(folder, "")) == 0);
  CHECK(folder.results()["converged"] == true);
  Parameters impossible = interval_exit(folder, "");
  impossible.model.eta  = 1e-4; // beyond 1e300
  CHECK_THROWS_AS(run_quietly(impossible), ConvergenceError);
  CHECK(folder.results()["converged"] == false);
  CHECK(folder.results().contains("reason"));
}

TEST_CASE("too many unknowns are refused before anything is computed or written", "[app]")
{
  const Folder folder;
  CHECK_THROWS_AS(run_quietly(interval_exit(folder,
                                            "subsection Discretization\n set refinements = 10\n"
                                            " set maximum dofs = 1000\nend\n")),
                  InputError);
  CHECK(!files::exists(folder.path));
}

TEST_CASE("--check writes nothing", "[app]")
{
  const Folder folder;
  CHECK(run_application(interval_exit(folder, ""), true, true) == 0);
  CHECK(!files::exists(folder.path));
}

TEST_CASE("references are found where they apply, and only there", "[app]")
{
  const std::string reflecting = " set boundary = left: reflecting\n";
  const auto        name = [](const auto &known) { return known.field ? known.field->name : ""; };
  CHECK(name(find_reference<1>(parse("exit time", decoupled(1, "0.5") + box(1)))) ==
        "1-D exit-time integral, both ends absorbing");
  CHECK(name(find_reference<1>(parse("exit time", decoupled(1, "0.5") + box(1, reflecting)))) ==
        "1-D exit-time integral, one end reflecting");
  CHECK(name(find_reference<2>(parse("exit time", decoupled(2, "0.5") + ball()))) == "");
  CHECK(name(find_reference<2>(
          parse("exit time", decoupled(2, "0.5", "1, 1", "2, 2", "0, 0") + ball()))) ==
        "radial exit-time integral");
  CHECK(name(find_reference<3>(parse("stationary density", decoupled(3, "0.5") + box(3)))) ==
        "product power law, restricted to the domain");
  for (const std::string problem : {"exit time", "stationary density"})
    for (const std::string shape : {"ellipsoid\n set semi-axes = 1, 1",
                                    "annulus\n set inner radius = 0.5\n set outer radius = 1"})
      CHECK(name(find_reference<2>(
              parse(problem,
                    decoupled(2, "0.5", "1, 1", "2, 2", "0, 0") + domain(" set shape = " + shape) +
                      "subsection Quantities\n set points = 0.5, 0\nend\n"))) == "");
}
