// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "problem/occupation_density.h"

using namespace dealii;

namespace dynkin
{
  template <int dim>
  OccupationDensity<dim>::OccupationDensity(const ExitTime<dim>    &exit_time,
                                            const SolverParameters &parameters,
                                            const Log              &log)
    : exit_time(exit_time)
    , form(exit_time.bilinear_form())
    , parameters(parameters)
    , log(log)
  {
    if (exit_time.splitting() != nullptr && !form.is_symmetric())
      transposed = std::make_unique<ExitSplitting<dim>>(
        form,
        Direction::forward,
        typename ExitSplitting<dim>::NullVectors{exit_time.stationary_density(), nullptr},
        parameters,
        log,
        "occupation density");
  }

  template <int dim>
  void
  OccupationDensity<dim>::solve(const Vector &goal)
  {
    form.initialize(relative);
    if (exit_time.splitting() == nullptr)
      {
        LinearSolver<dim> solver(
          form, Direction::forward, {true, {}}, parameters, log, "occupation density");
        solver.solve(relative, goal);
        scale = relative.linfty_norm();
        relative /= static_cast<double>(scale);
        difference = relative;
        difference *= -1.;
      }
    else
      {
        ExitSplitting<dim> &parts = transposed ? *transposed : *exit_time.splitting();
        Vector              z, load;
        form.load(load);
        const double unit = load.l1_norm(); // of the size of the matrix, or z may underflow
        load.equ(unit, goal);
        scale      = parts.solve(z, load);
        relative   = parts.h();
        difference = parts.u();
        relative.add(static_cast<double>(1. / scale), z);
        difference.add(static_cast<double>(-1. / scale), z);
        scale /= unit;
      }
    relative.update_ghost_values();
    difference.update_ghost_values();
  }

  template <int dim>
  Field<dim>
  OccupationDensity<dim>::density() const
  {
    return {&form.discretization(), &relative, &form.weight(), scale};
  }

  template <int dim>
  const Vector &
  OccupationDensity<dim>::deficit() const
  {
    return difference;
  }

  template <int dim>
  const ExitSplitting<dim> *
  OccupationDensity<dim>::splitting() const
  {
    return transposed ? transposed.get() : exit_time.splitting();
  }

  template class OccupationDensity<1>;
  template class OccupationDensity<2>;
  template class OccupationDensity<3>;
} // namespace dynkin
