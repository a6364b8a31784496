// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "problem/exit_splitting.h"

#include "utilities/exceptions.h"

using namespace dealii;

namespace dynkin
{
  template <int dim>
  ExitSplitting<dim>::ExitSplitting(const GeneratorForm<dim> &form,
                                    const Direction           direction,
                                    const NullVectors        &null_vectors,
                                    const SolverParameters   &parameters,
                                    const Log                &log,
                                    const std::string        &what)
    : form(form)
    , direction(direction)
    , left(null_vectors.left)
    , walls(form.discretization().wall_dofs(BoundaryKind::absorbing))
    , solver(form, direction, {true, form.model().center()}, parameters, log, what)
  {
    Vector on_walls, s;
    form.initialize(on_walls);
    form.initialize(s);
    form.initialize(wall_to_pin);
    for (const auto i : walls &on_walls.locally_owned_elements())
      on_walls(i) = null_vectors.right != nullptr ? (*null_vectors.right)(i) : 1.;
    form.apply(s, on_walls, direction);
    s *= -1.;
    solver.solve(wall_to_pin, s);
    for (const auto i : walls &on_walls.locally_owned_elements())
      wall_to_pin(i) = on_walls(i);
    form.discretization().hanging_nodes().distribute(wall_to_pin);
    wall_to_pin.update_ghost_values();

    wall_capacity = wall_flux(wall_to_pin);
    if (!(wall_capacity > 0.))
      throw ConvergenceError("the capacity of the absorbing walls came out as " +
                             format_number(static_cast<double>(wall_capacity)) +
                             ": the exit time is beyond about 1e600, or the layer at the wall is "
                             "not resolved; refine the mesh");
  }

  template <int dim>
  long double
  ExitSplitting<dim>::solve(Vector &z, const Vector &load)
  {
    form.initialize(z);
    solver.solve(z, load);
    double       inner = 0.;
    const double flux  = wall_flux(z);
    for (unsigned int i = 0; i < load.locally_owned_size(); ++i)
      inner += load.local_element(i) * (left != nullptr ? left->local_element(i) : 1.);
    for (const auto i : walls &load.locally_owned_elements())
      inner -= load(i) * (left != nullptr ? (*left)(i) : 1.);
    return (static_cast<long double>(Utilities::MPI::sum(inner, load.get_mpi_communicator())) +
            flux) /
           wall_capacity;
  }

  template <int dim>
  double
  ExitSplitting<dim>::wall_flux(const Vector &v) const
  {
    Vector flux;
    form.initialize(flux);
    form.apply(flux, v, direction);
    double sum = 0.;
    for (const auto i : walls &flux.locally_owned_elements())
      sum += flux(i) * (left != nullptr ? (*left)(i) : 1.);
    return Utilities::MPI::sum(sum, flux.get_mpi_communicator());
  }

  template <int dim>
  const Vector &
  ExitSplitting<dim>::u() const
  {
    return wall_to_pin;
  }

  template <int dim>
  long double
  ExitSplitting<dim>::capacity() const
  {
    return wall_capacity;
  }

  template <int dim>
  const SolverReport &
  ExitSplitting<dim>::report() const
  {
    return solver.report();
  }

  template class ExitSplitting<1>;
  template class ExitSplitting<2>;
  template class ExitSplitting<3>;
} // namespace dynkin
