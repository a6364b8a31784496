// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "problem/slowest_mode.h"

#include "linear_algebra/krylov_space.h"
#include "problem/stationary_density.h"
#include "utilities/exceptions.h"

#include <cmath>
#include <limits>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double       mode_tolerance   = 1e-13; // relative residual
    constexpr unsigned int space_of_restart = 40, maximum_restarts = 10;
  } // namespace

  template <int dim>
  SlowestMode<dim>::SlowestMode(const ExitTime<dim>    &exit_time,
                                const SolverParameters &parameters,
                                const Log              &log)
    : form(exit_time.bilinear_form())
    , parameters(parameters)
    , log(log)
    , splitting(exit_time.splitting())
  {
    const Vector *q = exit_time.stationary_density();
    if (splitting != nullptr)
      before = splitting->report();
    else
      solver = std::make_unique<LinearSolver<dim>>(
        form, Direction::backward, FixedUnknowns<dim>{true, {}}, parameters, log, "slowest mode");
    const Inverse inverse{splitting, solver.get(), nullptr};
    const Vector  ritz = find_mode(inverse);
    if (form.is_symmetric())
      left = ritz;
    else
      {
        if (splitting != nullptr)
          transposed = std::make_unique<ExitSplitting<dim>>(
            form,
            Direction::forward,
            typename ExitSplitting<dim>::NullVectors{q, nullptr},
            parameters,
            log,
            "quasi-stationary density");
        else
          transposed_solver = std::make_unique<LinearSolver<dim>>(form,
                                                                  Direction::forward,
                                                                  FixedUnknowns<dim>{true, {}},
                                                                  parameters,
                                                                  log,
                                                                  "quasi-stationary density");
        left = find_mode({transposed.get(), transposed_solver.get(), q});
      }

    // one more application: the deficit, and lambda by the quotient of both sides
    Vector load, left_image;
    form.load(load, &ritz);
    form.load(left_image, &left);
    longest_time = inverse.solve(form, right, right_deficit, load);
    longest_time *= static_cast<long double>(left_image * right) / (left_image * ritz);
    if (form.is_symmetric())
      left = right;
    bottom = splitting != nullptr ? splitting->h() : right;
    complete();
  }

  template <int dim>
  SlowestMode<dim>::SlowestMode(const GeneratorForm<dim> &form,
                                const SolverParameters   &parameters,
                                const Log                &log)
    : form(form)
    , parameters(parameters)
    , log(log)
    , longest_time(std::numeric_limits<long double>::infinity())
  {
    form.initialize(right);
    form.initialize(right_deficit);
    right = 1.;
    left  = right;
    if (!form.is_symmetric())
      {
        StationaryDensity<dim> stationary(form, parameters, log);
        stationary.solve();
        left = *stationary.density().u;
        solver_report.add(stationary.report());
      }
    // the density may have moved the pin
    solver = std::make_unique<LinearSolver<dim>>(form,
                                                 Direction::backward,
                                                 FixedUnknowns<dim>{false, form.pin()},
                                                 parameters,
                                                 log,
                                                 "relaxation");
    bottom = right;
    complete();
  }

  template <int dim>
  void
  SlowestMode<dim>::complete()
  {
    Vector load;
    form.load(left_load, &left);
    form.load(load);
    product        = left_load * right;
    bottom_product = left_load * bottom;
    mass           = load * left;
    form.load(load, &right);
    phi_norm = std::sqrt(load * right);
    right.update_ghost_values();
    left.update_ghost_values();
  }

  template <int dim>
  long double
  SlowestMode<dim>::Inverse::solve(const GeneratorForm<dim> &form,
                                   Vector                   &mode,
                                   Vector                   &deficit,
                                   const Vector             &load) const
  {
    long double T = 1.;
    Vector      z;
    if (splitting != nullptr)
      {
        T       = splitting->solve(z, load);
        mode    = splitting->h();
        deficit = splitting->u();
      }
    else
      {
        form.initialize(z);
        form.initialize(mode);
        form.initialize(deficit);
        plain->solve(z, load);
        T = z.linfty_norm();
        if (null != nullptr)
          deficit = *null;
        else
          deficit = 1.;
      }
    mode.zero_out_ghost_values();
    deficit.zero_out_ghost_values();
    mode.add(static_cast<double>(1.L / T), z);
    deficit.add(static_cast<double>(-1.L / T), z);
    return T;
  }

  template <int dim>
  Vector
  SlowestMode<dim>::find_mode(const Inverse &inverse) const
  {
    Vector load, mode, deficit;
    form.load(load, inverse.null);
    const long double unit = inverse.solve(form, mode, deficit, load);
    KrylovSpace       space(
      [&](Vector &x, const Vector &v) {
        Vector image;
        form.load(image, &v);
        const long double T = inverse.solve(form, x, deficit, image);
        x *= static_cast<double>(T / unit);
      },
      [&](Vector &x, const Vector &v) { form.load(x, &v); },
      [](Vector &) {},
      form.is_symmetric());
    for (unsigned int restart = 0; restart < maximum_restarts; ++restart)
      {
        std::vector<double> y;
        double              residual = 1.;
        bool                grows    = true;
        space.start(mode);
        while (grows && residual > mode_tolerance && space.size() < space_of_restart)
          {
            grows = space.extend();
            space.largest(y, residual);
          }
        mode = space.combine(y);
        mode.zero_out_ghost_values();
        if (residual <= mode_tolerance || !grows)
          return mode;
      }
    throw ConvergenceError("the slowest mode was not found: its rate is too close to the next one");
  }

  template <int dim>
  long double
  SlowestMode<dim>::time() const
  {
    return longest_time;
  }

  template <int dim>
  const Vector &
  SlowestMode<dim>::phi() const
  {
    return right;
  }

  template <int dim>
  const Vector &
  SlowestMode<dim>::deficit() const
  {
    return right_deficit;
  }

  template <int dim>
  const Vector &
  SlowestMode<dim>::psi() const
  {
    return left;
  }

  template <int dim>
  double
  SlowestMode<dim>::norm() const
  {
    return phi_norm;
  }

  template <int dim>
  Field<dim>
  SlowestMode<dim>::density() const
  {
    return {&form.discretization(), &left, &form.weight(), 1.L / mass};
  }

  template <int dim>
  double
  SlowestMode<dim>::part(const Vector &load) const
  {
    return (left * load) / product;
  }

  template <int dim>
  void
  SlowestMode<dim>::apply_inverse(Vector &x, const Vector &load)
  {
    form.initialize(x);
    if (splitting != nullptr)
      splitting->solve(x, load);
    else
      solver->solve(x, load);
    x.zero_out_ghost_values();
    x.add(-(left_load * x) / bottom_product, bottom);
  }

  template <int dim>
  void
  SlowestMode<dim>::remove(Vector &v) const
  {
    v.add(-(left_load * v) / product, right);
  }

  template <int dim>
  const GeneratorForm<dim> &
  SlowestMode<dim>::bilinear_form() const
  {
    return form;
  }

  template <int dim>
  SolverReport
  SlowestMode<dim>::report() const
  {
    SolverReport result = solver_report;
    if (transposed)
      result.add(transposed->report());
    for (const auto *other : {solver.get(), transposed_solver.get()})
      if (other != nullptr)
        result.add(other->report());
    if (splitting != nullptr)
      {
        SolverReport here = splitting->report();
        here.systems -= before.systems;
        here.iterations -= before.iterations;
        here.sweeps -= before.sweeps;
        here.seconds_assembly -= before.seconds_assembly;
        here.seconds_solve -= before.seconds_solve;
        result.add(here);
      }
    return result;
  }

  template class SlowestMode<1>;
  template class SlowestMode<2>;
  template class SlowestMode<3>;
} // namespace dynkin
