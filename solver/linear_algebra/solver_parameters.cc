// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "linear_algebra/solver_parameters.h"

#include "utilities/entry_table.h"

namespace dynkin
{
  namespace
  {
    const std::vector<Choice> types = {
      {"auto",
       "picks one of the others by the number of unknowns, degree and dimension; direct where "
       "multigrid turns out slow and there is memory"},
      {"direct", "sparse LU factorisation: KLU for small systems on one process, MUMPS otherwise"},
      {"multigrid",
       "Krylov solver preconditioned by multigrid: matrix-free over the degrees, algebraic "
       "(Trilinos ML) below"},
      {"amg", "the same"}};
    const Range tolerances{0., 1., true, true};
  } // namespace

  void
  SolverParameters::add_parameters(EntryTable &table)
  {
    table.begin_section("Solver");
    table.add("type", type, "How the linear systems are solved.", types);
    table.add("tolerance",
              tolerance,
              "Residual and estimated error at which a linear system counts as solved, relative to "
              "its right-hand side and solution, in (0, 1), dimensionless. Keep it well below the "
              "accuracy that is wanted.",
              number_pattern(tolerances));
  }

  void
  SolverParameters::check() const
  {
    check_choice("Solver/type", type, types);
    check_number("Solver/tolerance", tolerance, tolerances);
  }
} // namespace dynkin
