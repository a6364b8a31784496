// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "problem/expected_reward.h"

#include "measure/functionals.h"
#include "utilities/exceptions.h"

#include <algorithm>
#include <cmath>

using namespace dealii;

namespace dynkin
{
  template <int dim>
  ExpectedReward<dim>::ExpectedReward(const ExitTime<dim>    &exit_time,
                                      const SolverParameters &parameters,
                                      const Log              &log)
    : exit_time(exit_time)
    , form(exit_time.bilinear_form())
    , parameters(parameters)
    , log(log)
  {
  }

  template <int dim>
  void
  ExpectedReward<dim>::solve(const Vector &h, const Vector &load)
  {
    Vector z, right;
    form.initialize(z);
    form.initialize(right);
    form.apply(right, h, Direction::backward);
    right.sadd(-1., 1., load);

    long double         T     = 0.;
    ExitSplitting<dim> *parts = exit_time.splitting();
    if (parts != nullptr)
      {
        T          = parts->solve(z, right);
        difference = parts->u();
      }
    else
      {
        LinearSolver<dim> solver(
          form, Direction::backward, {true, {}}, parameters, log, "expected reward");
        solver.solve(z, right);
        form.initialize(difference);
      }
    z += h;
    if (parts != nullptr)
      level_rounding = parts->rounding_of_T(z);
    scale = std::max<long double>(std::abs(T), z.linfty_norm());
    if (!std::isfinite(scale))
      throw ConvergenceError("the expected reward is not a finite number; refine the mesh");
    if (!(scale > 0.))
      scale = 1.;
    level_rounding /= static_cast<double>(scale);
    const double level = static_cast<double>(T / scale);
    difference.sadd(level, static_cast<double>(-1. / scale), z);
    form.initialize(relative);
    relative = level;
    relative -= difference;
    relative.update_ghost_values();
    difference.update_ghost_values();
  }

  template <int dim>
  Field<dim>
  ExpectedReward<dim>::field() const
  {
    return {&form.discretization(), &relative, nullptr, scale};
  }

  template <int dim>
  const Vector &
  ExpectedReward<dim>::deficit() const
  {
    return difference;
  }

  template <int dim>
  std::vector<double>
  ExpectedReward<dim>::rounding(const std::vector<std::vector<double>> &points) const
  {
    const ExitSplitting<dim> *parts = exit_time.splitting();
    if (parts == nullptr)
      return std::vector<double>(points.size(), 0.);
    std::vector<double> values = point_values<dim>({&form.discretization(), &parts->h()}, points);
    for (double &value : values)
      value = std::abs(value) * level_rounding;
    return values;
  }

  template <int dim>
  Vector
  exit_distribution(const OccupationDensity<dim> &occupation,
                    const GeneratorForm<dim>     &form,
                    const Vector                 &goal)
  {
    // the deficit is q - G/S, and B(v, q) = 0 for all v
    Vector fluxes, distribution;
    form.initialize(fluxes);
    form.initialize(distribution);
    form.apply(fluxes, occupation.deficit(), Direction::forward);
    const long double scale = occupation.density().scale;
    for (const auto i : form.discretization().wall_dofs(BoundaryKind::absorbing) &
                          distribution.locally_owned_elements())
      if (!form.discretization().constraints().is_constrained(i))
        distribution(i) = static_cast<double>(goal(i) + scale * fluxes(i));
    return distribution;
  }

#define INSTANTIATE(dim)                  \
  template class ExpectedReward<dim>;     \
  template Vector exit_distribution<dim>( \
    const OccupationDensity<dim> &, const GeneratorForm<dim> &, const Vector &);
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
