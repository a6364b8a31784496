// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_exit_panel_interpolant_h
#define dynkin_theory_exit_panel_interpolant_h

#include <functional>
#include <vector>

namespace dynkin
{
  /**
   * A function tabulated at 21 Chebyshev points of each panel (their ends
   * included) and interpolated by the barycentric formula, (5.4) of Berrut and
   * Trefethen, SIAM Review 46 (2004). Points left of the first panel count as its
   * left end; beyond the last one the last polynomial is continued.
   * const and thread-safe.
   */
  class PanelInterpolant
  {
  public:
    PanelInterpolant(const std::function<long double(long double)> &f,
                     const std::vector<long double>                &breakpoints);

    long double
    operator()(const long double x) const;

  private:
    std::vector<long double> breakpoints;
    std::vector<long double> points, values; // panel by panel
  };
} // namespace dynkin

#endif
