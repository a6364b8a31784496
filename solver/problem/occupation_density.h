// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_problem_occupation_density_h
#define dynkin_problem_occupation_density_h

#include "problem/exit_time.h"

namespace dynkin
{
  /**
   * Occupation density w G of the process started at random at points x_k with
   * weights omega_k and stopped at the absorbing walls: the expected time spent
   * near x,
   *
   *   A* (w G) = - sum_k omega_k delta_{x_k},  G = 0 on absorbing walls;
   *   weak form: B(v, G) = J(v) = sum_k omega_k v(x_k) for all v that vanish there.
   *
   * It is the dual of the mean exit time, J(f) = int w G, and its matrix is the
   * transpose. Where the exit time was found by splitting, so is G (with the
   * roles of the null vectors exchanged); else the plain system is solved.
   */
  template <int dim>
  class OccupationDensity
  {
  public:
    /** The exit time is solved already, and must outlive the object. */
    OccupationDensity(const ExitTime<dim>    &exit_time,
                      const SolverParameters &parameters,
                      const Log              &log);

    /** goal_i = J(phi_i). */
    void
    solve(const Vector &goal);

    /** w G. */
    Field<dim>
    density() const;

    /**
     * q - G/S with S the scale of density(), to full relative accuracy where it is
     * small, and q the stationary density the exit time was found with. Without
     * splitting -G/S.
     */
    const Vector &
    deficit() const;

    /** The splitting in use; none if the plain system was solved. */
    const ExitSplitting<dim> *
    splitting() const;

  private:
    const ExitTime<dim>      &exit_time;
    const GeneratorForm<dim> &form;
    const SolverParameters   &parameters;
    const Log                &log;

    std::unique_ptr<ExitSplitting<dim>> transposed; // where the form is not symmetric
    Vector                              relative, difference;
    long double                         scale = 1.;
  };
} // namespace dynkin

#endif
