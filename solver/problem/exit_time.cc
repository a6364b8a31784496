// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "problem/exit_time.h"

#include "problem/stationary_density.h"
#include "utilities/exceptions.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double no_digit_left          = 1e-2;
    constexpr double largest_negative_share = 1e-2;  // in the capacity of the walls
    constexpr double rounding_of_plain      = 1e-11; // does without the stationary density in 3-D
    constexpr double rounding_unit          = 100. * std::numeric_limits<double>::epsilon();

    /** 1 for the cells of this process with a nodal value that is not positive. */
    template <int dim>
    dealii::Vector<float>
    cells_not_positive(const DoFHandler<dim> &dofs, const Vector &u)
    {
      dealii::Vector<float>  cells(dofs.get_triangulation().n_active_cells());
      dealii::Vector<double> values(dofs.get_fe().n_dofs_per_cell());
      for (const auto &cell : dofs.active_cell_iterators())
        if (cell->is_locally_owned())
          {
            cell->get_dof_values(u, values);
            cells(cell->active_cell_index()) =
              std::any_of(values.begin(), values.end(), [](const double v) { return !(v > 0.); });
          }
      return cells;
    }
  } // namespace

  template <int dim>
  ExitTime<dim>::ExitTime(const GeneratorForm<dim> &form,
                          const SolverParameters   &parameters,
                          const Log                &log)
    : form(form)
    , parameters(parameters)
    , log(log)
  {
  }

  template <int dim>
  void
  ExitTime<dim>::solve(const unsigned int n_moments)
  {
    require_end();
    const bool has_pin =
      form.discretization().nearest_vertex_dof(form.pin()) != numbers::invalid_dof_index;
    const bool can_split = has_pin && !form.kills();
    const bool has_plain =
      can_split && dim == 3 && !form.is_symmetric() && is_plain_enough(n_moments);
    if (!has_plain && !(can_split && find_stationary_density() && solve_splitting(n_moments)))
      solve_plain(n_moments);

    for (Moment &moment : moments)
      {
        if (!std::isfinite(moment.relative.linfty_norm()) || !std::isfinite(moment.scale))
          throw ConvergenceError("the mean exit time is not a finite number; refine the mesh");
        moment.relative.update_ghost_values();
        moment.deficit.update_ghost_values();
      }
  }

  template <int dim>
  void
  ExitTime<dim>::require_end() const
  {
    if (form.discretization().mesh().domain().absorbs())
      return;
    Vector load;
    form.killing_load(load);
    if (!(load.linfty_norm() > 0.))
      throw InputError("Model/killing rate",
                       "needs to be positive somewhere in a domain without absorbing walls, where "
                       "nothing ends otherwise");
  }

  template <int dim>
  bool
  ExitTime<dim>::is_plain_enough(const unsigned int n_moments)
  {
    try
      {
        solve_plain(n_moments);
      }
    catch (const ConvergenceError &)
      {
        rounding_error = 1.;
      }
    if (rounding_error < rounding_of_plain)
      return true;
    moments.clear();
    return false;
  }

  template <int dim>
  bool
  ExitTime<dim>::find_stationary_density()
  {
    if (form.is_symmetric())
      return true;
    StationaryDensity<dim> problem(form, parameters, log);
    try
      {
        problem.solve();
      }
    catch (const ConvergenceError &)
      {
        return false;
      }
    solver_report.add(problem.report());
    const Vector &u = *problem.density().u;
    form.initialize(q);
    q.equ(1. / u.linfty_norm(), u);
    q.update_ghost_values();
    return true;
  }

  template <int dim>
  bool
  ExitTime<dim>::solve_splitting(const unsigned int n_moments)
  {
    try
      {
        parts = std::make_unique<ExitSplitting<dim>>(
          form,
          Direction::backward,
          typename ExitSplitting<dim>::NullVectors{nullptr, stationary_density()},
          parameters,
          log,
          "mean exit time");
      }
    catch (const ConvergenceError &)
      {
        if (form.is_symmetric())
          throw;
        return false;
      }
    if (parts->negative_share() > largest_negative_share)
      {
        unresolved = cells_not_positive(form.discretization().dof_handler(), q);
        parts.reset();
        return false;
      }

    long double scale = 1.;
    for (unsigned int n = 1; n <= n_moments; ++n)
      {
        Vector            z;
        const long double T = parts->solve(z, moment_load(n));
        scale *= T;
        Moment moment{parts->h(), parts->u(), scale};
        moment.relative.add(static_cast<double>(1. / T), z);
        moment.deficit.add(static_cast<double>(-1. / T), z);
        moments.push_back(moment);
      }
    solver_report.add(parts->report());
    rounding_error = solver_report.error + rounding_unit;
    return true;
  }

  template <int dim>
  void
  ExitTime<dim>::solve_plain(const unsigned int n_moments)
  {
    LinearSolver<dim> solver(
      form, Direction::backward, {true, {}}, parameters, log, "mean exit time");
    long double scale = 1.;
    for (unsigned int n = 1; n <= n_moments; ++n)
      {
        Vector f;
        form.initialize(f);
        solver.solve(f, moment_load(n));
        const double size = f.linfty_norm();
        scale *= size;
        f /= size;
        Moment moment{f, f, scale};
        moment.deficit *= -1.;
        moments.push_back(moment);
      }
    solver_report.add(solver.report());
    rounding_error = solver_report.error + rounding_unit;
    if (form.sums_positive_terms())
      return; // a LineSolver, which forms no K 1

    // K 1 = 0, or the killing load, holds up to rounding only. A defect delta changes f, nearly
    // constant, by K_II^-1 (delta f).
    Vector one, defect, killed, change;
    form.initialize(one);
    form.initialize(defect);
    form.initialize(change);
    one = 1.;
    form.apply(defect, one, Direction::backward);
    form.killing_load(killed);
    defect -= killed;
    for (double &entry : defect)
      entry = std::abs(entry);
    solver.solve(change, defect);
    const double largest = static_cast<double>(moments.front().scale);
    rounding_error       = change.linfty_norm() + solver_report.error;
    if (!(rounding_error < no_digit_left))
      throw ConvergenceError(
        "rounding leaves no digit of a mean exit time of about " + format_number(largest, 2) +
        " in the plain system; " +
        (form.kills() ? "with a killing rate there is no other"
                      : "it is found by splitting where the stationary density is resolved: refine "
                        "the mesh, or set Discretization/weight = natural"));
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
        form.load(load, &moments[n - 2].relative);
        load *= n;
      }
    return load;
  }

  template <int dim>
  Field<dim>
  ExitTime<dim>::moment(const unsigned int n) const
  {
    const Moment &moment = moments.at(n - 1);
    return {&form.discretization(), &moment.relative, nullptr, moment.scale};
  }

  template <int dim>
  const Vector &
  ExitTime<dim>::deficit(const unsigned int n) const
  {
    return moments.at(n - 1).deficit;
  }

  template <int dim>
  ExitSplitting<dim> *
  ExitTime<dim>::splitting() const
  {
    return parts.get();
  }

  template <int dim>
  const Vector *
  ExitTime<dim>::stationary_density() const
  {
    return q.size() > 0 ? &q : nullptr;
  }

  template <int dim>
  const dealii::Vector<float> &
  ExitTime<dim>::unresolved_cells() const
  {
    return unresolved;
  }

  template <int dim>
  const GeneratorForm<dim> &
  ExitTime<dim>::bilinear_form() const
  {
    return form;
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
    return parts == nullptr      ? "plain system"
           : form.is_symmetric() ? "capacity and mass (symmetric splitting)"
                                 : "capacity and mass (splitting with the stationary density)";
  }

  template class ExitTime<1>;
  template class ExitTime<2>;
  template class ExitTime<3>;
} // namespace dynkin
