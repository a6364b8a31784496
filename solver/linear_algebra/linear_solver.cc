// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "linear_algebra/linear_solver.h"

#include "linear_algebra/direct.h"
#include "linear_algebra/krylov.h"
#include "utilities/exceptions.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr unsigned int            maximum_sweeps             = 10;
    constexpr types::global_dof_index large_system               = 50000;  // takes seconds
    constexpr types::global_dof_index largest_direct_whole_space = 100000; // a minute, 6 GB
    constexpr double largest_accepted_rounding = 1e-4; // reported with the error estimates

    /** A direct solver wherever its fill-in is cheap, AMG beyond. */
    template <int dim>
    bool
    prefers_direct(const Discretization<dim> &space, const bool is_symmetric)
    {
      constexpr types::global_dof_index limit[] = {0, 2000000, 100000, 4000};
      const types::global_dof_index     n_dofs  = space.dof_handler().n_dofs();
      // a weight that falls by many decades within a cell leaves coarse levels without meaning
      if (dim == 3 && !is_symmetric && !space.mesh().coordinates().is_identity())
        return n_dofs <= largest_direct_whole_space;
      // in 3-D assembly costs like degree^7 a cell
      const bool is_dense =
        dim == 3 && n_dofs * Utilities::fixed_power<3>(space.degree()) > 64 * limit[dim];
      return n_dofs <= (dim == 2 && !is_symmetric ? 4 : 1) * limit[dim] && !is_dense;
    }

    template <int dim>
    std::unique_ptr<ApproximateInverse>
    create_inverse(const ScaledOperator<dim> &scaled_operator,
                   const SolverParameters    &parameters,
                   const Log                 &log)
    {
      const GeneratorForm<dim> &form = scaled_operator.form();
      if (parameters.type == "direct" ||
          (parameters.type == "auto" && prefers_direct(form.discretization(), form.is_symmetric())))
        return create_direct(scaled_operator);
      return create_krylov(scaled_operator, log);
    }
  } // namespace

  void
  SolverReport::add(const SolverReport &other)
  {
    if (!other.method.empty())
      method = other.method;
    systems += other.systems;
    iterations += other.iterations;
    sweeps += other.sweeps;
    residual = std::max(residual, other.residual);
    seconds_assembly += other.seconds_assembly;
    seconds_solve += other.seconds_solve;
  }

  template <int dim>
  LinearSolver<dim>::LinearSolver(const GeneratorForm<dim> &form,
                                  const Direction           direction,
                                  const FixedUnknowns<dim> &fixed,
                                  const SolverParameters   &parameters,
                                  const Log                &log,
                                  const std::string        &what)
    : what(what)
    , tolerance(parameters.tolerance)
  {
    const Stopwatch               watch(total.seconds_assembly);
    const types::global_dof_index n_dofs = form.discretization().dof_handler().n_dofs();
    if (n_dofs > large_system)
      log.line("...", "preparing the solver for " + std::to_string(n_dofs) + " unknowns");
    scaled_operator = std::make_unique<ScaledOperator<dim>>(form, direction, fixed);
    inverse         = create_inverse(*scaled_operator, parameters, log);
    total.method    = inverse->name();
  }

  template <int dim>
  void
  LinearSolver<dim>::solve(Vector &x, const Vector &b)
  {
    const Stopwatch watch(total.seconds_solve);
    Vector          r, c;
    scaled_operator->initialize(r);
    scaled_operator->initialize(c);
    scaled_operator->clear_free(x);
    scaled_operator->residual(r, x, b);

    // of size one: squares of entries as small as the weight at a far wall would underflow
    const double size    = r.linfty_norm() > 0. ? r.linfty_norm() : 1.;
    const auto   measure = [&]() {
      r /= size;
      return scaled_operator->residual_norm(r);
    };
    const double initial = measure();
    // what a residual is relative to
    const auto reference = [&]() {
      return scaled_operator->is_relative() ? initial + scaled_operator->scaled_norm(x, size)
                                            : initial;
    };
    double       current    = initial;
    unsigned int iterations = 0;
    for (unsigned int sweep = 0; current > tolerance * reference() && sweep < maximum_sweeps;
         ++sweep)
      {
        iterations += inverse->solve(c, r, 0.5 * tolerance * reference());
        ++total.sweeps;
        scaled_operator->scale(c);
        x.add(size, c);
        scaled_operator->residual(r, x, b);
        const double previous = current;
        current               = measure();
        if (!(current < 0.5 * previous))
          break; // stagnation, at rounding level or not, or not a number
      }
    scaled_operator->form().discretization().hanging_nodes().distribute(x);

    const double residual = initial == 0. ? 0. : current / reference();
    total.residual        = std::max(total.residual, residual);
    total.iterations += iterations;
    ++total.systems;

    // rounding in K x alone leaves about eps |D^-1 x| (unit diagonal, a few large entries a row)
    const double rounding =
      100. * std::numeric_limits<double>::epsilon() * scaled_operator->scaled_norm(x, size);
    const double accepted =
      std::max(tolerance, std::min(rounding / reference(), largest_accepted_rounding));
    if (!(residual <= accepted))
      throw ConvergenceError("the linear system of the " + what +
                             " was not solved: " + total.method + " stopped at relative residual " +
                             format_number(residual, 2) + " after " + std::to_string(iterations) +
                             " iterations; Solver/tolerance is " + format_number(tolerance, 2) +
                             ". Refine the mesh, or try another Solver/type");
  }

  template <int dim>
  const SolverReport &
  LinearSolver<dim>::report() const
  {
    return total;
  }

  template class LinearSolver<1>;
  template class LinearSolver<2>;
  template class LinearSolver<3>;
} // namespace dynkin
