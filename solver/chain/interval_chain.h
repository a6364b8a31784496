// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_chain_interval_chain_h
#define dynkin_chain_interval_chain_h

#include "chain/markov_chain.h"
#include "chain/transition.h"

#include <string>
#include <vector>

namespace dynkin
{
  /**
   * A chain on an interval until it leaves, left or right: functions of the place at which it is, by Nystroem's method. On
   * Gauss points y_j of panels, which see the spread of a step,
   *
   *   E[u(z') ; z' inside | z] = sum_j weight_j density(z, y_j) u(y_j) = (P u)(z),
   *
   * exact to rounding where densities are entire; else by expectations of the interpolant of u.
   */
  class IntervalChain : public PlacedChain
  {
  public:
    /**
     * Panels are cut at `faces`, inside of the interval, and at most `panel` spreads long. Throws
     * InputError about the entry `small_step` if they need more than 3,000 points.
     */
    IntervalChain(const Transition          &transition,
                  const std::vector<double> &faces,
                  const double               panel,
                  const std::string         &small_step);

    Vector
    row(const std::vector<double> &point) const override;

    Exit
    exit(const std::vector<double> &point) const override;

  private:
    Exit
    exit(const Real x) const;

    const Transition &transition;
    Panels            panels;
  };
} // namespace dynkin

#endif
