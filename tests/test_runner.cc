// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#define CATCH_CONFIG_RUNNER
#include <deal.II/base/mpi.h>

#include "unit/catch2.h"

int
main(int argc, char *argv[])
{
  int                                      catch_only_argc = 1;
  dealii::Utilities::MPI::MPI_InitFinalize mpi(catch_only_argc, argv, 1);
  return Catch::Session().run(argc, argv);
}
