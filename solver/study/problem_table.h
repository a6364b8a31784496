// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_study_problem_table_h
#define dynkin_study_problem_table_h

#include <memory>
#include <tuple>

#include "parameters/parameters.h"
#include "problem/computation.h"

namespace dynkin
{
  template <int dim>
  using CreateComputation = std::unique_ptr<Computation<dim>> (*)(const Parameters  &parameters,
                                                                  const Model<dim>  &model,
                                                                  const Mesh<dim>   &mesh,
                                                                  const unsigned int degree,
                                                                  const Log         &log);

  /** A row of the table of problems: all that depends on which problem it is. */
  struct Problem : ProblemKind
  {
    /** On a mesh, by dimension. */
    std::tuple<CreateComputation<1>, CreateComputation<2>, CreateComputation<3>> solution;

    /** Without one, and the file that its lines are written to. */
    Result (*page)(const Parameters &, const Log &) = nullptr;
    std::string page_file;
  };

  /** All rows, for those who read parameter files. */
  ProblemKinds
  problem_kinds();

  /** The row of what parameters ask for that were read with problem_kinds(). */
  const Problem &
  problem_of(const Parameters &parameters);
} // namespace dynkin

#endif
