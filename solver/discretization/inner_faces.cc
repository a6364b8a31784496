// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "discretization/inner_faces.h"

#include "discretization/switch_zeros.h"
#include "domain/ball.h"
#include "domain/box.h"

#include <algorithm>
#include <cmath>
#include <functional>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double      resolution = 1e-3, nearest = 1e-6; // of the length
    constexpr double      same       = 1e-10;                // values, relative
    constexpr std::size_t most_faces = 20;

    template <int dim>
    Point<dim>
    to_point(const std::vector<double> &x)
    {
      Point<dim> point;
      std::copy_n(x.begin(), std::min<std::size_t>(dim, x.size()), point.begin_raw());
      return point;
    }

    /** The l-th of some points of the surface t. */
    template <int dim>
    using Surfaces = std::function<Point<dim>(const double t, const unsigned int l)>;

    /** Planes across an axis of a box. */
    template <int dim>
    Surfaces<dim>
    planes(const Box &box, const unsigned int axis)
    {
      const auto           lower = to_point<dim>(box.lower);
      const Tensor<1, dim> sides = to_point<dim>(box.upper) - lower;
      return [=](const double t, const unsigned int l) {
        Point<dim> x = lower;
        for (unsigned int i = 0; i < dim; ++i)
          x[i] += (i == axis ? t : std::fmod(0.5 + 0.618 * l * (i + 1.), 1.)) * sides[i];
        return x;
      };
    }

    /** Spheres about the centre of a ball. */
    template <int dim>
    Surfaces<dim>
    spheres(const Ball &ball)
    {
      const auto   center = to_point<dim>(ball.center);
      const double radius = ball.radius;
      return [=](const double t, const unsigned int l) {
        Tensor<1, dim> direction;
        for (unsigned int i = 0; i < dim; ++i)
          direction[i] = l == 0 ? i == 0 : std::cos(1. + 2.4 * l + 1.57 * i);
        return center + t * radius / direction.norm() * direction;
      };
    }

    /** Is the function the same all over each surface? By samples; if not, faces do no harm. */
    template <int dim>
    bool
    is_constant(const CoefficientSwitch<dim> &place, const Surfaces<dim> &surfaces)
    {
      constexpr unsigned int n = 16, n_points = 5;
      double                 largest = 0., difference = 0.;
      for (unsigned int k = 0; k < n; ++k)
        {
          const double first = place.value(surfaces((k + 0.5) / n, 0));
          largest            = std::max(largest, std::abs(first));
          for (unsigned int l = 1; l < n_points; ++l)
            difference =
              std::max(difference, std::abs(place.value(surfaces((k + 0.5) / n, l)) - first));
        }
      return difference <= same * largest;
    }

    template <int dim>
    std::vector<double>
    faces_on(const Surfaces<dim> &surfaces, const std::vector<CoefficientSwitch<dim>> &places)
    {
      std::vector<double> zeros, faces;
      for (const CoefficientSwitch<dim> &place : places)
        if (is_constant(place, surfaces))
          find_zeros({[&](const Point<1> &t) { return place.value(surfaces(t[0], 0)); },
                      [&](const Point<1> &s, const Point<1> &t) {
                        return place.range(surfaces(s[0], 0), surfaces(t[0], 0));
                      },
                      place.is_jump},
                     0.,
                     1.,
                     resolution,
                     zeros);
      std::sort(zeros.begin(), zeros.end());
      for (const double t : zeros)
        if (t > nearest && t < 1. - nearest && (faces.empty() || t > faces.back() + nearest))
          faces.push_back(t);
      if (faces.size() > most_faces) // they cost more than they gain
        faces.clear();
      return faces;
    }
  } // namespace

  template <int dim>
  std::vector<std::vector<double>>
  find_inner_faces(const Model<dim>                &model,
                   const DomainParameters          &domain,
                   const std::vector<Formula<dim>> &sources)
  {
    std::vector<CoefficientSwitch<dim>> places = model.switches();
    for (const Formula<dim> &source : sources)
      append_switches(source, places);
    if (model.killing_rate() != nullptr)
      for (const auto &place : model.killing_rate()->switches())
        places.push_back(place);
    std::vector<std::vector<double>> faces;
    if (const Box *box = domain.shape->as<Box>())
      for (unsigned int axis = 0; axis < dim; ++axis)
        faces.push_back(faces_on<dim>(planes<dim>(*box, axis), places));
    else if (const Ball *ball = domain.shape->as<Ball>())
      faces.push_back(faces_on<dim>(spheres<dim>(*ball), places));
    return faces;
  }

#define INSTANTIATE(dim)                                           \
  template std::vector<std::vector<double>> find_inner_faces<dim>( \
    const Model<dim> &, const DomainParameters &, const std::vector<Formula<dim>> &);
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
