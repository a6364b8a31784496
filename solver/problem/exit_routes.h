// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_problem_exit_routes_h
#define dynkin_problem_exit_routes_h

#include "problem/occupation_density.h"

#include <optional>

namespace dynkin
{
  /**
   * The mean exit time from the bottom of a deep well, found in three ways that
   * must agree:
   *
   *   field      f there, the scale S of the computed mean exit time;
   *   capacity   int w G^ over C^ = B(u^, u^*), mass over capacity, with the
   *              capacity as an energy and all parts from a richer space;
   *   slowest    1/lambda_1, A phi = -lambda_1 phi with absorbing walls, by inverse
   *              iteration; it differs from f by the time of relaxation in the well.
   *
   * And the barrier log(max p/max_walls p) of the reflecting stationary density p, at the
   * nodes: log E tau and (min V)/eta of large deviations both equal it to leading order in
   * eta; they differ by logarithms of prefactors.
   */
  struct ExitRoutes
  {
    long double field = 0., capacity = 0., slowest = 0.; // [time]
    double      exponent   = 0.;                         // the barrier
    double      relaxation = 0.;                         // time in the well, relative to E tau
    double      accuracy   = 0.;                         // relative, stated for field and capacity

    bool
    agree() const;
  };

  /** None unless the exit time is large against the relaxation in the well, or without splitting. */
  template <int dim>
  std::optional<ExitRoutes>
  find_exit_routes(const ExitTime<dim>          &exit_time,
                   const ExitTime<dim>          &richer,
                   const OccupationDensity<dim> &dual);
} // namespace dynkin

#endif
