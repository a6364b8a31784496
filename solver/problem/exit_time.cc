// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "problem/exit_time.h"

#include "utilities/exceptions.h"

#include <cmath>
#include <limits>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double no_digit_left = 1e-2;

    bool
    is_finite(const Vector &vector)
    {
      return std::isfinite(vector.linfty_norm());
    }
  } // namespace

  template <int dim>
  ExitTime<dim>::ExitTime(const GeneratorForm<dim> &form,
                          const SolverParameters   &parameters,
                          const Log                &log)
    : form(form)
    , parameters(parameters)
    , log(log)
    , walls(form.discretization().wall_dofs(BoundaryKind::absorbing))
    , uses_splitting(form.is_symmetric() && form.discretization().nearest_vertex_dof(
                                              form.model().center()) != numbers::invalid_dof_index)
  {
  }

  template <int dim>
  void
  ExitTime<dim>::solve(const unsigned int n_moments)
  {
    if (uses_splitting)
      solve_splitting(n_moments);
    else
      solve_plain(n_moments);

    for (Vector &f : moments)
      {
        if (!is_finite(f))
          throw ConvergenceError("the exit time is beyond the range of a double (1e308)");
        f.update_ghost_values();
      }
  }

  template <int dim>
  void
  ExitTime<dim>::solve_splitting(const unsigned int n_moments)
  {
    const Discretization<dim> &space = form.discretization();
    LinearSolver<dim>          solver(
      form, Direction::backward, {true, form.model().center()}, parameters, log, "mean exit time");

    Vector s, y, z;
    form.initialize(s);
    form.initialize(y);
    form.initialize(z);
    for (const auto i : walls &y.locally_owned_elements())
      y(i) = 1.;
    form.apply(s, y, Direction::backward);
    zero_walls(s);
    s *= -1.;

    y = 0.;
    solver.solve(y, s);
    y *= -1.;
    y.add(1.); // now 1 - y
    zero_walls(y);
    const double capacity = s * y;
    if (!(capacity > 0.))
      throw ConvergenceError("the capacity of the absorbing walls came out as " +
                             format_number(capacity) +
                             ": the exit time is beyond the range of a double, or the layer at "
                             "the wall is not resolved; refine the mesh");

    for (unsigned int n = 1; n <= n_moments; ++n)
      {
        const Vector m = moment_load(n);
        z              = 0.;
        solver.solve(z, m);
        const double T = (sum(m) - s * z) / capacity;
        z.add(T, y);
        space.hanging_nodes().distribute(z);
        moments.push_back(z);
      }
    solver_report  = solver.report();
    rounding_error = solver_report.residual + 100. * std::numeric_limits<double>::epsilon();
  }

  template <int dim>
  void
  ExitTime<dim>::solve_plain(const unsigned int n_moments)
  {
    LinearSolver<dim> solver(
      form, Direction::backward, {true, {}}, parameters, log, "mean exit time");
    for (unsigned int n = 1; n <= n_moments; ++n)
      {
        Vector f;
        form.initialize(f);
        solver.solve(f, moment_load(n));
        moments.push_back(f);
      }

    solver_report = solver.report();

    // K 1 = 0 holds up to rounding only. A defect delta acts like a rate of change
    // delta_i/m_i of the constant part of f, so it costs f times this rate.
    Vector one, defect, m;
    form.initialize(one);
    form.initialize(defect);
    one = 1.;
    form.apply(defect, one, Direction::backward);
    form.load(m);
    double rate = 0.;
    for (unsigned int i = 0; i < m.locally_owned_size(); ++i)
      if (m.local_element(i) > 0.)
        rate = std::max(rate, std::abs(defect.local_element(i) / m.local_element(i)));
    rate           = Utilities::MPI::max(rate, m.get_mpi_communicator());
    rounding_error = rate * moments.front().linfty_norm() + solver_report.residual;
    if (!(rounding_error < no_digit_left))
      throw ConvergenceError(
        "rounding leaves no digit of a mean exit time of about " +
        format_number(moments.front().linfty_norm(), 2) +
        " in the plain system; set Discretization/weight = natural, where the exit time is found "
        "by splitting");
  }

  template <int dim>
  Vector
  ExitTime<dim>::moment_load(const unsigned int n) const
  {
    Vector load;
    if (n == 1)
      form.load(load);
    else
      {
        form.load(load, &moments[n - 2]);
        load *= n;
      }
    zero_walls(load);
    return load;
  }

  template <int dim>
  void
  ExitTime<dim>::zero_walls(Vector &vector) const
  {
    for (const auto i : walls &vector.locally_owned_elements())
      vector(i) = 0.;
  }

  template <int dim>
  double
  ExitTime<dim>::sum(const Vector &vector) const
  {
    return vector.mean_value() * vector.size();
  }

  template <int dim>
  Field<dim>
  ExitTime<dim>::moment(const unsigned int n) const
  {
    return {&form.discretization(), &moments.at(n - 1), nullptr};
  }

  template <int dim>
  const SolverReport &
  ExitTime<dim>::report() const
  {
    return solver_report;
  }

  template <int dim>
  double
  ExitTime<dim>::rounding() const
  {
    return rounding_error;
  }

  template <int dim>
  std::string
  ExitTime<dim>::method() const
  {
    return uses_splitting ? "capacity and mass (symmetric splitting)" : "plain system";
  }

  template class ExitTime<1>;
  template class ExitTime<2>;
  template class ExitTime<3>;
} // namespace dynkin
