// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_study_monte_carlo_page_h
#define dynkin_study_monte_carlo_page_h

#include <nlohmann/json.hpp>

#include <string>

#include "parameters/parameters.h"
#include "utilities/log.h"

namespace dynkin
{
  /**
   * Exit times by paths (problem = monte carlo), see PathLaw: means with their standard errors, survival, quantiles,
   * and the walls. For process = sde the first quarter of the paths is repeated with time steps of twice
   * the length and the same noise: the difference is what a first-order scheme is off, and is reported beside the
   * standard error; where it is far larger there is an objection. Times are in steps for chain and sgd.
   */
  class MonteCarloPage
  {
  public:
    /** Collective over all processes. Throws InputError. */
    MonteCarloPage(const Parameters &parameters, const Log &log);

    /** For results.json. */
    const nlohmann::ordered_json &
    json() const;

    /** For people: one line a number. */
    std::string
    text() const;

    /** Why there is no result, or not one as good as asked for; else empty. */
    std::string
    objection() const;

  private:
    template <int dim>
    void
    fill(const Parameters &parameters, const Log &log);

    void
    tell(const std::string &what, const std::string &value);

    nlohmann::ordered_json page;
    std::string            lines, complaint;
  };
} // namespace dynkin

#endif
