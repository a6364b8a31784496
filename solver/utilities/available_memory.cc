// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "utilities/available_memory.h"

#include <deal.II/base/mpi.h>

#include <fstream>
#include <limits>
#include <string>
#include <sys/resource.h>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    double
    available_on_this_machine()
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
  available_memory()
  {
    return Utilities::MPI::min(available_on_this_machine() / local_share(), MPI_COMM_WORLD);
  }

  double
  peak_memory()
  {
    rusage usage; // needs no /proc, which bare roots may lack
    getrusage(RUSAGE_SELF, &usage);
    return Utilities::MPI::sum(1024. * usage.ru_maxrss, MPI_COMM_WORLD);
  }
} // namespace dynkin
