// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "form/interpolation.h"
#include "measure/compared_densities.h"
#include "measure/error_norms.h"
#include "measure/functionals.h"
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
    constexpr double longer = 1.1; // the mesh for error estimates on the whole space

    /** Is a point of the mesh of the whole space, in its own coordinates, before its ends? */
    template <int dim>
    bool
    holds(const WholeSpace &space, const Point<dim> &y)
    {
      if (space.is_radial)
        return y.norm() <= space.reach[0];
      for (unsigned int i = 0; i < space.reach.size(); ++i)
        if (std::abs(y[i]) > space.reach[i])
          return false;
      return true;
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
            if (!holds(space.mesh().domain().whole_space, next))
              continue;
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
        DomainParameters larger = this->parameters.domain;
        for (double &reach : larger.whole_space.reach)
          reach *= longer;
        other_mesh = std::make_unique<Mesh<dim>>(larger, this->space.communicator());
        other_mesh->refine_uniformly(this->space.mesh().triangulation().n_global_levels() - 1);
      }
    // in space a richer one on the longer mesh may take more iterations than there are
    const unsigned int own_degree = this->space.degree();
    const unsigned int degree =
      dim == 3 && other_mesh ? (own_degree > 1 ? own_degree - 1 : 2) : this->richer_degree();
    companion = std::make_unique<StationaryDensityComputation<dim>>(this->parameters,
                                                                    this->form.model(),
                                                                    other_mesh ? *other_mesh
                                                                               : this->space.mesh(),
                                                                    degree,
                                                                    this->log);
    companion->problem.solve(); // its rounding is not asked for
    const Sampler<dim> sampler(this->space);
    summary = summarise_density(sampler, field());
    // a power of r that is not whole at r = 0 leaves the finer quadrature with half the error
    const std::vector<double> &sizes = this->parameters.model.group_sizes;
    const bool                 is_whole =
      std::all_of(sizes.begin(), sizes.end(), [](const double d) { return d == std::round(d); });
    defect = problem.report().residual + (is_whole ? 1. : 2.) * std::abs(summary.mass - 1.) +
             problem.common_rounding();
    PointValues         values;
    const auto         &points = this->parameters.quantities.points;
    const auto          own    = point_values(field(), points);
    const auto          others = point_values(companion->field(), points);
    std::vector<double> at_points;
    for (unsigned int k = 0; k < own.size(); ++k)
      at_points.push_back(std::abs(others[k] / own[k] - 1.));
    const std::vector<double> near =
      other_mesh ? differences_near(points) : localise(own, at_points);
    const auto rounding = problem.rounding();
    auto       lost     = std::vector<double>(own.size(), defect * summary.maximum);
    if (rounding)
      lost = point_values(*rounding, points);
    else if (this->form.weight().name() != "none")
      lost.assign(own.size(), 0.);
    rounding_share = 0.;
    const double estimated =
      ComparedDensities<dim>::safety /
      gained(this->parameters.domain.whole_space, companion->space.mesh().domain().whole_space);
    for (unsigned int k = 0; k < own.size(); ++k)
      {
        if (own[k] == 0. && others[k] == 0.)
          {
            constexpr double least = std::numeric_limits<double>::min();
            values.list.push_back({points[k], {0.L, least}, 0., true}); // both underflow
            continue;
          }
        double relative = estimated * std::max(at_points[k], share_about * near[k]);
        if (relative > 0.1) // without a first digit only the size is known
          relative += 1.;
        const double lost_share =
          std::abs(lost[k]) / std::max(std::abs(own[k]), std::numeric_limits<double>::min());
        rounding_share = std::max(rounding_share, lost_share);
        values.add(points[k], Number::with_relative_error(own[k], relative + defect + lost_share));
      }
    rounding_share += problem.common_rounding();
    values.field_estimate = field_estimate;
    if (summary.minimum < 0.)
      {
        const std::vector<double> place(summary.place_of_minimum.begin_raw(),
                                        summary.place_of_minimum.end_raw());
        const double              other = point_values(companion->field(), {place})[0];
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
        const auto places = neighbours(this->space, x);
        const auto here   = point_values(field(), places),
                   others = point_values(companion->field(), places);
        largest.push_back(0.);
        for (std::size_t k = 0; k < places.size(); ++k)
          largest.back() = std::max(largest.back(), std::abs(others[k] / here[k] - 1.));
      }
    return largest;
  }

  template <int dim>
  std::vector<double>
  StationaryDensityComputation<dim>::localise(const std::vector<double> &values,
                                              const std::vector<double> &relative_differences)
  {
    double floor = std::numeric_limits<double>::max();
    for (const double value : values)
      floor = std::min(floor, std::abs(value));
    floor               = std::max(floor, std::numeric_limits<double>::min());
    const Vector lifted = interpolate_between(this->form, *field().u, companion->form);
    Field<dim>   own    = field();
    own.discretization  = &companion->space;
    own.u               = &lifted;

    const CellDifferences differences =
      cell_differences(Sampler<dim>(companion->space), companion->field(), own, floor);
    const auto sum = [&](const std::vector<double> &shares) {
      return Utilities::MPI::sum(std::accumulate(shares.begin(), shares.end(), 0.),
                                 this->space.communicator());
    };
    const double difference = std::sqrt(sum(differences.squares));
    const double relative   = sum(differences.relative);
    const double at_points =
      *std::max_element(relative_differences.begin(), relative_differences.end());
    this->cell_indicators.reinit(differences.squares.size());
    for (unsigned int k = 0; k < this->cell_indicators.size() && difference > 0.; ++k)
      this->cell_indicators(k) = differences.squares[k] / difference / differences.norm +
                                 std::min(at_points, 1.) * differences.relative[k] / relative;
    field_estimate = ComparedDensities<dim>::safety * difference / differences.norm + defect;

    const auto         &points = this->parameters.quantities.points;
    std::vector<double> near   = cell_values(this->space, differences.largest, points);
    for (unsigned int k = 0; k < near.size(); ++k)
      {
        Point<dim> x;
        std::copy_n(points[k].begin(), dim, x.begin_raw());
        near[k] *= companion->field().value(x, 1.) / values[k];
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
