// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "problem/stationary_density.h"

#include "geometry/mirror.h"
#include "utilities/exceptions.h"

#include <cmath>
#include <limits>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double       balance_tolerance = 1e-6;
    constexpr unsigned int most_moves        = 3; // of the pin
    constexpr double       safety_of_rounding =
      10.;                                  // also for that of the entries, which no residual shows
    constexpr double range_of_weight = 30.; // of logarithms that are rounded
  }                                         // namespace

  template <int dim>
  StationaryDensity<dim>::StationaryDensity(const GeneratorForm<dim> &form,
                                            const SolverParameters   &parameters,
                                            const Log                &log)
    : form(form)
    , parameters(parameters)
    , log(log)
  {
  }

  template <int dim>
  void
  StationaryDensity<dim>::solve(const bool traces_rounding)
  {
    Vector residual, diagonal, m;
    form.initialize(residual);
    solve_pinned(traces_rounding);
    // where the density is tiny at the pin, K without it is nearly singular: rounding leaves
    // 1/u(pin) as many errors, but almost a multiple of u, as in inverse iteration
    for (unsigned int k = 0; k < most_moves && !form.is_symmetric() && form.move_pin(u); ++k)
      solve_pinned(traces_rounding);

    const Discretization<dim>    &space = form.discretization();
    const types::global_dof_index pin   = space.nearest_vertex_dof(form.pin());
    form.apply(residual, u, Direction::forward);
    form.diagonal(diagonal);
    const double local =
      u.in_local_range(pin) ? std::abs(residual(pin)) / std::abs(diagonal(pin)) : 0.;
    dropped_residual = Utilities::MPI::max(local, space.communicator());
    if (!(dropped_residual < balance_tolerance))
      throw ConvergenceError("the mass balance of the stationary density does not close: the "
                             "dropped equation has relative residual " +
                             format_number(dropped_residual, 2) + "; refine the mesh");

    form.load(m);
    m *= Mirror<dim>(space.mesh().domain()).n_images();
    const double scale = m * u;
    if (!(scale > 0.) || !std::isfinite(scale))
      throw ConvergenceError("the stationary density has mass " + format_number(scale, 2) +
                             " before normalisation; refine the mesh");
    u /= scale;
    constexpr double epsilon = std::numeric_limits<double>::epsilon();
    common                   = safety_of_rounding * range_of_weight * epsilon;
    if (lost.size() > 0)
      {
        lost /= scale;
        lost.add(-(m * lost), u); // what all of it shares is scaled out
        lost.update_ghost_values();
      }
    else if (!form.is_symmetric())
      common = safety_of_rounding *
               (dropped_residual +
                epsilon * std::pow(static_cast<double>(space.dof_handler().n_dofs()), 1. / dim));
    total_mass = m * u;
    u.update_ghost_values();
  }

  template <int dim>
  void
  StationaryDensity<dim>::solve_pinned(const bool traces_rounding)
  {
    form.initialize(u);
    if (form.is_symmetric())
      {
        u = 1.; // exactly, as K 1 = 0, however rarely the process changes wells
        u.update_ghost_values();
        solver_report.method = "none: the natural weight is the density";
        return;
      }
    LinearSolver<dim> solver(
      form, Direction::forward, {false, form.pin()}, parameters, log, "stationary density");
    const types::global_dof_index pin = form.discretization().nearest_vertex_dof(form.pin());
    Vector                        zero;
    form.initialize(zero);
    if (u.in_local_range(pin))
      u(pin) = 1.;
    solver.solve(u, zero);
    if (traces_rounding && solver.report().iterations == 0)
      {
        Vector residual;
        form.initialize(residual);
        form.initialize(lost);
        form.apply(residual, u, Direction::forward);
        if (residual.in_local_range(pin))
          residual(pin) = 0.;
        solver.solve(lost, residual);
        lost *= safety_of_rounding;
      }
    solver_report.add(solver.report());
    u.update_ghost_values();
  }

  template <int dim>
  Field<dim>
  StationaryDensity<dim>::density() const
  {
    return {&form.discretization(), &u, &form.weight()};
  }

  template <int dim>
  std::optional<Field<dim>>
  StationaryDensity<dim>::rounding() const
  {
    if (lost.size() == 0)
      return std::nullopt;
    return Field<dim>{&form.discretization(), &lost, &form.weight()};
  }

  template <int dim>
  double
  StationaryDensity<dim>::common_rounding() const
  {
    return common;
  }

  template <int dim>
  const SolverReport &
  StationaryDensity<dim>::report() const
  {
    return solver_report;
  }

  template <int dim>
  double
  StationaryDensity<dim>::mass() const
  {
    return total_mass;
  }

  template <int dim>
  double
  StationaryDensity<dim>::balance() const
  {
    return dropped_residual;
  }

  template class StationaryDensity<1>;
  template class StationaryDensity<2>;
  template class StationaryDensity<3>;
} // namespace dynkin
