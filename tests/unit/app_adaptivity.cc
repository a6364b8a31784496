// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "runs.h"
#include "study/memory.h"
#include "study/refinement.h"
#include "utilities/exceptions.h"

using namespace dynkin;
using namespace dynkin::tests;

namespace
{
  struct Case
  {
    std::string         text;
    std::vector<double> point;
    unsigned int        moment;
    double              exact;
  };

  std::string
  power_law_interval(const std::string &eta, const std::string &entries)
  {
    return decoupled(1, eta, "1", "1", "1") + domain(" set shape = interval\n" + entries);
  }

  const std::string unit     = " set lower = -1\n set upper = 1\n";
  const std::string alike    = " set H = 1, 0; 0, 1\n set Sigma_g = 1, 0; 0, 1\n"
                               " set Sigma_H = 1, 0; 0, 1\n";
  const std::string rotating = " set H = 2, 0.7; -0.3, 1\n set Sigma_g = 1, 0.3; 0.3, 0.6\n"
                               " set Sigma_H = 0.8, -0.4; -0.4, 1.5\n";

  // by independent high-precision programs, to all digits of a double or 13
  const std::vector<Case> cases = {
    {power_law_interval("0.5", unit), {0.}, 1, 3.121855985288877143157},
    {power_law_interval("0.1", unit), {0.5}, 1, 567.8885628092867369610},
    {power_law_interval("0.01", unit), {0.}, 1, 2.244276910424057479564e+29},
    {power_law_interval("0.1",
                        " set lower = 0\n set upper = 1\n set boundary = left: reflecting\n"),
     {0.2},
     1,
     573.6460606885877508942},
    {power_law_interval("0.5", unit), {0.}, 2, 17.73795425233379056683},
    {power_law_interval("0.5", " set lower = -0.5\n set upper = 1\n"),
     {0.25},
     3,
     10.30180934556937449854},
    {model(2, "coupled", "0.25", alike) + ball(), {0., 0.}, 1, 4.291666666666666666667},
    {decoupled(2, "0.5", "1, 2, 1", "1, 0.5, 1", "1, 0.5, 1") +
       domain(" set shape = box\n set lower = -1, -1.25\n set upper = 1, 1.25\n"),
     {0., 0.},
     1,
     3.109702577104647834245},
    {decoupled(2, "0.4") + ball(), {0., 0.}, 1, 4.02344706501897},
    {model(2, "coupled", "0.5", rotating) + domain(" set shape = ball\n set radius = 1.2\n"),
     {0.3, 0.4},
     1,
     4.162520352684}};

  const std::vector<Case> cases_3d = {
    {decoupled(3, "0.4") + ball(), {0., 0., 0.}, 1, 3.09899854298},
    {decoupled(3, "0.5", "1, 2, 0.5", "1, 0.5, 0.75", "1, 0.25, 0") +
       domain(" set shape = box\n set lower = -1, -1, -1\n set upper = 1, 1, 1\n"),
     {0., 0., 0.},
     1,
     2.004607731161922387842},
    {model(3,
           "coupled",
           "0.125",
           " set H = 1, 0, 0; 0, 1, 0; 0, 0, 1\n set Sigma_g = 0.8, 0, 0; 0, 0.8, 0; 0, 0, 0.8\n"
           " set Sigma_H = 0.5, 0, 0; 0, 0.5, 0; 0, 0, 0.5\n") +
       ball(),
     {0.5, 0., 0.},
     1,
     88.64106328316984317078}};

  Parameters
  adaptive(const Folder &folder, const Case &exit, const double tolerance)
  {
    std::string point;
    for (const double x : exit.point)
      point += (point.empty() ? "" : ", ") + std::to_string(x);
    Parameters parameters       = parse("exit time",
                                  exit.text + "subsection Quantities\n set points = " + point +
                                    "\n set moments = " + std::to_string(exit.moment) +
                                    "\nend\nsubsection Discretization\n set tolerance = " +
                                    std::to_string(tolerance * 1e10) + "e-10\nend\n");
    parameters.output.directory = folder.path;
    parameters.output.vtu       = false;
    return parameters;
  }

  /** Every error is bounded by its estimate; returns whether the estimate is sharp. */
  bool
  estimate_is_sharp(const Case &exit, const double tolerance)
  {
    const Folder folder;
    INFO(exit.text << "moment " << exit.moment << ", tolerance " << tolerance);
    REQUIRE(run_quietly(adaptive(folder, exit, tolerance)) == 0);
    const auto   entry = folder.results()["mean exit time"][0];
    const double error =
      std::abs(entry["moments"][exit.moment - 1].get<double>() / exit.exact - 1.);
    const double estimate =
      entry["error estimates of the moments"][exit.moment - 1].get<double>() / exit.exact;
    CHECK(estimate <= tolerance);
    const double digits = 1e-13; // of the reference: the error is not known better
    CHECK(error <= 2. * estimate + digits);
    CHECK(error <= tolerance);
    return estimate >= 0.5 * error && estimate <= 5. * (error + digits);
  }
} // namespace

TEST_CASE("error estimates bound the errors and are sharp", "[app]")
{
  unsigned int n = 0, n_sharp = 0;
  for (const Case &exit : cases)
    for (const double tolerance : {1e-4, 1e-6, 1e-8, 1e-10})
      {
        ++n;
        n_sharp += estimate_is_sharp(exit, tolerance);
      }
  CHECK(n_sharp >= 0.9 * n);
}

TEST_CASE("iterative solvers take part up to the highest degree", "[app]")
{
  for (const Case &exit : {cases[0], cases[2], cases[6]})
    {
      const Folder folder;
      Parameters   parameters          = adaptive(folder, exit, 1e-10);
      parameters.discretization.degree = 10;
      parameters.solver.type           = "multigrid";
      REQUIRE(run_quietly(parameters) == 0);
      CHECK(folder.results()["mean exit time"][0]["value"].get<double>() ==
            Approx(exit.exact).epsilon(1e-9));
    }
}

TEST_CASE("an exit law with hardly any unknowns", "[app]")
{
  for (const char *solver : {"direct", "multigrid"})
    {
      const Folder folder;
      Parameters   parameters =
        parse("exit law",
              decoupled(2, "0.5") + ball() +
                "subsection Discretization\n set degree = 1\n set refinements = 0\nend\n"
                "subsection Quantities\n set times = 0.5, 1\nend\n");
      parameters.solver.type      = solver;
      parameters.output.directory = folder.path;
      parameters.output.vtu       = false;
      CHECK(run_quietly(parameters) == 0);
    }
}

TEST_CASE("error estimates in three dimensions", "[large]")
{
  for (const Case &exit : cases_3d)
    for (const double tolerance : {1e-4, 1e-6, 1e-8})
      CHECK(estimate_is_sharp(exit, tolerance));
}

TEST_CASE("a file that says nothing about meshes gets eight certified digits", "[app]")
{
  const Folder folder;
  Parameters   parameters     = parse("exit time", power_law_interval("0.05", unit));
  parameters.output.directory = folder.path;
  CHECK(run_quietly(parameters) == 0);
  const auto entry = folder.results()["mean exit time"][0];
  CHECK(entry["relative error estimate"].get<double>() <= 1e-8);
  CHECK(entry["value"].get<double>() == Approx(414247.6960832396).epsilon(1e-8));
  CHECK(folder.results()["routes"]["agree"] == true);
}

TEST_CASE("adaptive meshes need a fifth of the unknowns", "[large]")
{
  const std::string text = decoupled(2, "0.02", "1, 2, 1", "1, 0.5, 1", "1, 2, 1") + ball();
  const auto        dofs = [&](const std::string &discretization) {
    const Folder folder;
    Parameters   parameters =
      parse("exit time", text + "subsection Discretization\n" + discretization + "end\n");
    parameters.output.directory = folder.path;
    parameters.output.vtu       = false;
    CHECK(run_quietly(parameters) == 0);
    const auto results = folder.results();
    CHECK(results["mean exit time"][0]["relative error estimate"].get<double>() <= 1e-8);
    return results["dofs"].get<double>();
  };
  // the coarsest uniform mesh below 1e-8: its error estimate says so
  const double adaptive = dofs(" set tolerance = 1e-8\n");
  const double uniform  = dofs(" set degree = 8\n set refinements = 4\n");
  CHECK(uniform >= 5. * adaptive);
}

TEST_CASE("thin layers in space, where iterations are slow", "[large]")
{
  const Folder folder;
  Parameters   parameters     = parse("exit time",
                                model(3,
                                      "coupled",
                                      "0.01",
                                      " set H = 1, 0, 0; 0, 1, 0; 0, 0, 1\n"
                                            " set Sigma_g = 1, 0, 0; 0, 1, 0; 0, 0, 1\n"
                                            " set Sigma_H = 1, 0, 0; 0, 1, 0; 0, 0, 1\n") +
                                  ball());
  parameters.output.directory = folder.path;
  parameters.output.vtu       = false;
  CHECK(run_quietly(parameters) == 0);
  const auto entry = folder.results()["mean exit time"][0];
  // by quadrature of the radial integral
  CHECK(entry["value"].get<double>() == Approx(1.1510458215523928e+27).epsilon(1e-8));
  CHECK(entry["relative error estimate"].get<double>() <= 1e-8);
}

TEST_CASE("processes that are not reversible, to any size", "[large]")
{
  // independent values, as many digits as they have
  const std::vector<std::pair<std::string, double>> values = {
    {"0.05", 10639098832.0}, {"0.03", 1.233064997e17}, {"0.02", 9.300218e25}};
  for (const auto &[eta, value] : values)
    {
      const Folder folder;
      Parameters   parameters     = parse("exit time",
                                    model(2, "coupled", eta, rotating) +
                                      domain(" set shape = ball\n set radius = 1.2\n"));
      parameters.output.directory = folder.path;
      parameters.output.vtu       = false;
      CHECK(run_quietly(parameters) == 0);
      const auto results = folder.results();
      CHECK(results["mean exit time"][0]["relative error estimate"].get<double>() <= 1e-8);
      CHECK(results["mean exit time"][0]["value"].get<double>() ==
            Approx(value).epsilon(eta == "0.02" ? 1e-7 : 5e-9));
      CHECK(results["routes"]["agree"] == true);
    }
}

TEST_CASE("a run ends where rounding is all that is left of its error", "[app]")
{
  const Parameters parameters = parse("exit time", decoupled(2, "0.4") + ball());
  const auto       model      = create_model<2>(parameters.model);
  Refinement<2>    rounded(parameters.discretization, *model), stalled(rounded);
  for (unsigned int mesh = 0; mesh < 5; ++mesh)
    {
      CHECK(rounded.can_improve());
      rounded.record(1e-7, 9e-8);
      stalled.record(1e-7, 1e-8);
    }
  CHECK(!rounded.can_improve());
  CHECK(stalled.can_improve()); // with cells that are all refined
}

TEST_CASE("no mesh is begun that the memory does not hold", "[app]")
{
  Parameters parameters                  = parse("exit time", decoupled(2, "0.4") + ball());
  parameters.discretization.maximum_dofs = std::numeric_limits<unsigned long>::max();
  const auto    model                    = create_model<2>(parameters.model);
  Mesh<2>       mesh(parameters.domain, MPI_COMM_WORLD);
  Refinement<2> refinement(parameters.discretization, *model);
  CHECK(refinement.mark(mesh, {}, 1e3));
  CHECK(!refinement.mark(mesh, {}, 1e13));
  CHECK(refinement.obstacle().find("memory") != std::string::npos);
}

TEST_CASE("memory of values that end a run in space: three degrees", "[app]")
{
  const double p = 4.;
  CHECK(predicted_memory(1., 4, 3, true) - predicted_memory(1., 4, 3, false) ==
        Approx(std::pow((p + 2.) / p, 3) * (150. + 300. * std::pow((p + 3.) / (p + 2.), 3))));
}

// P(tau <= t) = erfc(x/sqrt(2 t)) next to the wall; nine of the digits of S = 1 - p are lost
TEST_CASE("an early quantile next to a wall has the digits that rounding leaves", "[app]")
{
  for (const bool is_resolved : {true, false})
    {
      const Folder folder;
      Parameters   parameters = parse(
        "exit law",
        model(1, "expression", "", "  set drift = 0\n  set diffusion = 1\n") +
          domain(" set shape = interval\n set lower = 0\n set upper = 1\n") +
          "subsection Discretization\n" +
          (is_resolved ? " set maximum dofs = 4000" : " set degree = 3\n set refinements = 0") +
          "\nend\nsubsection Quantities\n set points = 0.001\n set quantiles = 1e-9\nend\n");
      parameters.output.directory = folder.path;
      parameters.output.vtu       = false;
      CHECK_THROWS_AS(run_quietly(parameters), ConvergenceError);
      const auto results = folder.results();
      INFO(results.dump(1));
      CHECK(results["converged"] == false);
      const auto   quantile = results["exit law"]["quantiles"][0];
      const double value = quantile["time"], estimate = quantile["error estimate"];
      CHECK((estimate < 1e-2 * value) == is_resolved);
      CHECK(std::abs(value - 2.6791771342088294e-08) < estimate);
    }
}

TEST_CASE("far from the origin mean exit times have the digits that positions have", "[app]")
{
  const auto mean_exit_time = [](const std::string &center) {
    const Folder folder;
    Parameters   parameters = parse(
      "exit time",
      model(1,
            "expression",
            "",
            "  set drift = -(x-" + center + ")^3+(x-" + center + ")\n  set diffusion = 0.1\n") +
        domain(" set shape = interval\n set lower = " + center + "-2\n set upper = " + center +
               "+2\n") +
        "subsection Quantities\n set points = " + center + "-1\nend\n");
    parameters.output.directory = folder.path;
    parameters.output.vtu       = false;
    try
      {
        run_quietly(parameters);
      }
    catch (const ConvergenceError &)
      {
      }
    const auto value = folder.results()["mean exit time"][0];
    return std::make_pair(value["value"].get<double>(), value["error estimate"].get<double>());
  };
  const auto [near, estimate] = mean_exit_time("0");
  CHECK(estimate < 1e-9 * near);
  for (const auto &[center, digits] : {std::make_pair("1e6", 1e-8), std::make_pair("1e9", 1e-5)})
    {
      const auto [far, far_estimate] = mean_exit_time(center);
      INFO(center << ": " << far << " +- " << far_estimate << ", around 0: " << near);
      CHECK(far_estimate < digits * near);
      CHECK(std::abs(far - near) < 2. * far_estimate);
    }
}

TEST_CASE("a running reward in a narrow window is seen", "[app]")
{
  // by the Green's function of dv = (v - v^3) dt + sqrt(0.3) dB on (-1, 2)
  const std::vector<std::pair<std::string, std::vector<double>>> cases = {
    {"if(x>0.3 && x<0.31,1e4,0)", {482.487454727, 730.593181999}},
    {"100*exp(-((x-0.35)/0.002)^2)", {1.86702515, 2.93830758}}};
  for (const auto &[reward, exact] : cases)
    {
      const Folder folder;
      Parameters   parameters = parse(
        "exit place",
        model(1, "expression", "", "  set drift = x-x^3\n  set diffusion = 0.3\n") +
          domain(" set shape = interval\n set lower = -1\n set upper = 2\n") +
          "subsection Quantities\n set points = 0; 1\n set running reward = " + reward + "\nend\n");
      parameters.output.directory = folder.path;
      parameters.output.vtu       = false;
      CHECK(run_quietly(parameters) == 0);
      const auto results = folder.results();
      for (unsigned int k = 0; k < 2; ++k)
        CHECK(results["expected reward"][k]["value"].get<double>() ==
              Approx(exact[k]).epsilon(3e-9));
    }
}
