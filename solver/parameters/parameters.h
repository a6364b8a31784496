// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_parameters_parameters_h
#define dynkin_parameters_parameters_h

#include "chain/chain_parameters.h"
#include "discretization/discretization_parameters.h"
#include "domain/domain_parameters.h"
#include "linear_algebra/solver_parameters.h"
#include "model/model_parameters.h"
#include "parameters/problem_kind.h"
#include "sampling/monte_carlo_parameters.h"
#include "theory/density/initial_law.h"

#include <string>
#include <vector>

namespace dynkin
{
  /** Subsection `Quantities`: what is reported. */
  struct QuantityParameters
  {
    std::vector<std::vector<double>> points; // Quantities/points; default: the model's centre
    std::vector<double>              times;  // Quantities/times of laws in time, >= 0
    std::vector<double>              quantiles = {0.05, 0.5, 0.95}; // Quantities/quantiles of it
    std::vector<double>              distances; // Quantities/distances r of P(|v - w*| > r), > 0
    std::vector<double> center; // w*, as in the file: that of a mapped space may be another one
    unsigned int        eigenvalues = 5; // Quantities/eigenvalues of the spectrum, 1..100
    unsigned int        moments     = 1; // Quantities/moments of the exit time, 1..20
    std::string         running_reward;  // Quantities/running reward g(x), a formula
    std::string         terminal_reward; // Quantities/terminal reward h(x), a formula

    void
    add_parameters(EntryTable &table);
  };

  /** Subsection `Study`. */
  struct StudyParameters
  {
    unsigned int convergence_cycles = 0; // Study/convergence cycles, 0..20
    std::string  sweep;                  // Study/sweep; read by Sweep, empty in each of its rows

    void
    add_parameters(EntryTable &table);
  };

  /** Subsection `Output`. */
  struct OutputParameters
  {
    std::string directory = "results"; // Output/directory
    bool        vtu       = true;      // Output/vtu
    double      window    = 0.;        // Output/window, a radius [length]; 0: none

    void
    add_parameters(EntryTable &table);

    /** Throws InputError. */
    void
    check() const;
  };

  /** Everything a parameter file says. Written once when read, then const. */
  struct Parameters
  {
    unsigned int dimension = 0; // dimension: 1, 2, 3, any for theory; mandatory
    std::string  problem;       // problem, mandatory

    const ProblemKind *kind = nullptr; // the row of the problem, once checked

    ModelParameters          model;
    DomainParameters         domain;
    DiscretizationParameters discretization;
    SolverParameters         solver;
    QuantityParameters       quantities;
    StartParameters          start;
    ChainParameters          chain;
    MonteCarloParameters     monte_carlo;
    StudyParameters          study;
    OutputParameters         output;

    std::string text; // ParameterFile::used_parameters(), for parameters.prm

    /** The rows of all entries, which store their values here. */
    EntryTable
    entries(const ProblemKinds &problems);

    /** All checks of all parts and between them, for a row of the problems. Throws InputError. */
    void
    check(const ProblemKinds &problems);
  };
} // namespace dynkin

#endif
