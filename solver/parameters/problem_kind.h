// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_parameters_problem_kind_h
#define dynkin_parameters_problem_kind_h

#include <string>
#include <vector>

#include "utilities/entry_values.h"

namespace dynkin
{
  /** All that depends on which problem it is, but how it is solved (study/problem_table.h). */
  struct ProblemKind
  {
    enum class Meshes
    {
      given,           // by Discretization/refinements
      adaptive,        // until Discretization/tolerance is reached, if nothing else is said
      adaptive_bounded // so in bounded domains only
    };
    enum class Reference
    {
      none,
      exit_time, // as a field, and numbers at points
      exit,      // numbers at points
      density
    };

    std::string name, help;
    std::string equation;         // for people
    std::string killed_equation;  // with Model/killing rate; empty: needs a rate of 0
    std::string without_killing;  // why
    std::string walls;            // conditions there, for people
    bool        is_exit  = false; // something has to end the process
    bool        is_place = false; // and it has to be a wall, whenever; else killing is an end, too
    bool        is_law   = false; // of times, as early as they may be
    bool        is_density = false; // mass is kept: no absorbing walls, the whole space is a domain
    bool        has_start  = false; // a law at time 0
    bool        has_mesh   = true;
    bool        is_chain   = false; // in discrete time
    bool        is_sampled = false; // by paths
    bool        is_even    = false; // solved in one orthant where all of it is even
    Meshes      meshes     = Meshes::given;
    double      tolerance  = 1e-8;            // of adaptive ones, if nothing else is said
    Reference   reference  = Reference::none; // what in closed form it is compared with

    /** By formulas alone. */
    bool
    is_theory() const
    {
      return !has_mesh && !is_chain && !is_sampled;
    }

    /** Entries and subsections with a meaning for this problem, but not for all of them. */
    std::vector<std::string> entries = {};
  };

  /** All problems there are, in the order in which they are listed. */
  using ProblemKinds = std::vector<const ProblemKind *>;

  /** Their names, with a line about each. */
  std::vector<Choice>
  choices_of(const ProblemKinds &problems);

  /** The row of a problem, or nullptr. */
  const ProblemKind *
  find_problem(const ProblemKinds &problems, const std::string &name);

  /**
   * The problems that an entry has a meaning for: those that name it or, if none does, those that
   * name its subsection; empty if that are all.
   */
  std::vector<std::string>
  problems_with(const ProblemKinds &problems, const std::string &section, const std::string &path);
} // namespace dynkin

#endif
