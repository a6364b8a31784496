// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_problem_stationary_density_h
#define dynkin_problem_stationary_density_h

#include "form/field.h"
#include "linear_algebra/linear_solver.h"

#include <optional>

namespace dynkin
{
  /**
   * Stationary density p of the process with reflecting walls:
   *
   *   A* p = -div J = 0,  J = b p - 1/2 div(a p),  J . n = 0 on all walls,  int p = 1.
   *
   * Weak form for u = p/w: B(v, u) = 0 for all v. The matrix K^T has the null
   * vector u; one unknown at the bottom of the well is pinned to 1 and its
   * equation dropped, which loses nothing because the equations add up to zero
   * (v = 1: the discrete mass balance is exact). Then u is scaled to mass 1. Of a reversible process with
   * its natural weight, u is 1, and nothing is solved.
   */
  template <int dim>
  class StationaryDensity
  {
  public:
    StationaryDensity(const GeneratorForm<dim> &form,
                      const SolverParameters   &parameters,
                      const Log                &log);

    /**
     * Throws ConvergenceError if the dropped equation does not hold, or the mass is not positive.
     * With `traces_rounding`, and a direct solver, rounding() is found by another solve.
     */
    void
    solve(const bool traces_rounding = false);

    /**
     * p lost to rounding, 10 K^-T K^T u with the residual that is left, which holds the rounding of
     * the sums over the entries. Where the density is small it is far below the largest p times
     * epsilon: mass that rounding makes at the maximum goes to the pin there. Not traced: nothing.
     */
    std::optional<Field<dim>>
    rounding() const;

    /** Of p everywhere, relative: that of the weight; not traced: what gathers along a line of the mesh. */
    double
    common_rounding() const;

    /** p = w u. */
    Field<dim>
    density() const;

    const SolverReport &
    report() const;

    /** int p by the quadrature of the form. */
    double
    mass() const;

    /** Residual of the dropped equation relative to its diagonal term. */
    double
    balance() const;

  private:
    /** With u = 1 at the pin. */
    void
    solve_pinned(const bool traces_rounding);

    const GeneratorForm<dim> &form;
    const SolverParameters   &parameters;
    const Log                &log;
    Vector                    u;
    Vector                    lost; // to rounding; empty if not traced
    SolverReport              solver_report;
    double                    total_mass = 0., dropped_residual = 0., common = 0.;
  };
} // namespace dynkin

#endif
