// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "app/application.h"

#include "app/simulation.h"
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
  } // namespace

  int
  run_application(const Parameters  &parameters,
                  const std::string &used_parameters,
                  const bool         check_only,
                  const bool         quiet)
  {
    const Log log(!quiet && dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0);
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
