// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/application.h"

#include "output/result_files.h"
#include "study/simulation.h"
#include "study/theory_page.h"
#include "utilities/exceptions.h"

namespace dynkin
{
  namespace
  {
    template <int dim>
    int
    run(const Parameters  &parameters,
        const std::string &used_parameters,
        const bool         check_only,
        const Log         &log)
    {
      Simulation<dim> simulation(parameters, used_parameters, log);
      if (!check_only)
        return simulation.run();
      simulation.check();
      return 0;
    }
    int
    run_theory(const Parameters  &parameters,
               const std::string &used_parameters,
               const bool         check_only,
               const Log         &log)
    {
      log.text(std::string("dynkin ") + DYNKIN_VERSION +
               ": theory, d = " + std::to_string(parameters.dimension));
      if (check_only)
        {
          log.line("check", "input is fine");
          return 0;
        }
      const dealii::Timer timer;
      const TheoryPage    page(parameters);
      Json                result = {{"program", "dynkin"},
                                    {"version", DYNKIN_VERSION},
                                    {"problem", parameters.problem},
                                    {"dimension", parameters.dimension},
                                    {"converged", true}};
      result.update(page.json());
      result["seconds"] = {{"total", timer.wall_time()}};
      log.line("", page.text());
      const ResultFiles files(parameters.output.directory, MPI_COMM_WORLD);
      files.write("theory.txt", page.text());
      files.write("parameters.prm", used_parameters);
      files.write("results.json", result.dump(2) + "\n");
      log.line("written",
               parameters.output.directory + "/: results.json, parameters.prm, theory.txt");
      return 0;
    }
  } // namespace

  int
  run_application(const Parameters  &parameters,
                  const std::string &used_parameters,
                  const bool         check_only,
                  const bool         quiet)
  {
    const Log log(!quiet && dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0);
    if (!problem_kind(parameters.problem).has_mesh)
      return run_theory(parameters, used_parameters, check_only, log);
    switch (parameters.dimension)
      {
        case 1:
          return run<1>(parameters, used_parameters, check_only, log);
        case 2:
          return run<2>(parameters, used_parameters, check_only, log);
        case 3:
          return run<3>(parameters, used_parameters, check_only, log);
        default:
          throw InputError("dimension", "must be 1, 2 or 3");
      }
  }
} // namespace dynkin
