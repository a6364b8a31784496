// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "problem/transient_density.h"

#include <algorithm>
#include <cmath>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double       transient_tolerance     = 1e-12;
    constexpr unsigned int steps_looked_back       = 5;
    constexpr unsigned int largest_transient_space = 250;
    constexpr double       shift_by_first_time   = 10.; // gamma times the shortest time of a space
    constexpr double       longest_by_first_time = 16.;
    constexpr double       same                  = 1e-15; // start and equilibrium, up to rounding
  }                                                       // namespace

  template <int dim>
  TransientDensity<dim>::TransientDensity(const GeneratorForm<dim>  &form,
                                          const Vector              &equilibrium,
                                          const Vector              &start,
                                          const std::vector<Vector> &points,
                                          const SolverParameters    &parameters,
                                          const Log                 &log)
    : form(form)
    , equilibrium(equilibrium)
    , difference(start)
    , points(points)
    , parameters(parameters)
    , log(log)
  {
    form.load(load);
    load *= 1. / (load * equilibrium);
    difference.zero_out_ghost_values();
    difference.add(-(load * difference), equilibrium);
    Vector image;
    form.load(image, &equilibrium);
    norm = std::sqrt(image * equilibrium);
  }

  template <int dim>
  std::vector<Vector>
  TransientDensity<dim>::at(const std::vector<double> &times)
  {
    std::vector<Vector> fields;
    Vector              image;
    form.load(image, &difference);
    const bool rests = std::sqrt(image * difference) <= same * norm;
    for (auto first = times.begin(); first != times.end();)
      {
        const double t    = *first;
        const auto   last = std::find_if(first, times.end(), [t](const double other) {
          return other > longest_by_first_time * t;
        });
        if (rests)
          fields.insert(fields.end(), last - first, equilibrium);
        else
          advance(std::vector<double>(first, last), fields);
        first = last;
      }
    for (Vector &u : fields)
      u.update_ghost_values();
    return fields;
  }

  template <int dim>
  void
  TransientDensity<dim>::advance(const std::vector<double> &times, std::vector<Vector> &fields)
  {
    const double             shift = shift_by_first_time / times.front();
    const GeneratorForm<dim> shifted(
      form.model(), form.discretization(), form.weight().name(), shift);
    LinearSolver<dim> solver(
      shifted, Direction::forward, FixedUnknowns<dim>(), parameters, log, "transient density");
    const auto  mass = [this](Vector &x, const Vector &v) { form.load(x, &v); };
    KrylovSpace space(
      [&](Vector &x, const Vector &v) {
        Vector image;
        mass(image, v);
        x.reinit(image);
        solver.solve(x, image);
      },
      mass,
      [this](Vector &v) { v.add(-(load * v), equilibrium); },
      form.is_symmetric());
    space.start(difference);

    const auto coefficients = [&](const double t) {
      return space.coefficients([&](const KrylovSpace::Complex theta) -> KrylovSpace::Complex {
        return theta.real() > 0. ? std::exp(-t * (1. / theta - shift)) : 0.; // or an infinite rate
      });
    };
    std::vector<double> at_points;
    for (const Vector &point : points)
      at_points.push_back(point * equilibrium);
    std::vector<std::vector<double>> observed(points.size()), previous(times.size());
    double                           largest = 1.;
    bool                             grows   = true;
    while (grows && largest > transient_tolerance && space.size() < largest_transient_space)
      {
        for (unsigned int step = 0; step < steps_looked_back && grows; ++step)
          grows = space.extend();
        for (unsigned int k = 0; k < points.size(); ++k)
          for (unsigned int j = observed[k].size(); j < space.size(); ++j)
            observed[k].push_back(points[k] * space.basis()[j]);
        largest = 0.;
        for (unsigned int i = 0; i < times.size(); ++i)
          {
            const std::vector<double> y = coefficients(times[i]);
            previous[i].resize(y.size(), 0.);
            double change = 0., size = norm;
            for (unsigned int j = 0; j < y.size(); ++j)
              {
                change = std::hypot(change, y[j] - previous[i][j]);
                size   = std::hypot(size, y[j]);
              }
            largest = std::max(largest, change / size);
            for (unsigned int k = 0; k < points.size(); ++k)
              {
                double value = 2. * at_points[k], error = 0.; // what is small beside u_oo may err
                for (unsigned int j = 0; j < y.size(); ++j)
                  {
                    value += y[j] * observed[k][j];
                    error += (y[j] - previous[i][j]) * observed[k][j];
                  }
                largest = std::max(largest, std::abs(error / value));
              }
            previous[i] = y;
          }
      }
    if (grows)
      largest_change = std::max(largest_change, largest);
    solver_report.add(solver.report());
    for (unsigned int i = 0; i < times.size(); ++i)
      {
        fields.push_back(space.combine(previous[i]));
        fields.back().zero_out_ghost_values();
        fields.back() += equilibrium;
      }
  }

  template <int dim>
  double
  TransientDensity<dim>::accuracy() const
  {
    return largest_change;
  }

  template <int dim>
  const SolverReport &
  TransientDensity<dim>::report() const
  {
    return solver_report;
  }

  template class TransientDensity<1>;
  template class TransientDensity<2>;
  template class TransientDensity<3>;
} // namespace dynkin
