// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/application.h"

#include <algorithm>

#include "output/result_files.h"
#include "study/chain_page.h"
#include "study/monte_carlo_page.h"
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
    /** What a problem without a mesh tells. */
    struct Page
    {
      Json        json;
      std::string text, file; // for people, and what it is written to
      std::string objection;  // why the result is not to be trusted; else empty
    };

    Page
    theory(const Parameters &parameters, const Log &)
    {
      const TheoryPage page(parameters);
      return {page.json(), page.text(), "theory.txt", ""};
    }

    Page
    discrete_chain(const Parameters &parameters, const Log &log)
    {
      const ProblemKind &kind = problem_kind(parameters.problem);
      log.line("equation",
               parameters.chain.is_mini_batch()
                 ? "u(z) = 1 + E[u(z'); z' inside],  z' = z - eta grad of the loss on a mini-batch"
                 : kind.equation);
      log.line("walls", kind.walls);
      log.line("model", create_model<1>(parameters.model)->description());
      log.line("domain", parameters.domain.describe());
      const ChainPage page(parameters);
      const double    tolerance = parameters.discretization.tolerance > 0.
                                    ? parameters.discretization.tolerance
                                  : parameters.chain.is_mini_batch() ? 1e-6
                                                                     : 1e-8;
      return {page.json(),
              page.text(),
              "chain.txt",
              page.largest_estimate() <= tolerance ? ""
                                                   : "the largest relative error estimate is " +
                                                       format_number(page.largest_estimate(), 2) +
                                                       ", above " + format_number(tolerance)};
    }

    Page
    monte_carlo(const Parameters &parameters, const Log &log)
    {
      const MonteCarloPage page(parameters, log);
      return {page.json(), page.text(), "monte_carlo.txt", page.objection()};
    }

    struct PageMaker
    {
      const char *problem;
      Page (*make)(const Parameters &, const Log &);
    };

    constexpr PageMaker page_makers[] = {{"theory", theory},
                                         {"discrete chain", discrete_chain},
                                         {"monte carlo", monte_carlo}};

    int
    run_without_mesh(const Parameters  &parameters,
                     const std::string &used_parameters,
                     const bool         check_only,
                     const Log         &log)
    {
      const std::vector<double> &sizes = parameters.model.group_sizes;
      const double d = sizes.empty() ? parameters.dimension : parameters.model.state_dimension();
      log.text(std::string("dynkin ") + DYNKIN_VERSION + ": " + parameters.problem +
               ", d = " + format_number(d, 15) + (sizes.empty() ? "" : ", by the radius"));
      if (check_only)
        {
          log.line("check", "input is fine");
          return 0;
        }
      const dealii::Timer timer;
      const auto          maker =
        std::find_if(std::begin(page_makers), std::end(page_makers), [&](const PageMaker &row) {
          return parameters.problem == row.problem;
        });
      const Page page   = maker->make(parameters, log);
      Json       result = {
              {"program", "dynkin"},
              {"version", DYNKIN_VERSION},
              {"problem", parameters.problem},
              {"dimension", d == parameters.dimension ? Json(parameters.dimension) : Json(d)},
              {"converged", page.objection.empty()}};
      if (!sizes.empty())
        result["group sizes"] = sizes;
      result.update(page.json);
      result["seconds"] = {{"total", timer.wall_time()}};
      log.line("", page.text);
      const ResultFiles files(parameters.output.directory, MPI_COMM_WORLD);
      files.write(page.file, page.text);
      files.write("parameters.prm", used_parameters);
      files.write("results.json", result.dump(2) + "\n");
      log.line("written",
               parameters.output.directory + "/: results.json, parameters.prm, " + page.file);
      if (!page.objection.empty())
        throw ConvergenceError(page.objection);
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
      return run_without_mesh(parameters, used_parameters, check_only, log);
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
