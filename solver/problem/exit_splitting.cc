// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "problem/exit_splitting.h"

#include "utilities/exceptions.h"

#include <cmath>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    double
    sum(const Vector &v)
    {
      return v.mean_value() * v.size();
    }
  } // namespace

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
    , solver(form, direction, {true, form.pin()}, parameters, log, what)
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
    form.discretization().constraints().distribute(wall_to_pin);
    wall_to_pin.update_ghost_values();

    Vector fluxes = wall_fluxes(wall_to_pin);
    wall_capacity = sum(fluxes);
    form.initialize(pin_first);
    if (form.sums_positive_terms())
      find_on_line();
    else
      {
        if (null_vectors.right != nullptr)
          pin_first = *null_vectors.right;
        else
          pin_first = 1.;
        pin_first -= wall_to_pin;
        pin_first.update_ghost_values();
      }
    if (left != nullptr)
      {
        const double all = fluxes.l1_norm();
        for (unsigned int i = 0; i < fluxes.locally_owned_size(); ++i)
          if (left->local_element(i) > 0.)
            fluxes.local_element(i) = 0.;
        share_of_negative = fluxes.l1_norm() / all;
      }
    if (!(wall_capacity > 0.))
      throw ConvergenceError("the capacity of the absorbing walls came out as " +
                             format_number(static_cast<double>(wall_capacity)) +
                             ": the exit time is beyond about 1e600, or the layer at the wall is "
                             "not resolved; refine the mesh");
    require_way_to_pin();
  }

  template <int dim>
  void
  ExitSplitting<dim>::find_on_line()
  {
    const auto pin = form.discretization().nearest_vertex_dof(form.pin());
    Vector     fluxes, at_pin, s;
    form.initialize(fluxes);
    form.initialize(at_pin);
    form.initialize(s);
    const bool is_here = at_pin.locally_owned_elements().is_element(pin);
    if (const auto conductance = solver.conductance())
      wall_capacity = *conductance; // the flux at the pin is nothing where wall_to_pin underflows
    else
      {
        form.apply(fluxes, wall_to_pin, direction);
        wall_capacity =
          Utilities::MPI::sum(is_here ? -fluxes(pin) : 0., form.discretization().communicator());
      }
    if (is_here)
      at_pin(pin) = 1.;
    form.apply(s, at_pin, direction);
    s *= -1.;
    solver.solve(pin_first, s);
    if (is_here)
      pin_first(pin) = 1.;
    pin_first.update_ghost_values();
  }

  template <int dim>
  void
  ExitSplitting<dim>::require_way_to_pin()
  {
    if (!form.model().has_enclosures() || form.sums_positive_terms())
      return; // one well, or all that is solved is right
    constexpr double unresolved = 0.1;
    Vector           m, time, diagonal, lost;
    form.initialize(time);
    form.initialize(diagonal);
    form.initialize(lost);
    form.load(m);
    const std::string sentence =
      "there is another well, from which the way to the deepest one takes longer than rounding "
      "lets it: exits from several wells that are so deep are not resolved; take a domain that "
      "holds one of them";
    try
      {
        solver.solve(time, m);
      }
    catch (const ConvergenceError &)
      {
        throw ConvergenceError(sentence);
      }
    first_load     = m;
    first_solution = time;
    form.diagonal(diagonal);
    for (unsigned int i = 0; i < m.locally_owned_size(); ++i)
      m.local_element(i) = std::numeric_limits<double>::epsilon() *
                           std::abs(diagonal.local_element(i) * time.local_element(i));
    solver.solve(lost, m);
    const double longest = time.linfty_norm();
    double       share   = 0.; // of what is lost, where the way is longest
    for (unsigned int i = 0; i < m.locally_owned_size(); ++i)
      if (std::abs(time.local_element(i)) > 0.5 * longest)
        share = std::max(share, std::abs(lost.local_element(i)) / longest);
    share = Utilities::MPI::max(share, m.get_mpi_communicator());
    if (!(share <= unresolved))
      throw ConvergenceError(sentence);
  }

  template <int dim>
  long double
  ExitSplitting<dim>::solve(Vector &z, const Vector &load)
  {
    form.initialize(z);
    if (is_solved(load))
      z = first_solution;
    else
      solver.solve(z, load);
    if (form.sums_positive_terms())
      return static_cast<long double>(load * pin_first) / wall_capacity;
    double       inner = 0.;
    const double flux  = sum(wall_fluxes(z));
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
  ExitSplitting<dim>::rounding_of_T(const Vector &z) const
  {
    if (form.sums_positive_terms())
      return 0.;
    Vector defect, one;
    form.initialize(defect);
    form.initialize(one);
    one = 1.;
    form.apply(defect,
               left != nullptr ? *left : one,
               direction == Direction::backward ? Direction::forward : Direction::backward);
    const auto pin = form.discretization().nearest_vertex_dof(form.pin());
    if (defect.in_local_range(pin))
      defect(pin) = 0.;
    double lost = 0.;
    for (unsigned int i = 0; i < defect.locally_owned_size(); ++i)
      lost += std::abs(defect.local_element(i) * z.local_element(i));
    return Utilities::MPI::sum(lost, z.get_mpi_communicator()) / static_cast<double>(wall_capacity);
  }

  template <int dim>
  bool
  ExitSplitting<dim>::is_solved(const Vector &load) const
  {
    bool same = first_load.size() > 0;
    for (unsigned int i = 0; same && i < load.locally_owned_size(); ++i)
      same = load.local_element(i) == first_load.local_element(i);
    return Utilities::MPI::min(same ? 1 : 0, load.get_mpi_communicator()) > 0;
  }

  template <int dim>
  Vector
  ExitSplitting<dim>::wall_fluxes(const Vector &v) const
  {
    Vector all, fluxes;
    form.initialize(all);
    form.initialize(fluxes);
    form.apply(all, v, direction);
    for (const auto i : walls &all.locally_owned_elements())
      fluxes(i) = all(i) * (left != nullptr ? (*left)(i) : 1.);
    return fluxes;
  }

  template <int dim>
  const Vector &
  ExitSplitting<dim>::u() const
  {
    return wall_to_pin;
  }

  template <int dim>
  const Vector &
  ExitSplitting<dim>::h() const
  {
    return pin_first;
  }

  template <int dim>
  long double
  ExitSplitting<dim>::capacity() const
  {
    return wall_capacity;
  }

  template <int dim>
  double
  ExitSplitting<dim>::negative_share() const
  {
    return share_of_negative;
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
