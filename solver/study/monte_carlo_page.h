// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_study_monte_carlo_page_h
#define dynkin_study_monte_carlo_page_h

#include "parameters/parameters.h"
#include "utilities/log.h"
#include "utilities/result.h"

namespace dynkin
{
  /**
   * Exit times by paths (problem = monte carlo), see PathLaw: means with their standard errors, survival, quantiles,
   * and the walls. For process = sde the first quarter of the paths is repeated with time steps of twice
   * the length and the same noise: the difference is what a first-order scheme is off, and is reported beside the
   * standard error; where it is far larger there is an objection. Times are in steps for chain and sgd.
   * Collective over all processes. Throws InputError.
   */
  Result
  monte_carlo_page(const Parameters &parameters, const Log &log);
} // namespace dynkin

#endif
