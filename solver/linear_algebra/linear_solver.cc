// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "linear_algebra/linear_solver.h"

#include "linear_algebra/direct.h"
#include "linear_algebra/krylov.h"
#include "utilities/available_memory.h"
#include "utilities/exceptions.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr unsigned int            maximum_sweeps = 10;
    constexpr types::global_dof_index large_system   = 50000;  // takes seconds
    constexpr types::global_dof_index largest_direct = 100000; // in 3-D: a minute, 6 to 16 GB
    constexpr double largest_accepted_rounding       = 1e-4;   // reported with the error estimates
    // K x alone leaves about this times |D^-1 x| (unit diagonal, a few large entries a row)
    constexpr double rounding_in_residual = std::numeric_limits<double>::epsilon();
    // what is left may be so many times that, far beyond what processors and numberings differ by
    constexpr double accepted_roundings = 1e4;
    constexpr double negligible         = 2.; // times that: another sweep changes nothing
    // of the tolerance that is asked for; moments of a density about its center cancel
    constexpr double usual_margin = 0.5, margin_of_densities = 0.002;

    /** A direct solver wherever its fill-in is cheap, AMG beyond. */
    template <int dim>
    bool
    prefers_direct(const Discretization<dim> &space, const bool is_symmetric)
    {
      constexpr types::global_dof_index limit[] = {0, 2000000, 100000, 4000};
      const types::global_dof_index     n_dofs  = space.dof_handler().n_dofs();
      // a weight that falls by many decades within a cell leaves coarse levels without meaning
      if (dim == 3 && !is_symmetric && !space.mesh().coordinates().is_identity())
        return n_dofs <= largest_direct;
      // in 3-D assembly costs like degree^7 a cell
      const bool is_dense =
        dim == 3 && n_dofs * Utilities::fixed_power<3>(space.degree()) > 64 * limit[dim];
      return n_dofs <= (dim == 2 && !is_symmetric ? 4 : 1) * limit[dim] && !is_dense;
    }

    /** Is there time and memory for a direct solver? Its fill-in was measured in 3-D. */
    template <int dim>
    bool
    can_factorize(const Discretization<dim> &space)
    {
      const types::global_dof_index n_dofs = space.dof_handler().n_dofs();
      return n_dofs <= largest_direct && 4e3 * std::pow(n_dofs, 4. / 3.) < available_memory();
    }

    /**
     * A Krylov method, and the direct solver from the first system on that takes it
     * more than `patience` iterations, or where it stagnates: wall layers of very flat cells.
     */
    template <int dim>
    class PatientInverse : public ApproximateInverse
    {
    public:
      PatientInverse(const ScaledOperator<dim> &scaled_operator, const Log &log)
        : scaled_operator(scaled_operator)
        , log(log)
        , patience(worthwhile_iterations(scaled_operator.form().discretization()))
        , inverse(create_krylov(scaled_operator, log, patience))
      {
      }

      unsigned int
      solve(Vector &c, const Vector &r, const double tolerance) const override
      {
        const unsigned int iterations = inverse->solve(c, r, tolerance);
        if (is_direct || (iterations < patience && is_halved(c, r)))
          return iterations;
        log.line("...", "the iterations are slow; factorising the matrix instead");
        inverse.reset(); // free its memory first
        inverse   = create_direct(scaled_operator);
        is_direct = true;
        return iterations + inverse->solve(c, r, tolerance);
      }

      double
      estimate(const Vector &r) const override
      {
        return inverse->estimate(r);
      }

      std::string
      name() const override
      {
        return inverse->name();
      }

    private:
      /** Is the residual at least halved by this correction? */
      bool
      is_halved(const Vector &c, const Vector &r) const
      {
        Vector left(r);
        scaled_operator.vmult(left, c);
        left.sadd(-1., 1., r);
        return scaled_operator.residual_norm(left) <= 0.5 * scaled_operator.residual_norm(r);
      }

      /**
       * So many iterations take as long as a factorisation. Measured in 3-D, degree 8: 0.5 s
       * against 4 ms for 5,000 unknowns, 60 s against 40 ms for 50,000.
       */
      static unsigned int
      worthwhile_iterations(const Discretization<dim> &space)
      {
        const double few = 80.;
        return static_cast<unsigned int>(
          dim == 3 ? std::max(few, space.dof_handler().n_dofs() / 40.) : few);
      }

      const ScaledOperator<dim>                  &scaled_operator;
      const Log                                  &log;
      const unsigned int                          patience;
      mutable std::unique_ptr<ApproximateInverse> inverse;
      mutable bool                                is_direct = false;
    };

    template <int dim>
    std::unique_ptr<ApproximateInverse>
    create_inverse(const ScaledOperator<dim> &scaled_operator,
                   const SolverParameters    &parameters,
                   const Log                 &log)
    {
      const GeneratorForm<dim>  &form  = scaled_operator.form();
      const Discretization<dim> &space = form.discretization();
      if (parameters.type == "direct" ||
          (parameters.type == "auto" && prefers_direct(space, form.is_symmetric())))
        return create_direct(scaled_operator);
      if (parameters.type == "auto" && can_factorize(space))
        return std::make_unique<PatientInverse<dim>>(scaled_operator, log);
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
    error    = std::max(error, other.error);
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
    : form(&form)
    , what(what)
    , tolerance(parameters.tolerance)
  {
    const Stopwatch               watch(total.seconds_assembly);
    const types::global_dof_index n_dofs = form.discretization().dof_handler().n_dofs();
    if (!form.fits_doubles())
      throw WeightRangeError();
    if (n_dofs > large_system)
      log.line("...", "preparing the solver for " + std::to_string(n_dofs) + " unknowns");
    if constexpr (dim == 1)
      if ((parameters.type == "auto" || parameters.type == "direct") && LineSolver::applies(form))
        {
          line         = std::make_unique<LineSolver>(form, fixed);
          total.method = "direct (line)";
          return;
        }
    scaled_operator = std::make_unique<ScaledOperator<dim>>(form, direction, fixed);
    inverse         = create_inverse(*scaled_operator, parameters, log);
    total.method    = inverse->name();
  }

  template <int dim>
  void
  LinearSolver<dim>::solve(Vector &x, const Vector &b)
  {
    const Stopwatch watch(total.seconds_solve);
    if constexpr (dim == 1)
      if (line)
        {
          line->solve(x, b);
          return finish(line->residual(x, b), tolerance, 0);
        }
    Vector r, c;
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
    const double margin  = scaled_operator->is_relative() ? margin_of_densities : usual_margin;
    double       current = initial, error = 0.;
    double       sought     = tolerance; // for the residual, so that the error gets there
    unsigned int iterations = 0;
    for (unsigned int sweep = 0; current > sought * reference() && sweep < maximum_sweeps; ++sweep)
      {
        iterations += inverse->solve(c, r, margin * sought * reference());
        ++total.sweeps;
        scaled_operator->scale(c);
        x.add(size, c);
        scaled_operator->residual(r, x, b);
        const double previous = current;
        current               = measure();
        error                 = inverse->estimate(r) / scaled_operator->scaled_norm(x, size);
        if (!(current < 0.5 * previous))
          break; // stagnation, at rounding level or not, or not a number
        if (current <= negligible * rounding_in_residual * scaled_operator->scaled_norm(x, size))
          break;
        if (current <= sought * reference() && error > tolerance)
          sought = current / reference() * tolerance / error;
      }
    form->discretization().constraints().distribute(x);

    total.error = std::max(total.error, error);
    const double rounding =
      accepted_roundings * rounding_in_residual * scaled_operator->scaled_norm(x, size);
    finish(initial == 0. ? 0. : current / reference(),
           std::max(tolerance, std::min(rounding / reference(), largest_accepted_rounding)),
           iterations);
  }

  template <int dim>
  void
  LinearSolver<dim>::finish(const double       residual,
                            const double       accepted,
                            const unsigned int iterations)
  {
    total.residual = std::max(total.residual, residual);
    total.error    = std::max({total.error, residual, form->weight().rounding()});
    total.iterations += iterations;
    if (inverse)
      total.method = inverse->name();
    ++total.systems;
    if (!(residual <= accepted))
      throw ConvergenceError("the linear system of the " + what +
                             " was not solved: " + total.method + " stopped at relative residual " +
                             format_number(residual, 2) + " after " + std::to_string(iterations) +
                             " iterations; Solver/tolerance is " + format_number(tolerance, 2) +
                             ". Refine the mesh, or try another Solver/type");
  }

  template <int dim>
  std::optional<long double>
  LinearSolver<dim>::conductance() const
  {
    if constexpr (dim == 1)
      if (line)
        return line->conductance();
    return {};
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
