// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_problem_exit_computation_h
#define dynkin_problem_exit_computation_h

#include "problem/computation.h"
#include "problem/exit_time.h"
#include "problem/occupation_density.h"

namespace dynkin
{
  /**
   * What exit times and exit places share: the exit time, whose splitting solves all
   * other systems too, and the occupation density of the process begun at the reported
   * points, the dual by which errors of values there are traced to cells.
   */
  template <int dim>
  class ExitComputation : public Computation<dim>
  {
  public:
    ExitComputation(const Parameters  &parameters,
                    const Model<dim>  &model,
                    const Mesh<dim>   &mesh,
                    const unsigned int degree,
                    const Log         &log);

    const SolverReport &
    report() const override;

    double
    rounding() const override;

  protected:
    /** The moments up to `moments`. If too little is resolved, the indicators say where. */
    void
    solve_exit_time(const unsigned int moments);

    /**
     * Solve `dual`, an occupation density in the space of `richer`, for the sum over the
     * points of the errors relative to `sizes`, and keep it for the output; returns the
     * functional. A size of 0 leaves its point out.
     */
    Vector
    solve_dual(OccupationDensity<dim>    &dual,
               const GeneratorForm<dim>  &richer,
               const std::vector<double> &sizes);

    Field<dim>
    occupation_density() const;

    ExitTime<dim> problem;

  private:
    Vector      occupation; // relative, in this space
    long double occupation_scale = 1.;
  };
} // namespace dynkin

#endif
