// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "form/interpolation.h"
#include "measure/error_norms.h"
#include "problem/dual_weighted_residual.h"
#include "problem/stationary_density_computation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double shorter = 0.9; // the mesh for error estimates on the whole space

    /**
     * A point of both meshes of the whole space: x, or, where the smaller one ends before, the
     * point that is as near to its end as x is to that of the other one, in its length. Bounded
     * domains hold all points.
     */
    template <int dim>
    std::vector<double>
    on_both(const Mesh<dim> &smaller, const std::vector<double> &x)
    {
      const WholeSpace &space = smaller.domain().whole_space;
      Point<dim>        y;
      for (unsigned int i = 0; i < dim; ++i)
        y[i] = x[i];
      y            = smaller.coordinates().to_mesh(y);
      bool is_both = !space.is_radial || y.norm() <= space.reach[0];
      for (unsigned int i = 0; i < space.reach.size() && !space.is_radial; ++i)
        is_both = is_both && std::abs(y[i]) <= space.reach[i];
      if (is_both)
        return x;
      y = smaller.coordinates().to_space(Point<dim>(shorter * y));
      return {y.begin_raw(), y.end_raw()};
    }

    /** Points about one in its cell of a mesh of the whole space: two densities may cross anywhere. */
    template <int dim>
    std::vector<std::vector<double>>
    neighbours(const Discretization<dim> &space, const std::vector<double> &x)
    {
      std::vector<double> diameters;
      for (const auto &cell : space.mesh().triangulation().active_cell_iterators())
        diameters.push_back(cell->diameter());
      const double step = 0.2 * cell_values(space, diameters, {x})[0];
      Point<dim>   center;
      std::copy_n(x.begin(), dim, center.begin_raw());
      const Point<dim>                 y = space.mesh().coordinates().to_mesh(center);
      std::vector<std::vector<double>> points;
      for (unsigned int i = 0; i < dim; ++i)
        for (const double side : {step, -step})
          {
            Point<dim> next = y;
            next[i] += side;
            next = space.mesh().coordinates().to_space(next);
            points.emplace_back(next.begin_raw(), next.end_raw());
          }
      return points;
    }
  } // namespace

  template <int dim>
  PointValues
  StationaryDensityComputation<dim>::evaluate()
  {
    if (!this->parameters.domain.shape->is_bounded())
      {
        DomainParameters smaller = this->parameters.domain;
        for (double &reach : smaller.whole_space.reach)
          reach *= shorter;
        other_mesh = std::make_unique<Mesh<dim>>(smaller, this->space.communicator());
        other_mesh->refine_uniformly(this->space.mesh().triangulation().n_global_levels() - 1);
      }
    companion = std::make_unique<StationaryDensityComputation<dim>>(this->parameters,
                                                                    this->form.model(),
                                                                    other_mesh ? *other_mesh
                                                                               : this->space.mesh(),
                                                                    companion_degree(),
                                                                    this->log);
    companion->solve();
    const Sampler<dim> sampler(this->space);
    summary = summarise_density(sampler, field());
    // errors of rounding gather along lines, and where the dropped equation is
    const double n_along_line =
      std::pow(static_cast<double>(this->space.dof_handler().n_dofs()), 1. / dim);
    defect = problem.report().residual + std::abs(summary.mass - 1.) +
             10. * (problem.balance() + n_along_line * std::numeric_limits<double>::epsilon());
    PointValues values;
    values.points = this->parameters.quantities.points;
    std::vector<std::vector<double>> compared;
    for (const auto &point : values.points)
      compared.push_back(on_both(companion->space.mesh(), point));
    const auto          own    = point_values(field(), values.points);
    const auto          here   = point_values(field(), compared);
    const auto          others = point_values(companion->field(), compared);
    std::vector<double> near   = other_mesh ? differences_near(compared) : localise(sampler);
    for (unsigned int k = 0; k < near.size() && !other_mesh; ++k)
      near[k] /= own[k];
    // without a weight, rounding is relative to the largest p
    const double largest = this->form.weight().name() == "none" ? summary.maximum : 0.;
    for (unsigned int k = 0; k < own.size(); ++k)
      {
        double relative = std::max(std::abs(others[k] / here[k] - 1.), near[k]);
        if (relative > 0.1) // without a first digit only the size is known
          relative += 1.;
        values.add(own[k],
                   relative + defect * std::max(1., largest / std::max(std::abs(own[k]), 1e-300)));
      }
    values.field_estimate = field_estimate;
    if (summary.minimum < 0.)
      {
        const std::vector<double> place(summary.place_of_minimum.begin_raw(),
                                        summary.place_of_minimum.end_raw());
        const double              other =
          point_values(companion->field(), {on_both(companion->space.mesh(), place)})[0];
        error_at_minimum =
          2. * std::abs(summary.minimum - other) + (defect + field_estimate) * summary.maximum;
      }
    return values;
  }

  template <int dim>
  std::vector<double>
  StationaryDensityComputation<dim>::differences_near(
    const std::vector<std::vector<double>> &points) const
  {
    std::vector<double> largest;
    for (const std::vector<double> &x : points)
      {
        std::vector<std::vector<double>> places;
        for (const auto &place : neighbours(companion->space, x))
          places.push_back(on_both(companion->space.mesh(), place));
        const auto here   = point_values(field(), places),
                   others = point_values(companion->field(), places);
        largest.push_back(0.);
        for (std::size_t k = 0; k < places.size(); ++k)
          largest.back() = std::max(largest.back(), std::abs(others[k] / here[k] - 1.));
      }
    return largest;
  }

  template <int dim>
  unsigned int
  StationaryDensityComputation<dim>::companion_degree() const
  {
    const unsigned int degree = this->space.degree();
    return dim == 1 && !other_mesh && degree > 2 ? degree - 2 : degree > 1 ? degree - 1 : 2;
  }

  template <int dim>
  std::vector<double>
  StationaryDensityComputation<dim>::localise(const Sampler<dim> &sampler)
  {
    const Vector lifted  = interpolate_between(companion->form, *companion->field().u, this->form);
    Field<dim>   other   = companion->field();
    other.discretization = &this->space;
    other.u              = &lifted;

    const CellDifferences differences = cell_differences(sampler, field(), other);
    const auto           &squares     = differences.squares;
    const double          sum         = std::accumulate(squares.begin(), squares.end(), 0.);
    const double difference = std::sqrt(Utilities::MPI::sum(sum, this->space.communicator()));
    this->cell_indicators.reinit(squares.size());
    for (unsigned int k = 0; k < squares.size(); ++k)
      this->cell_indicators(k) = difference > 0. ? squares[k] / difference / differences.norm : 0.;
    field_estimate = difference / differences.norm + defect;

    const auto         &points = this->parameters.quantities.points;
    std::vector<double> near   = cell_values(this->space, differences.largest, points);
    for (unsigned int k = 0; k < near.size(); ++k)
      {
        Point<dim> x;
        std::copy_n(points[k].begin(), dim, x.begin_raw());
        near[k] *= field().value(x, 1.);
      }
    return near;
  }

  template PointValues
  StationaryDensityComputation<1>::evaluate();
  template PointValues
  StationaryDensityComputation<2>::evaluate();
  template PointValues
  StationaryDensityComputation<3>::evaluate();
} // namespace dynkin
