// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_study_theory_sections_h
#define dynkin_study_theory_sections_h

#include <stdexcept>
#include <string>

#include "parameters/parameters.h"
#include "utilities/result.h"

namespace dynkin
{
  /**
   * The parts of a TheoryPage. Each adds its keys to the page, and to page["theory"]
   * the name of the formula that gave them.
   */
  void
  add_exit_theory(const Parameters &parameters, Record &page);

  /** The stationary density on the domain, with reflecting walls. */
  void
  add_density_theory(const Parameters &parameters, Record &page);

  /** Existence and tails of the stationary law on R^d, moments, contraction. */
  void
  add_ergodic_theory(const Parameters &parameters, Record &page);

  /** Quasi-potential and small-noise asymptotics of the exit. */
  void
  add_small_noise_theory(const Parameters &parameters, Record &page);

  /** What is known of groups of coordinates (Model/group sizes), any number of them of any size. */
  void
  add_group_theory(const Parameters &parameters, Record &page);

  /** An entry of "mean exit time": E tau from log E tau, its logarithm, and E tau^n, n = 1, 2, ... */
  Record
  exit_time_entry(const std::vector<double> &x,
                  const double               log_mean,
                  const std::vector<double> &moments);

  /** page["theory"][key] = fact(); if that throws std::domain_error: nothing, with the reason. */
  template <typename Fact>
  void
  add_fact(Record &page, const std::string &key, const Fact &fact)
  {
    try
      {
        page["theory"][key] = fact();
      }
    catch (const std::domain_error &error)
      {
        page["theory"][key] = {{"value", nullptr}, {"reason", error.what()}};
      }
  }
} // namespace dynkin

#endif
