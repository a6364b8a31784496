// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "app/reference.h"

#include "theory/exit_time_1d.h"
#include "theory/power_law_density.h"
#include "theory/radial_exit.h"
#include "theory/simplest_form.h"

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

    template <int dim>
    ReferenceSolution<dim>
    power_law(const Parameters &parameters)
    {
      const DomainParameters &domain = parameters.domain;
      const PowerLawDensity   density =
        domain.shape == "ball"
            ? PowerLawDensity::restricted_to_ball(parameters.model, domain.center, domain.radius)
            : PowerLawDensity::restricted_to_box(parameters.model, domain.lower, domain.upper);
      return {"product power law, restricted to the domain",
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
      const ReflectingEnd end  = is_reflecting("left")    ? ReflectingEnd::left
                                 : is_reflecting("right") ? ReflectingEnd::right
                                                          : ReflectingEnd::none;
      const double        left = parameters.domain.lower[0], right = parameters.domain.upper[0];
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
    radial_integral(const Parameters &parameters)
    {
      const auto time = std::make_shared<RadialExit>(parameters.model, parameters.domain.radius);
      Point<dim> center;
      for (unsigned int i = 0; i < dim; ++i)
        center[i] = parameters.domain.center[i];
      return {"radial exit-time integral",
              [time, center](const Point<dim> &x) { return time->value(x.distance(center)); },
              [time, center](const Point<dim> &x) {
                const Tensor<1, dim> r = x - center;
                return r.norm() > 0. ? Tensor<1, dim>(time->derivative(r.norm()) / r.norm() * r)
                                     : Tensor<1, dim>();
              }};
    }
  } // namespace

  template <int dim>
  std::optional<ReferenceSolution<dim>>
  find_reference(const Parameters &parameters)
  {
    const std::string &shape       = parameters.domain.shape;
    const bool         has_corners = shape == "interval" || shape == "box";
    Parameters         simple      = parameters;
    simple.model                   = simplest_form(parameters.model);
    const bool is_decoupled        = simple.model.type == "decoupled";

    if (parameters.problem == "stationary density")
      {
        if (is_decoupled && (has_corners || shape == "ball"))
          return power_law<dim>(simple);
      }
    else if (dim == 1)
      {
        if (is_decoupled && has_corners)
          return interval_integral<dim>(simple);
      }
    else if (shape == "ball" && parameters.domain.center == parameters.model.center)
      try
        {
          return radial_integral<dim>(parameters);
        }
      catch (const std::domain_error &)
        {
          // not isotropic
        }
    return {};
  }

  template std::optional<ReferenceSolution<1>>
  find_reference<1>(const Parameters &);
  template std::optional<ReferenceSolution<2>>
  find_reference<2>(const Parameters &);
  template std::optional<ReferenceSolution<3>>
  find_reference<3>(const Parameters &);
} // namespace dynkin
