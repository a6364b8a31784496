// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "app/memory.h"

#include <deal.II/base/mpi.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <string>

#include "utilities/exceptions.h"
#include "utilities/log.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double an_unknown = 150., a_quadrature_point = 300., gigabyte = 1e9;

    /** Linux' own estimate of what can be had without swapping, all if it is not known. */
    double
    available_memory()
    {
      std::ifstream file("/proc/meminfo");
      std::string   name, unit;
      double        kilobytes;
      while (file >> name >> kilobytes && std::getline(file, unit))
        if (name == "MemAvailable:")
          return 1024. * kilobytes;
      return std::numeric_limits<double>::max();
    }

    /** The share of all processes that run on this machine. */
    double
    local_share()
    {
      MPI_Comm machine;
      MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &machine);
      const double n = Utilities::MPI::n_mpi_processes(machine);
      MPI_Comm_free(&machine);
      return n / Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD);
    }
  } // namespace

  double
  predicted_memory(const double n_dofs, const unsigned int degree, const unsigned int dimension)
  {
    double bytes = 0.;
    for (const double p :
         {degree, degree + 1}) // the solution, and what its error is estimated with
      bytes += n_dofs * std::pow(p / degree, dimension) *
               (an_unknown + a_quadrature_point * std::pow((p + 1.) / p, dimension));
    return bytes;
  }

  void
  require_memory(const double n_dofs, const unsigned int degree, const unsigned int dimension)
  {
    const double needed = predicted_memory(n_dofs, degree, dimension);
    const double available =
      Utilities::MPI::min(available_memory() / local_share(), MPI_COMM_WORLD);
    if (needed > available)
      throw InputError("Discretization/refinements",
                       "leads to about " + format_number(n_dofs, 2) +
                         " unknowns, which take about " + format_number(needed / gigabyte, 3) +
                         " GB of memory; " + format_number(available / gigabyte, 3) +
                         " GB are available");
  }
} // namespace dynkin
