// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_problem_exit_time_h
#define dynkin_problem_exit_time_h

#include "linear_algebra/linear_solver.h"
#include "problem/field.h"

#include <vector>

namespace dynkin
{
  /**
   * Moments f_n(x) = E[tau^n | X_0 = x] of the exit time tau through the
   * absorbing walls (Dynkin's formula):
   *
   *   A f_n = -n f_{n-1},  f_0 = 1;   f_n = 0 on absorbing walls,
   *   a grad f_n . n = 0 on reflecting walls.
   *
   * Weak form: B(f_n, v) = n int w f_{n-1} v for all v that vanish on absorbing walls.
   *
   * Where the form is symmetric (and some vertex is free to be pinned), f is found by a splitting that keeps full relative
   * accuracy however large it is. With I the free and G the absorbing unknowns,
   * s = -K_IG 1 (= K_II 1) and m the load, one unknown at the bottom of the well
   * is pinned (matrix K_p), and
   *
   *   K_p y = s,  K_p z = m,  T = (sum m - s.z) / (s.(1 - y)),  f = T (1 - y) + z.
   *
   * T is f at the pin; s.(1 - y) is the capacity of the absorbing walls. Otherwise
   * K_II f = m is solved as it stands, which loses about one digit for each
   * decade of f; `rounding()` says how many are left.
   */
  template <int dim>
  class ExitTime
  {
  public:
    ExitTime(const GeneratorForm<dim> &form, const SolverParameters &parameters, const Log &log);

    /** Throws ConvergenceError if no digit is left, or f is beyond the range of a double. */
    void
    solve(const unsigned int n_moments);

    /** f_n, n = 1, 2, ... */
    Field<dim>
    moment(const unsigned int n) const;

    const SolverReport &
    report() const;

    /** Estimate of the relative error of f that is due to rounding. */
    double
    rounding() const;

    /** How f was found, in words. */
    std::string
    method() const;

  private:
    void
    solve_splitting(const unsigned int n_moments);

    void
    solve_plain(const unsigned int n_moments);

    /** n int w f_{n-1} phi_i, zero at the walls. */
    Vector
    moment_load(const unsigned int n) const;

    void
    zero_walls(Vector &vector) const;

    double
    sum(const Vector &vector) const;

    const GeneratorForm<dim> &form;
    const SolverParameters   &parameters;
    const Log                &log;
    dealii::IndexSet          walls; // absorbing unknowns, locally relevant
    const bool                uses_splitting;
    std::vector<Vector>       moments;
    SolverReport              solver_report;
    double                    rounding_error = 0.;
  };
} // namespace dynkin

#endif
