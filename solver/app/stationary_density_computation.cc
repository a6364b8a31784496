// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "app/stationary_density_computation.h"

#include "output/density_tail.h"
#include "output/distribution.h"
#include "output/error_norms.h"
#include "output/vtu_writer.h"
#include "problem/dual_weighted_residual.h"

#include <cmath>
#include <limits>
#include <numeric>
#include <sstream>

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
  } // namespace

  template <int dim>
  StationaryDensityComputation<dim>::StationaryDensityComputation(const Parameters  &parameters,
                                                                  const Model<dim>  &model,
                                                                  const Mesh<dim>   &mesh,
                                                                  const unsigned int degree,
                                                                  const Log         &log)
    : Computation<dim>(parameters, model, mesh, degree, log)
    , problem(this->form, parameters.solver, log)
  {
  }

  template <int dim>
  void
  StationaryDensityComputation<dim>::solve()
  {
    problem.solve();
  }

  template <int dim>
  PointValues
  StationaryDensityComputation<dim>::evaluate()
  {
    const unsigned int degree = this->space.degree();
    if (this->parameters.domain.shape == "whole space")
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
                                                                    degree > 1 ? degree - 1 : 2,
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
    const auto own    = point_values(field(), values.points);
    const auto here   = point_values(field(), compared);
    const auto others = point_values(companion->field(), compared);
    const auto beside = differences_beside();
    // without a weight, rounding is relative to the largest p
    const double largest = this->form.weight().name() == "none" ? summary.maximum : 0.;
    for (unsigned int k = 0; k < own.size(); ++k)
      values.add(own[k],
                 std::max(std::abs(others[k] / here[k] - 1.), beside[k]) +
                   defect * std::max(1., largest / std::max(std::abs(own[k]), 1e-300)));
    if (!other_mesh)
      values.field_estimate = field_estimate = localise(sampler) + defect;
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
  StationaryDensityComputation<dim>::differences_beside() const
  {
    std::vector<double> largest;
    for (const std::vector<double> &point : this->parameters.quantities.points)
      {
        Point<dim> x;
        std::copy(point.begin(), point.end(), x.begin_raw());
        const double step =
          other_mesh ? 0. : cell_size(this->space, x) / (2. * this->space.degree());
        std::vector<std::vector<double>> places;
        for (unsigned int i = 0; i < 2 * dim && step > 0.; ++i)
          {
            std::vector<double> place = point;
            place[i / 2] += i % 2 == 0 ? step : -step;
            if (this->parameters.domain.contains(place) &&
                this->parameters.domain.shape != "mesh file")
              places.push_back(place);
          }
        largest.push_back(0.);
        if (places.empty())
          continue;
        const auto own   = point_values(field(), places);
        const auto other = point_values(companion->field(), places);
        for (unsigned int k = 0; k < places.size(); ++k)
          largest.back() = std::max(largest.back(), std::abs(other[k] / own[k] - 1.));
      }
    return largest;
  }

  template <int dim>
  double
  StationaryDensityComputation<dim>::localise(const Sampler<dim> &sampler)
  {
    const Vector lifted  = interpolate_between(companion->form, *companion->field().u, this->form);
    Field<dim>   other   = companion->field();
    other.discretization = &this->space;
    other.u              = &lifted;

    const auto [squares, norm] = cell_differences(sampler, field(), other);
    const MPI_Comm everyone    = this->space.communicator();
    const double   sum         = std::accumulate(squares.begin(), squares.end(), 0.);
    const double   difference  = std::sqrt(Utilities::MPI::sum(sum, everyone));
    this->cell_indicators.reinit(squares.size());
    for (unsigned int k = 0; k < squares.size(); ++k)
      this->cell_indicators(k) = difference > 0. ? squares[k] / difference / norm : 0.;
    return difference / norm;
  }

  template <int dim>
  std::string
  StationaryDensityComputation<dim>::objection() const
  {
    std::ostringstream text;
    if (-summary.minimum > error_at_minimum)
      text << "the density is not positive up to its error estimate: " << summary.negative_nodes
           << " negative nodes, " << summary.negative_cells
           << " cells with negative values, the lowest " << summary.minimum << " +- "
           << error_at_minimum << " at (" << summary.place_of_minimum << "); refine the mesh";
    const double lost = lost_mass(field()), tolerance = this->parameters.domain.lost_mass_tolerance;
    if (text.str().empty() && lost > tolerance)
      text << "the mass beyond the mesh is " << lost
           << ", above Domain/lost mass tolerance = " << tolerance;
    return text.str();
  }

  template <int dim>
  Field<dim>
  StationaryDensityComputation<dim>::field() const
  {
    return problem.density();
  }

  template <int dim>
  const SolverReport &
  StationaryDensityComputation<dim>::report() const
  {
    return problem.report();
  }

  template <int dim>
  void
  StationaryDensityComputation<dim>::write_vtu(const std::string &filename) const
  {
    const auto write = [&](const std::string &name, const double window) {
      write_density(
        field(), this->form.model(), name, window, "stationary_density", this->cell_indicators);
    };
    write(filename, 0.);
    if (this->parameters.output.window > 0.)
      write(filename.substr(0, filename.find_last_of('/') + 1) + "window.vtu",
            this->parameters.output.window);
  }

  template class StationaryDensityComputation<1>;
  template class StationaryDensityComputation<2>;
  template class StationaryDensityComputation<3>;
} // namespace dynkin
