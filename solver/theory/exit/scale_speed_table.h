// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_exit_scale_speed_table_h
#define dynkin_theory_exit_scale_speed_table_h

#include "theory/exit/interval_integrals.h"

#include <vector>

namespace dynkin
{
  /**
   * IntervalIntegrals on both sides of any point of (left, right), tabulated
   * once on adaptive panels. The speed density is multiplied by a `source` > 0.
   *
   * For a radial diffusion (d > 1) left is 0, the centre: panels halve down to
   * r0 = 2^-30 right, and the integrals over (0, r0) are their leading term, with a
   * relative error O(r0^2); points below r0 count as r0. There the scale
   * integral is infinite and `lower` meaningless: formulas that reflect at the
   * left end use neither.
   *
   * A point beyond `right` gets the analytic continuation. const and
   * thread-safe. Throws std::domain_error for an empty interval, d > 1 with
   * left != 0, coefficients that cannot be resolved, and integrals beyond 1e4900.
   */
  class ScaleSpeedTable
  {
  public:
    using Function = ScalarDiffusion::Function;

    ScaleSpeedTable(const ScalarDiffusion &diffusion,
                    const Function        &source,
                    const double           left,
                    const double           right);

    /** The integrals over (left, x) and (x, right). */
    struct Sides
    {
      IntervalIntegrals left, right;
    };

    Sides
    sides(const long double x) const;

    /** Ends of the panels. */
    const std::vector<long double> &
    breakpoints() const;

  private:
    /** The first breakpoint, and the integrals up to it (zero unless d > 1). */
    void
    start_at(const double left, const double right);

    /** Append panels that resolve [l, r], whose integrals by one rule are `whole`. */
    void
    add_panels(const long double               l,
               const long double               r,
               const IntervalIntegrals        &whole,
               const unsigned int              depth,
               std::vector<IntervalIntegrals> &panels);

    IntervalIntegrals
    integrals(const long double l, const long double r) const;

    ScalarDiffusion                diffusion;
    Function                       source;
    std::vector<long double>       nodes;    // ends of the panels
    std::vector<IntervalIntegrals> prefixes; // from the left end to nodes[k]
    std::vector<IntervalIntegrals> suffixes; // from nodes[k] to the right end
  };
} // namespace dynkin

#endif
