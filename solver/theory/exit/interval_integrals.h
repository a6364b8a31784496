// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_exit_interval_integrals_h
#define dynkin_theory_exit_interval_integrals_h

#include "theory/scalar_diffusion.h"

namespace dynkin
{
  /**
   * What the exit-time formulas need of an interval (l, r), with the scale
   * density S' and the speed density m of a ScalarDiffusion:
   *
   *   scale = int S',                       speed = int m,
   *   lower = int (S(y) - S(l)) m(y) dy,    upper = int (S(r) - S(y)) m(y) dy.
   *
   * All four are positive, and adjacent intervals combine by sums of products
   * of positive numbers: nothing cancels. long double for its range (1e+-4932),
   * since e^phi spans hundreds of decades for a small learning rate.
   */
  struct IntervalIntegrals
  {
    long double scale = 0., speed = 0., lower = 0., upper = 0.;

    /**
     * With `source` m in place of m, by Gauss quadrature with 20 nodes: exact to
     * rounding if log S' varies by a few units. For right < left: signed integrals.
     */
    static IntervalIntegrals
    compute(const ScalarDiffusion           &diffusion,
            const ScalarDiffusion::Function &source,
            const long double                left,
            const long double                right);

    /** The integrals of the union of two adjacent intervals, `left` and `right` of each other. */
    static IntervalIntegrals
    combine(const IntervalIntegrals &left, const IntervalIntegrals &right);
  };
} // namespace dynkin

#endif
