// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_linear_algebra_solver_parameters_h
#define dynkin_linear_algebra_solver_parameters_h

#include <string>

namespace dynkin
{
  class EntryTable;

  /** Subsection `Solver`. */
  struct SolverParameters
  {
    std::string type      = "auto"; // Solver/type: auto | direct | multigrid | amg
    double      tolerance = 1e-12;  // Solver/tolerance, relative residual, in (0, 1)

    void
    add_parameters(EntryTable &table);

    void
    check() const;
  };
} // namespace dynkin

#endif
