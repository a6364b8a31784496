// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_utilities_numerics_h
#define dynkin_utilities_numerics_h

#include <cmath>

namespace dynkin
{
  /**
   * -zeta(1/2)/sqrt(2 pi): by so many standard deviations of a step a walk with normal steps jumps over
   * a wall on average (D. Siegmund, Adv. Appl. Prob. 11, 1979).
   */
  constexpr double boundary_shift = 0.58259715793901068;

  /** log(1 + t) / t for t >= 0, continued by its limit 1 at t = 0. */
  template <typename Number>
  Number
  log1p_over(const Number t)
  {
    return t > Number(0) ? std::log1p(t) / t : Number(1);
  }
} // namespace dynkin

#endif
