// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "problem/exit_computation.h"

#include "form/interpolation.h"
#include "geometry/mirror.h"
#include "measure/functionals.h"
#include "problem/dual_weighted_residual.h"
#include "utilities/exceptions.h"

namespace dynkin
{
  template <int dim>
  ExitComputation<dim>::ExitComputation(const Parameters  &parameters,
                                        const Model<dim>  &model,
                                        const Mesh<dim>   &mesh,
                                        const unsigned int degree,
                                        const Log         &log)
    : Computation<dim>(parameters, model, mesh, degree, log)
    , problem(this->form, parameters.solver, log)
  {
  }

  template <int dim>
  const SolverReport &
  ExitComputation<dim>::report() const
  {
    return problem.report();
  }

  template <int dim>
  double
  ExitComputation<dim>::rounding() const
  {
    return problem.rounding();
  }

  template <int dim>
  void
  ExitComputation<dim>::solve_exit_time(const unsigned int moments)
  {
    try
      {
        problem.solve(moments);
      }
    catch (const ConvergenceError &)
      {
        this->cell_indicators = problem.unresolved_cells();
        throw;
      }
  }

  template <int dim>
  Vector
  ExitComputation<dim>::solve_dual(OccupationDensity<dim>    &dual,
                                   const GeneratorForm<dim>  &richer,
                                   const std::vector<double> &sizes)
  {
    std::vector<double> weights;
    double              sum = 0.;
    for (const double size : sizes)
      {
        weights.push_back(size != 0. ? 1. / (size * sizes.size()) : 0.);
        sum += weights.back();
      }
    const Vector goal = point_functional(richer, this->parameters.quantities.points, weights);
    dual.solve(goal);
    occupation = interpolate_between(richer, *dual.density().u, this->form);
    // spread over the images of the points
    occupation_scale =
      dual.density().scale / sum / Mirror<dim>(this->space.mesh().domain()).n_images();
    return goal;
  }

  template <int dim>
  Field<dim>
  ExitComputation<dim>::occupation_density() const
  {
    return {&this->space, &occupation, &this->form.weight(), occupation_scale};
  }

  template class ExitComputation<1>;
  template class ExitComputation<2>;
  template class ExitComputation<3>;
} // namespace dynkin
