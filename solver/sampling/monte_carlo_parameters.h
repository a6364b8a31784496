// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_sampling_monte_carlo_parameters_h
#define dynkin_sampling_monte_carlo_parameters_h

#include <string>

namespace dynkin
{
  class EntryTable;
  struct ChainParameters;

  /** Subsection `Monte Carlo`: paths, and how many of them. */
  struct MonteCarloParameters
  {
    std::string process        = "sde";   // Monte Carlo/process, what makes a step
    std::string method         = "plain"; // Monte Carlo/method
    double      time_step      = 0.;      // Monte Carlo/time step > 0 of sde [time]; 0: chosen
    double      paths          = 0.;      // Monte Carlo/paths, 2 to 1e9; 0: see default_paths
    double      standard_error = 0.; // Monte Carlo/standard error, relative, > 0; 0: not asked for
    double      maximum_time   = 0.; // Monte Carlo/maximum time [time, or steps] > 0; 0: none
    double      seed           = 1.; // Monte Carlo/seed, an integer from 0 to 2^53

    static constexpr double default_paths = 1e5, most_paths = 1e9;

    void
    add_parameters(EntryTable &table);

    bool
    is_splitting() const;

    /** How many paths there are at first: all, or a round if `standard error` decides. */
    double
    first_count(const double round) const;

    /** How many there are to be when n have this relative standard error: as many as are likely to be enough. */
    double
    next_count(const double n, const double relative_error) const;

    /** Completes the number of paths; `chain` has steps and their length. Throws InputError. */
    void
    check(ChainParameters &chain, const double learning_rate);
  };
} // namespace dynkin

#endif
