// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_study_chain_page_h
#define dynkin_study_chain_page_h

#include "parameters/parameters.h"
#include "utilities/log.h"
#include "utilities/result.h"

namespace dynkin
{
  /**
   * How many steps Euler's chain z' = z + eps b(z) + sqrt(eps) s(z) xi, or SGD itself, takes to leave an interval, or a
   * ball by its radius (problem = discrete chain), and what the diffusion says instead, in steps E tau/eps:
   *
   *   plain                 as it is
   *   shifted               walls moved outwards by 0.5826 |s(wall)| sqrt(eps), as a chain jumps over them
   *                         (M. Broadie, P. Glasserman, S. Kou, Math. Finance 7, 1997; E. Gobet, S. Menozzi,
   *                         Stoch. Proc. Appl. 120, 2010): first order in eps
   *   matched and shifted   for linear drift and constant noise: of the Ornstein-Uhlenbeck process whose mean and
   *                         variance after eps are those of the chain
   *
   * Numbers are compared with those of coarser panels, twice; the difference is the estimate.
   * Throws InputError and ConvergenceError.
   */
  Result
  chain_page(const Parameters &parameters, const Log &log);
} // namespace dynkin

#endif
