// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_app_simulation_h
#define dynkin_app_simulation_h

#include "app/computation.h"
#include "app/reference.h"
#include "output/convergence_table.h"

#include <deal.II/base/timer.h>

namespace dynkin
{
  /**
   * The story of a run: mesh, unknowns, solve, measure, write; on one mesh, on a
   * sequence of uniformly refined meshes (Study/convergence cycles), or until the
   * error estimate of every reported value is below Discretization/tolerance.
   *
   * The error estimate of a value is its difference to the same computation with
   * an element of one degree less (degree 2 for degree 1), plus rounding.
   */
  template <int dim>
  class Simulation
  {
  public:
    Simulation(const Parameters &parameters, const std::string &used_parameters, const Log &log);

    /** Coarse mesh only: what --check does. */
    void
    check() const;

    /** Exit status 0, or 2 if the tolerance was not reached. */
    int
    run();

  private:
    struct Level
    {
      std::unique_ptr<Computation<dim>> computation;
      PointValues                       values;
      std::optional<ErrorNorms>         errors;
    };

    void
    announce() const;

    void
    require_affordable(const unsigned long coarse_cells) const;

    Level
    compute(const Mesh<dim> &mesh);

    /** Values at the reported points, each with its error estimate. */
    void
    estimate_errors(const Mesh<dim> &mesh, Level &level);

    bool
    is_last(const Level &level) const;

    /** Is the next, refined mesh within Discretization/maximum dofs? */
    bool
    can_refine(const Level &level) const;

    bool
    reached_tolerance(const Level &level) const;

    void
    write(const Level &level, const bool converged);

    void
    write_failure(const std::string &reason);

    Json
    header(const bool converged) const;

    const Parameters                     &parameters;
    const std::string                    &used_parameters;
    const Log                            &log;
    const std::unique_ptr<Model<dim>>     model;
    std::optional<ReferenceSolution<dim>> reference;
    ConvergenceTable                      table;
    dealii::Timer                         timer;
    struct
    {
      double setup = 0., assembly = 0., solve = 0., estimate = 0., output = 0.;
    } seconds;
  };
} // namespace dynkin

#endif
