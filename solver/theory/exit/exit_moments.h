// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_exit_exit_moments_h
#define dynkin_theory_exit_exit_moments_h

#include "theory/exit/panel_interpolant.h"
#include "theory/exit/scale_speed_table.h"

#include <vector>

namespace dynkin
{
  /** Which end of an interval reflects the process; the others absorb it. */
  enum class ReflectingEnd
  {
    none, // f(left) = f(right) = 0
    left, // f'(left) = f(right) = 0: what paper (5.2) and (5.6) are, in spite of (5.4)
    right // f(left) = f'(right) = 0
  };

  /**
   * Moments f_n(x) = E_x tau^n [time^n] of the time tau at which a ScalarDiffusion
   * leaves (left, right): A f_n = -n f_{n-1}, f_0 = 1. With M = n f_{n-1} m,
   *
   *   f_n(x) = [ (S(r) - S(x)) int_l^x (S(y) - S(l)) M dy
   *            + (S(x) - S(l)) int_x^r (S(r) - S(y)) M dy ] / (S(r) - S(l)),
   *   reflecting at l:  f_n(x) = (S(r) - S(x)) int_l^x M dy + int_x^r (S(r) - S(y)) M dy,
   *   reflecting at r:  f_n(x) = (S(x) - S(l)) int_x^r M dy + int_l^x (S(y) - S(l)) M dy.
   *
   * Every term is positive: full relative accuracy up to the absorbing ends and
   * for values up to 1e4900. The centre of a ball counts as reflecting at the left.
   * Source: Karlin and Taylor (1981), chapter 15; the recursion is Dynkin's.
   *
   * const and thread-safe. Throws std::domain_error for n_moments = 0, a ball
   * that does not reflect at its centre, and what ScaleSpeedTable refuses.
   */
  class ExitMoments
  {
  public:
    ExitMoments(const ScalarDiffusion &diffusion,
                const double           left,
                const double           right,
                const ReflectingEnd    reflecting_end,
                const unsigned int     n_moments = 1);

    /** f_n(x), 1 <= n <= n_moments. */
    long double
    value(const unsigned int n, const long double x) const;

    /** f_n'(x). */
    long double
    derivative(const unsigned int n, const long double x) const;

    /** Where f_n is smooth in between. */
    const std::vector<long double> &
    breakpoints(const unsigned int n) const;

    /** The integrals behind f_1, on both sides of x. */
    ScaleSpeedTable::Sides
    sides(const long double x) const;

  private:
    const ScaleSpeedTable &
    table(const unsigned int n) const;

    ScalarDiffusion              diffusion;
    ReflectingEnd                reflecting_end;
    std::vector<ScaleSpeedTable> tables; // tables[n - 1] has the source n f_{n-1}
  };

  /** f of A f = -source at the point that splits the interval into `sides`. */
  long double
  green_integral(const ScaleSpeedTable::Sides &sides, const ReflectingEnd reflecting_end);

  /** The same for all x, interpolated. */
  PanelInterpolant
  green_integral(const ScaleSpeedTable &table, const ReflectingEnd reflecting_end);
} // namespace dynkin

#endif
