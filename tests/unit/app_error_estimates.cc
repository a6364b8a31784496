// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <fstream>
#include <iomanip>
#include <sstream>

#include "runs.h"
#include "study/estimate_history.h"
#include "theory/exit/eigenfunction_law.h"
#include "theory/scalar_diffusion.h"
#include "utilities/exceptions.h"

using namespace dynkin;
using namespace dynkin::tests;

// Error estimates against true errors, where they were too small or said to be what they are not.

TEST_CASE("estimates are enlarged by what finer meshes show", "[app]")
{
  PointValues values;
  values.add({}, Number::with_relative_error(2., 1e-3));
  values.field_estimate = 1e-2;
  EstimateHistory history;
  CHECK(history.add(values) == 1.);
  PointValues finer;
  finer.add({},
            Number::with_relative_error(2. * (1. + 3e-3), 1e-4)); // three times what was estimated
  CHECK(history.add(finer) == Approx(3.).epsilon(1e-10));

  values.enlarge(3., 1e-4);
  CHECK(values.list[0].largest == Approx(3.1e-3));
  CHECK(static_cast<double>(values.list[0].number.error) == Approx(6.2e-3));
  CHECK(values.field_estimate == Approx(3.01e-2));
}

TEST_CASE("estimates that are small by accident are raised with their numbers", "[app]")
{
  PointValues values;
  values.add({}, Number::with_relative_error(2., 1e-3));
  values.add({}, Number::with_relative_error(3., 1e-5));
  values.raise_smaller_ones();
  CHECK(values.list[0].largest == Approx(1e-3));
  CHECK(values.list[1].largest == Approx(5e-4));
  CHECK(static_cast<double>(values.list[1].number.error) == Approx(1.5e-3));
}

TEST_CASE("values that count as 0 have an absolute criterion, and it is called so", "[app]")
{
  const Folder folder;
  // the right end is reached with a probability of about exp(-(V(1) - V(-1)))
  Parameters parameters = parse(
    "exit place",
    model(1, "expression", "", "  set drift = -80*x - 30\n  set diffusion = 1\n") +
      domain(" set shape = interval\n set lower = -1\n set upper = 1\n set exit set = right\n"));
  parameters.output.directory         = folder.path;
  parameters.discretization.tolerance = 1e-8;
  CHECK(run_quietly(parameters) == 0);
  const auto   entry    = folder.results()["exit place"][0];
  const double value    = entry["value"].get<double>(),
               estimate = entry["error estimate"].get<double>();
  CHECK(value == Approx(1.709577036098e-52).epsilon(1e-9)); // by quadrature
  CHECK(estimate > 0.);
  CHECK(entry["relative error estimate"].get<double>() == Approx(estimate / value));

  parameters.discretization.tolerance         = 1e-70;
  parameters.discretization.maximum_dofs      = 2000; // not worth more
  parameters.discretization.chooses_tolerance = false;
  std::string message;
  try
    {
      run_quietly(parameters);
    }
  catch (const ConvergenceError &error)
    {
      message = error.what();
    }
  CHECK(message.find("largest absolute error estimate") != std::string::npos);
}

TEST_CASE("the law of the exit time of a coarse mesh is as accurate as it says", "[app]")
{
  const std::string domain_text =
    domain(" set shape = interval\n set lower = -1\n set upper = 1\n");
  // (rho, tolerance or 0 for two refinements)
  for (const auto &[rho, tolerance] :
       {std::make_pair("0", 0.), std::make_pair("1", 0.), std::make_pair("2", 1e-6)})
    {
      const Folder folder;
      Parameters   parameters               = parse("exit law",
                                    decoupled(1, "0.5", "1", "1", rho) + domain_text +
                                      "subsection Quantities\n set points = 0; 0.6; -0.9\n"
                                                      " set times = 0.05, 0.3, 1, 4\n"
                                                      " set quantiles = 0.05, 0.5, 0.9\nend\n");
      parameters.output.directory           = folder.path;
      parameters.discretization.degree      = 4;
      parameters.discretization.refinements = tolerance > 0. ? 0 : 2;
      parameters.discretization.tolerance   = tolerance;
      CHECK(run_quietly(parameters) == 0);
      const auto    law = folder.results()["exit law"];
      const ExitLaw exact(coordinate_diffusion(parameters.model, 0), -1., 1.);
      for (const auto &entry : law["survival"])
        {
          const double x = entry["point"][0].get<double>(), t = entry["time"].get<double>();
          const double estimate = entry["error estimate"].get<double>();
          INFO("rho = " << rho << ", x = " << x << ", t = " << t);
          CHECK(std::abs(entry["value"].get<double>() - exact.survival(t, x)) <=
                2. * estimate + 1e-12);
          const double h       = 1e-3 * t;
          const double density = (exact.survival(t - h, x) - exact.survival(t + h, x)) / (2. * h);
          const double error   = std::abs(entry["density"].get<double>() - density);
          const double of_difference = 1e-5 * density + 1e-9; // h^2, and rounding
          CHECK(error <= 2. * entry["error estimate of the density"].get<double>() + of_difference);
          if (tolerance > 0.)
            CHECK(entry["error estimate of the density"].get<double>() <=
                  tolerance * std::max(entry["density"].get<double>(),
                                       law["rate"].get<double>() * entry["value"].get<double>()));
        }
      for (const auto &entry : law["quantiles"])
        {
          const double x = entry["point"][0].get<double>(), t = entry["time"].get<double>();
          const double survivors = 1. - entry["probability"].get<double>();
          const double margin    = 2. * entry["error estimate"].get<double>() + 1e-12 * t;
          INFO("rho = " << rho << ", x = " << x << ", quantile at " << t << " +- " << 0.5 * margin);
          CHECK(exact.survival(std::max(t - margin, 1e-9), x) >= survivors - 1e-12);
          CHECK(exact.survival(t + margin, x) <= survivors + 1e-12);
        }
    }
}

TEST_CASE("estimates of exit times hold at each of several points", "[app]")
{
  struct Problem
  {
    std::string                            drift, diffusion, domain;
    std::vector<std::pair<double, double>> values; // by quadrature in 30 digits
  };
  const std::vector<Problem> problems = {
    // a trap of width 0.004 in a domain of length 3.9: quadrature formulas both miss its tail
    {"0.0177255945938801*(-(x/98.10001686739386)-67607.01054029223*((x/98.10001686739386)"
     "-0.09889496227177985)*exp(-(((x/98.10001686739386)-0.09889496227177985)"
     "/0.004503127184215138)^2))",
     "1.738881128644223*1.1696373288813815",
     " set lower = -182.31980050591537\n set upper = 197.72836325702008\n",
     {{-135.7141143044525, 52548.491628478856}, {-54.57972895205228, 72189.742081200682}}},
    // the error of a coarse mesh has a zero near the second point
    {"0.0005895918409576778*(-0.08928585880894024+1.4598050854309599*((x/0.0488401087149803)"
     "-1.3765629879996446)-1.568330196641087*((x/0.0488401087149803)-1.3765629879996446)^3"
     "+0.3120511106982793*sin(8.61148607161223*(x/0.0488401087149803)))",
     "2.8795729609838357e-05*(1.7555883111776893*(1+0.999282263596864*((x/0.0488401087149803)"
     "-1.3765629879996446)^2))",
     " set lower = 0.04537755799504996\n set upper = 0.08764542849069996\n"
     " set boundary = left: reflecting\n",
     {{0.061567661261002396, 29.940627884473}, {0.0673485387843161, 25.405786435167}}}};
  for (const Problem &problem : problems)
    for (const unsigned int degree : {9, 10})
      {
        const Folder       folder;
        std::ostringstream points;
        points << std::setprecision(17) << problem.values[0].first << "; "
               << problem.values[1].first;
        Parameters parameters =
          parse("exit time",
                model(1,
                      "expression",
                      "",
                      "  set drift = " + problem.drift +
                        "\n  set diffusion = " + problem.diffusion + "\n") +
                  domain(" set shape = interval\n" + problem.domain) +
                  "subsection Quantities\n set points = " + points.str() + "\nend\n");
        parameters.output.directory         = folder.path;
        parameters.discretization.degree    = degree;
        parameters.discretization.tolerance = 1e-8;
        CHECK(run_quietly(parameters) == 0);
        const auto list = folder.results()["mean exit time"];
        for (unsigned int k = 0; k < 2; ++k)
          {
            INFO("degree " << degree << ", " << list[k].dump());
            CHECK(std::abs(list[k]["value"].get<double>() - problem.values[k].second) <=
                  2. * list[k]["error estimate"].get<double>());
          }
      }
}

TEST_CASE("estimates of densities hold on coarse meshes without a weight", "[large]")
{
  const std::vector<double> quantiles = {0.05, 0.3, 0.5, 0.9};
  for (const unsigned int degree : {2, 3, 4, 5, 8})
    for (const unsigned int refinements : {0, 1, 2, 3})
      {
        const Folder folder;
        Parameters   parameters =
          parse("stationary density",
                decoupled(1, "0.5", "1", "1", "1") +
                  domain(" set shape = interval\n set lower = -1\n set upper = 1\n") +
                  "subsection Quantities\n set points = 0; 0.3; -0.7; 0.95\n"
                  " set quantiles = 0.05, 0.3, 0.5, 0.9\nend\n");
        parameters.output.directory           = folder.path;
        parameters.discretization.degree      = degree;
        parameters.discretization.refinements = refinements;
        parameters.discretization.weight      = "none";
        CHECK(run_quietly(parameters) == 0);
        const auto density = folder.results()["stationary density"];
        // p ~ (1 + x^2)^-3; t = arctan x makes it cos^4 t dt
        const auto integral = [](const double x) {
          const double t = std::atan(x);
          return (12. * t + 8. * std::sin(2. * t) + std::sin(4. * t)) / 32.;
        };
        const double mass = 2. * integral(1.);
        INFO("degree " << degree << ", " << refinements << " refinements");
        for (const auto &entry : density["values"])
          {
            const double x = entry["point"][0].get<double>();
            const double p = std::pow(1. + x * x, -3) / mass;
            INFO("p(" << x << ") = " << entry.dump());
            CHECK(std::abs(entry["value"].get<double>() - p) <=
                  2. * entry["error estimate"].get<double>());
          }
        for (unsigned int i = 0; i < quantiles.size(); ++i)
          {
            const auto  &entry  = density["quantiles"][i];
            const double x      = entry["value"].get<double>();
            const double margin = 2. * entry["error estimate"].get<double>();
            INFO("quantile " << entry.dump());
            CHECK(0.5 + integral(std::max(x - margin, -1.)) / mass <= quantiles[i] + 1e-15);
            CHECK(0.5 + integral(std::min(x + margin, 1.)) / mass >= quantiles[i] - 1e-15);
          }
      }
}

TEST_CASE("estimates at the end of a slit are enlarged by what finer meshes show", "[app]")
{
  const Folder folder;
  Parameters   parameters = parse(
    "exit time",
    model(2, "expression", "", "  set drift = 0; 0\n  set diffusion = 1, 0; 1\n") +
      domain(" set shape = mesh file\n set mesh file = " DYNKIN_SOURCE_DIR "/meshes/slit.msh\n") +
      "subsection Quantities\n set points = 0.1, 0.1\nend\n");
  parameters.output.directory         = folder.path;
  parameters.output.vtu               = false;
  parameters.discretization.degree    = 4;
  parameters.discretization.tolerance = 1e-4;
  CHECK(run_quietly(parameters) == 0);
  const auto entry = folder.results()["mean exit time"][0];
  INFO(entry.dump());
  // with degree 6 and tolerance 1e-8; without that the estimate is half of the error
  CHECK(std::abs(entry["value"].get<double>() - 0.124708665) <=
        1.5 * entry["error estimate"].get<double>());
}

TEST_CASE("estimates at a corner hold what two degrees share there", "[app]")
{
  // an L, one of whose legs at the corner reflects: the solution is r^(1/3) cos(phi/3)
  const Folder folder;
  {
    std::filesystem::create_directories(folder.path);
    std::ofstream mesh(folder.path / "l.msh");
    mesh << "$MeshFormat\n2.2 0 8\n$EndMeshFormat\n$Nodes\n8\n1 -1 -1 0\n2 0 -1 0\n3 -1 0 0\n"
            "4 0 0 0\n5 1 0 0\n6 -1 1 0\n7 0 1 0\n8 1 1 0\n$EndNodes\n$Elements\n11\n"
            "1 1 2 1 1 1 2\n2 1 2 2 1 2 4\n3 1 2 1 1 4 5\n4 1 2 1 1 5 8\n5 1 2 1 1 8 7\n"
            "6 1 2 1 1 7 6\n7 1 2 1 1 6 3\n8 1 2 1 1 3 1\n9 3 2 3 2 1 2 4 3\n10 3 2 3 2 3 4 7 6\n"
            "11 3 2 3 2 4 5 8 7\n$EndElements\n";
  }
  Parameters parameters =
    parse("exit place",
          model(2, "expression", "", "  set drift = 0; 0\n  set diffusion = 1, 0; 1\n") +
            domain(" set shape = mesh file\n set mesh file = " + folder.path.string() +
                   "/l.msh\n set boundary = 2: reflecting, 1: absorbing\n") +
            "subsection Quantities\n set points = -0.5, -0.4; 0.2, 0.3\n set terminal reward = "
            "(x^2+y^2)^(1/6)*cos((atan2(-(x+y), y-x)-3*pi/4)/3)\nend\n");
  parameters.output.directory         = folder.path;
  parameters.output.vtu               = false;
  parameters.discretization.degree    = 8;
  parameters.discretization.tolerance = 1e-4;
  CHECK(run_quietly(parameters) == 0);
  const auto   entries = folder.results()["expected reward"];
  const double exact[] = {0.8237521757747273, 0.22901763343622297};
  INFO(entries.dump());
  for (unsigned int k = 0; k < 2; ++k)
    CHECK(std::abs(entries[k]["value"].get<double>() - exact[k]) <=
          2. * entries[k]["error estimate"].get<double>());
}

TEST_CASE("probabilities of distances where the whole line is cut", "[app]")
{
  const Folder folder;
  Parameters   parameters =
    parse("stationary density",
          model(1, "expression", "", "  set drift = -sign(x)\n  set diffusion = 2\n") +
            domain(" set shape = whole space\n") +
            "subsection Quantities\n set distances = 2, 20\nend\n");
  parameters.output.directory = folder.path;
  parameters.output.vtu       = false;
  CHECK(run_quietly(parameters) == 0);
  const auto results = folder.results();
  for (const auto &entry : results["stationary density"]["tail probabilities"])
    {
      const double exact = std::exp(-entry["distance"].get<double>());
      CHECK(std::abs(entry["value"].get<double>() - exact) <=
            2. * entry["error estimate"].get<double>() + 1e-13 * exact);
      CHECK(entry["error estimate"].get<double>() < 1e-9);
    }
  CHECK(results["stationary density"]["tail probabilities"].size() == 2);
}
