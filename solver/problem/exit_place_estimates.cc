// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "domain/box.h"
#include "form/interpolation.h"
#include "measure/functionals.h"
#include "parameters/rewards.h"
#include "problem/dual_weighted_residual.h"
#include "problem/exit_place_computation.h"

#include <cmath>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    /** Smaller parts of the size of the field count as 0 in relative errors. */
    constexpr double zero = 1e-14, zero_between_signs = 1e-4;
    constexpr double at_poles = 8.; // |x|^-1/2: errors of 11 and 13 points differ by a seventh

    /** A field that has both signs is 0 somewhere, perhaps at a point, where no relative error is small. */
    template <int dim>
    double
    smallest_size(const Field<dim> &field)
    {
      double lowest = 0., highest = 0.;
      for (unsigned int i = 0; i < field.u->locally_owned_size(); ++i)
        {
          lowest  = std::min(lowest, field.u->local_element(i));
          highest = std::max(highest, field.u->local_element(i));
        }
      lowest  = Utilities::MPI::min(lowest, field.u->get_mpi_communicator());
      highest = Utilities::MPI::max(highest, field.u->get_mpi_communicator());
      return std::min(-lowest, highest) > zero_between_signs * std::max(-lowest, highest)
               ? zero_between_signs
               : zero;
    }

    /** What errors of values below it are relative to: a field of one sign has no other scale than its size. */
    double
    unit_of_zero(const double smallest)
    {
      return smallest > zero ? smallest : 1.;
    }
  } // namespace

  template <int dim>
  bool
  ExitPlaceComputation<dim>::has_poles() const
  {
    const auto *box = this->parameters.domain.shape->template as<Box>();
    if (dim > 1 || box == nullptr)
      return false;
    Point<dim> lower, upper;
    std::copy_n(box->lower.begin(), dim, lower.begin_raw());
    std::copy_n(box->upper.begin(), dim, upper.begin_raw());
    for (const Formula<dim> &reward : running_rewards<dim>(this->parameters))
      if (const auto range = reward.bounds(lower, upper);
          !std::isfinite(range.first) || !std::isfinite(range.second))
        return true;
    return false;
  }

  template <int dim>
  void
  ExitPlaceComputation<dim>::compare(const ExitPlaceComputation<dim> &other)
  {
    for (unsigned int q = 0; q < quantities.size(); ++q)
      estimate(quantities[q], other.quantities[q]);
  }

  template <int dim>
  void
  ExitPlaceComputation<dim>::estimate(Quantity &quantity, const Quantity &better) const
  {
    PointValues &values = quantity.values;
    values              = PointValues();
    quantity.differences.clear();
    const auto       &points = this->parameters.quantities.points;
    Field<dim>        own = quantity.problem.field(), other = better.problem.field();
    const long double scale = own.scale, ratio = other.scale / own.scale;
    own.scale             = 1.;
    other.scale           = ratio;
    const double smallest = smallest_size(own);
    const double unit     = unit_of_zero(smallest);
    const auto   abouts = values_about(own, points), others = values_about(other, points);
    const auto   of_level = quantity.problem.rounding(points);
    const double factor   = has_poles() ? at_poles : 1.;
    for (unsigned int k = 0; k < abouts.size(); ++k)
      {
        const double value = abouts[k].front(), size = std::abs(value);
        double       difference = factor * this->difference(abouts[k], others[k]);
        // the splitting is accurate relative to each value
        const double rounding =
          this->problem.rounding() * (this->problem.splitting() ? size : 1.) + of_level[k];
        // without a first digit only the size is known
        if (difference > 0.1 * size)
          difference += size;
        if (!better.differences.empty())
          difference += static_cast<double>(better.differences[k] * ratio);
        quantity.differences.push_back(difference);
        if (size > smallest)
          values.add(points[k],
                     Number::with_relative_error(scale * value, (difference + rounding) / size));
        else
          values.add_zero(points[k], scale * value, (difference + rounding) / unit, scale * unit);
      }
    if (this->parameters.discretization.ends_early())
      values.raise_smaller_ones();
  }

  template <int dim>
  void
  ExitPlaceComputation<dim>::localise(const ExitPlaceComputation<dim> &richer)
  {
    // relative to the values of the first quantity, as their estimates
    Field<dim> field             = quantities.front().problem.field();
    field.scale                  = 1.;
    std::vector<double> sizes    = point_values(field, this->parameters.quantities.points);
    const double        smallest = smallest_size(field);
    for (double &size : sizes)
      size = std::abs(size) > smallest ? std::abs(size) : unit_of_zero(smallest);
    OccupationDensity<dim> dual(richer.problem, this->parameters.solver, this->log);
    const Vector           goal = this->solve_dual(dual, richer.form, sizes);

    std::vector<Vector>                                    rich_deficits(quantities.size());
    std::vector<std::pair<const Vector *, const Vector *>> deficits;
    for (unsigned int q = 0; q < quantities.size(); ++q)
      {
        const ExpectedReward<dim> &own   = quantities[q].problem,
                                  &other = richer.quantities[q].problem;
        rich_deficits[q]                 = other.deficit();
        rich_deficits[q] *= static_cast<double>(other.field().scale / own.field().scale);
        rich_deficits[q].update_ghost_values();
        deficits.emplace_back(&own.deficit(), &rich_deficits[q]);
      }
    this->cell_indicators =
      dual_weighted_residuals(this->problem,
                              richer.problem,
                              dual,
                              deficits,
                              !this->parameters.quantities.running_reward.empty());

    // the values on the walls: int_G phi (f^ - f), phi the density of the exit place
    Vector density;
    richer.form.initialize(density);
    richer.mass.solve(density, exit_distribution(dual, richer.form, goal));
    const auto beyond_own = [&](Vector v) {
      v.update_ghost_values();
      v -= interpolate_between(
        this->form, interpolate_between(richer.form, v, this->form), richer.form);
      return richer.mass.cell_squares(v);
    };
    const std::vector<double> density_squares = beyond_own(density);
    for (const auto &[own, other] : deficits)
      {
        Vector difference = *other;
        difference -= interpolate_between(this->form, *own, richer.form);
        const std::vector<double> squares = richer.mass.cell_squares(difference);
        for (unsigned int k = 0; k < squares.size(); ++k)
          this->cell_indicators(k) += std::sqrt(squares[k] * density_squares[k]);
      }
  }

  template bool
  ExitPlaceComputation<1>::has_poles() const;
  template bool
  ExitPlaceComputation<2>::has_poles() const;
  template bool
  ExitPlaceComputation<3>::has_poles() const;
  template void
  ExitPlaceComputation<1>::compare(const ExitPlaceComputation<1> &);
  template void
  ExitPlaceComputation<2>::compare(const ExitPlaceComputation<2> &);
  template void
  ExitPlaceComputation<3>::compare(const ExitPlaceComputation<3> &);
  template void
  ExitPlaceComputation<1>::localise(const ExitPlaceComputation<1> &);
  template void
  ExitPlaceComputation<2>::localise(const ExitPlaceComputation<2> &);
  template void
  ExitPlaceComputation<3>::localise(const ExitPlaceComputation<3> &);
} // namespace dynkin
