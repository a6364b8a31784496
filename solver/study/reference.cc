// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/reference.h"

#include "domain/ball.h"
#include "domain/box.h"
#include "theory/density/known_density.h"
#include "theory/exit/exit_time_1d.h"
#include "theory/exit/radial_exit.h"

#include <algorithm>
#include <memory>
#include <stdexcept>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    template <int dim>
    std::vector<double>
    to_vector(const Tensor<1, dim> &x)
    {
      return std::vector<double>(x.begin_raw(), x.end_raw());
    }

    /** Throws std::domain_error if it is not known. */
    template <int dim>
    ReferenceSolution<dim>
    known_density(const Parameters &parameters)
    {
      const KnownDensity density(parameters.model, parameters.domain);
      return {density.name(),
              [density](const Point<dim> &x) { return density.value(to_vector(x)); },
              [density](const Point<dim> &x) {
                const std::vector<double> gradient = density.gradient(to_vector(x));
                return Tensor<1, dim>(make_array_view(gradient));
              }};
    }

    template <int dim>
    ReferenceSolution<dim>
    interval_integral(const Parameters &parameters)
    {
      const auto is_reflecting = [&](const char *wall) {
        return parameters.domain.walls.at(wall) == BoundaryKind::reflecting;
      };
      const ReflectingEnd end      = is_reflecting("left")    ? ReflectingEnd::left
                                     : is_reflecting("right") ? ReflectingEnd::right
                                                              : ReflectingEnd::none;
      const auto         &interval = *parameters.domain.shape->as<Box>();
      const double        left = interval.lower[0], right = interval.upper[0];
      const auto          time = std::make_shared<ExitTime1D>(parameters.model, left, right, end);
      // quadrature points at the ends may lie outside by rounding
      const auto inside = [left, right](const Point<dim> &x) {
        return std::clamp(x[0], left, right);
      };
      return {end == ReflectingEnd::none ? "1-D exit-time integral, both ends absorbing"
                                         : "1-D exit-time integral, one end reflecting",
              [time, inside](const Point<dim> &x) { return time->value(inside(x)); },
              [time, inside](const Point<dim> &x) {
                Tensor<1, dim> gradient;
                gradient[0] = time->derivative(inside(x));
                return gradient;
              }};
    }

    /** Of isotropic models from balls about the minimum; std::domain_error for others. */
    template <int dim>
    ReferenceSolution<dim>
    radial_integral(const ModelParameters &model, const double radius)
    {
      const RadialExit       time(model, radius);
      const PanelInterpolant value = time.interpolated_value();
      const PanelInterpolant slope = time.interpolated_slope();
      Point<dim>             center;
      for (unsigned int i = 0; i < dim; ++i)
        center[i] = model.center[i];
      return {"radial exit-time integral",
              [value, center](const Point<dim> &x) -> double { return value(x.distance(center)); },
              [slope, center](const Point<dim> &x) -> Tensor<1, dim> {
                return double(slope(x.distance(center))) * (x - center);
              }};
    }
  } // namespace

  template <int dim>
  std::optional<ReferenceSolution<dim>>
  find_reference(const Parameters &parameters)
  {
    if (!parameters.domain.periodic_axes().empty())
      return {};
    try
      {
        const ProblemKind::Reference known = parameters.kind->reference;
        if (known == ProblemKind::Reference::none || parameters.model.kills())
          return {};
        if (known == ProblemKind::Reference::density)
          return known_density<dim>(parameters);
        if (dim == 1 && parameters.model.kind().as_independent())
          return interval_integral<dim>(parameters);
        if (const Ball *ball = parameters.domain.shape->as<Ball>();
            ball != nullptr && ball->center == parameters.model.center)
          return radial_integral<dim>(parameters.model, ball->radius);
      }
    catch (const std::domain_error &)
      {
        // no closed form: there is nothing to compare with
      }
    return {};
  }

  Record
  error_report(const std::string &reference, const ErrorNorms &errors, const Log &log)
  {
    log.line("errors",
             "against the " + reference + ": L2 " + format_number(errors.L2, 3) + ", H1 " +
               format_number(errors.H1, 3) + ", Linf " + format_number(errors.Linf, 3));
    return {{"reference", reference},
            {"L2", errors.L2},
            {"H1", errors.H1},
            {"Linf", errors.Linf},
            {"relative L2", errors.relative_L2},
            {"relative Linf", errors.relative_Linf}};
  }

  template std::optional<ReferenceSolution<1>>
  find_reference<1>(const Parameters &);
  template std::optional<ReferenceSolution<2>>
  find_reference<2>(const Parameters &);
  template std::optional<ReferenceSolution<3>>
  find_reference<3>(const Parameters &);
} // namespace dynkin
