// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_study_simulation_h
#define dynkin_study_simulation_h

#include "output/convergence_table.h"
#include "problem/computation.h"
#include "study/estimate_history.h"
#include "study/reference.h"
#include "study/refinement.h"

#include <deal.II/base/timer.h>

namespace dynkin
{
  /**
   * The story of a run: mesh, unknowns, solve, measure, write; on one mesh, on a
   * sequence of uniformly refined meshes (Study/convergence cycles), or on meshes
   * refined where the error comes from, until the error estimate of every reported
   * value is below Discretization/tolerance. The computation estimates the errors.
   */
  template <int dim>
  class Simulation
  {
  public:
    Simulation(const Parameters &parameters, const Log &log);

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
    require_affordable(const unsigned long coarse_cells) const;

    void
    compute(const Mesh<dim> &mesh, Level &level);

    /** compute(); where a mesh of an adaptive run resolves too little, on a finer one. */
    Level
    compute_resolved(Mesh<dim> &mesh);

    bool
    is_last(const Level &level) const;

    /** Frees the level and refines the mesh; false, and both stay, if that is of no use. */
    bool
    refine(Mesh<dim> &mesh, Level &level);

    void
    write(const Level &level, const bool converged);

    /** What is drawn. */
    std::vector<FieldFile<dim>>
    fields(const Level &level) const;

    void
    write_failure(const std::string &reason);

    const Log                        &log;
    const std::unique_ptr<Model<dim>> model;
    const Parameters                  parameters;
    Refinement<dim>                   refinement;
    EstimateHistory                   history;
    Reference<dim>                    reference;
    ConvergenceTable                  table;
    dealii::Timer                     timer;
    struct
    {
      double setup = 0., assembly = 0., solve = 0., estimate = 0., output = 0.;
      double cpu = 0.; // of this process, for set-up, assembly and solve
    } seconds;
  };
} // namespace dynkin

#endif
