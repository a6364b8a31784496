// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_problem_exit_time_h
#define dynkin_problem_exit_time_h

#include "form/field.h"
#include "problem/exit_splitting.h"

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
   * With a killing rate k, tau is the exit or the killing, whichever comes first, and A is A - k.
   *
   * Weak form: B(f_n, v) = n int w f_{n-1} v for all v that vanish on absorbing walls.
   *
   * f is found by a splitting that keeps full relative accuracy however large it
   * is (ExitSplitting): f = T (1 - u) + z with T the mass over the capacity of the
   * absorbing walls. Where the form is not symmetric, this needs the reflecting
   * stationary density q = p/w. K_II f = m is solved as it stands, which loses about one
   * digit for each decade of f (`rounding()` says how many are left), if q does not come out
   * positive on the walls that matter (then the mesh does not resolve it there), no vertex is
   * free to be pinned, or there is a killing rate; and in three dimensions, where finding q
   * costs several times as much, if rounding leaves enough digits.
   */
  template <int dim>
  class ExitTime
  {
  public:
    ExitTime(const GeneratorForm<dim> &form, const SolverParameters &parameters, const Log &log);

    /** Throws ConvergenceError if no digit is left. */
    void
    solve(const unsigned int n_moments);

    /** f_n, n = 1, 2, ... */
    Field<dim>
    moment(const unsigned int n) const;

    /**
     * (S - f_n)/S with S the scale of moment(n), to full relative accuracy where it
     * is small: in the well, where f_n is nearly constant if it is large. Without
     * splitting -f_n/S.
     */
    const Vector &
    deficit(const unsigned int n) const;

    /** The splitting in use; none if the plain system was solved. */
    ExitSplitting<dim> *
    splitting() const;

    /** q = p/w up to a factor; none where it is constant, or not in use. */
    const Vector *
    stationary_density() const;

    /**
     * 1 for the cells where the stationary density is not positive, 0 for all others;
     * empty unless that prevented the splitting.
     */
    const dealii::Vector<float> &
    unresolved_cells() const;

    const GeneratorForm<dim> &
    bilinear_form() const;

    const SolverReport &
    report() const;

    /** Estimate of the relative error of f that is due to rounding. */
    double
    rounding() const;

    /** How f was found, in words. */
    std::string
    method() const;

  private:
    /** Solves the plain system, and keeps it if rounding leaves enough digits. */
    bool
    is_plain_enough(const unsigned int n_moments);

    /** q, unless it is constant; false if it was not found. */
    bool
    find_stationary_density();

    /** Throws InputError if there is neither an absorbing wall nor any killing. */
    void
    require_end() const;

    /** False if the stationary density, or the capacity found with it, is not good enough. */
    bool
    solve_splitting(const unsigned int n_moments);

    void
    solve_plain(const unsigned int n_moments);

    /** n int w f_{n-1} phi_i relative to the scale of f_{n-1}. */
    Vector
    moment_load(const unsigned int n) const;

    struct Moment
    {
      Vector      relative, deficit;
      long double scale;
    };

    const GeneratorForm<dim> &form;
    const SolverParameters   &parameters;
    const Log                &log;

    dealii::Vector<float>               unresolved;
    Vector                              q;     // empty if constant
    std::unique_ptr<ExitSplitting<dim>> parts; // refers to q
    std::vector<Moment>                 moments;
    SolverReport                        solver_report;
    double                              rounding_error = 0.;
  };
} // namespace dynkin

#endif
