// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_discretization_switch_zeros_h
#define dynkin_discretization_switch_zeros_h

#include "model/coefficient_switch.h"

#include <vector>

namespace dynkin
{
  /**
   * Appends the zeros of a function where coefficients may jump or have a kink; of several within
   * the smallest distance one may be missed.
   */
  void
  find_zeros(const CoefficientSwitch<1> &place,
             const double                left,
             const double                right,
             const double                smallest,
             std::vector<double>        &zeros);
} // namespace dynkin

#endif
