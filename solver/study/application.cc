// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/application.h"

#include "output/print_result.h"
#include "study/header.h"
#include "study/problem_table.h"
#include "study/simulation.h"
#include "utilities/exceptions.h"

namespace dynkin
{
  namespace
  {
    template <int dim>
    int
    run(const Parameters &parameters, const bool check_only, const Log &log)
    {
      Simulation<dim> simulation(parameters, log);
      if (!check_only)
        return simulation.run();
      simulation.check();
      return 0;
    }

    int
    run_without_mesh(const Parameters &parameters, const bool check_only, const Log &log)
    {
      const std::vector<double> &sizes = parameters.model.group_sizes;
      const double               d     = parameters.model.state_dimension();
      log.text(std::string("dynkin ") + DYNKIN_VERSION + ": " + parameters.problem +
               ", d = " + format_number(d, 15) +
               (sizes.empty()       ? ""
                : sizes.size() == 1 ? ", by the radius"
                                    : ", by " + std::to_string(sizes.size()) + " radii"));
      if (check_only)
        {
          log.line("check", "input is fine");
          return 0;
        }
      const dealii::Timer timer;
      const Problem      &problem = problem_of(parameters);
      const Result        page    = problem.page(parameters, log);
      const std::string   text    = to_text(page.lines);
      Result              result  = header(parameters, page.objection.empty());
      result.include(page, result.numbers);
      result.numbers["seconds"] = {{"total", timer.wall_time()}};
      log.line("", text);
      const ResultFiles files(parameters.output.directory, MPI_COMM_WORLD);
      files.write(problem.page_file, text);
      files.write("parameters.prm", parameters.text);
      write(result, files);
      log.line("written",
               parameters.output.directory + "/: results.json, parameters.prm, " +
                 problem.page_file);
      if (!page.objection.empty())
        throw ConvergenceError(page.objection);
      return 0;
    }
  } // namespace

  int
  run_application(const Parameters &parameters, const bool check_only, const bool quiet)
  {
    const Log log(!quiet && dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0);
    if (!parameters.kind->has_mesh)
      return run_without_mesh(parameters, check_only, log);
    switch (parameters.dimension)
      {
        case 1:
          return run<1>(parameters, check_only, log);
        case 2:
          return run<2>(parameters, check_only, log);
        case 3:
          return run<3>(parameters, check_only, log);
        default:
          throw InputError("dimension", "must be 1, 2 or 3");
      }
  }
} // namespace dynkin
