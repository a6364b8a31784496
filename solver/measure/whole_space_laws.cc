// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "measure/whole_space_laws.h"

#include <algorithm>
#include <cmath>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    template <int dim>
    const WholeSpace &
    space_of(const Field<dim> &density)
    {
      return density.discretization->mesh().domain().whole_space;
    }

    /** The smallest one, or that of a coordinate which has its own. */
    double
    tail_index(const WholeSpace &space, const unsigned int i)
    {
      return space.is_radial ? space.tail_index[0] : space.tail_index[i];
    }

    double
    smallest_index(const WholeSpace &space)
    {
      return *std::min_element(space.tail_index.begin(), space.tail_index.end());
    }

    /** sqrt((S S^T)_ii). */
    double
    length_along(const WholeSpace &space, const unsigned int i)
    {
      double square = 0.;
      for (const double entry : space.scale[i])
        square += entry * entry;
      return std::sqrt(square);
    }

    /** How many coordinates of R^d coordinate i of a mesh stands for. */
    template <int dim>
    double
    multiplicity(const Field<dim> &density, const unsigned int i)
    {
      const std::vector<double> &sizes = density.discretization->mesh().domain().group_sizes;
      return sizes.empty() ? 1. : sizes[i];
    }

    /** sqrt(sum f_i (S S^T)_ii/d), or of the reach of a Gaussian law sqrt(sum_i f_i (L_i S_ii)^2). */
    template <int dim>
    double
    mean_length(const Field<dim> &density, const std::vector<double> &factors, const bool reach)
    {
      const WholeSpace &space  = space_of(density);
      double            square = 0., d = 0.;
      for (unsigned int i = 0; i < dim; ++i)
        if (factors[i] > 0.)
          {
            const double of = multiplicity(density, i);
            square +=
              factors[i] * Utilities::fixed_power<2>(length_along(space, i)) *
              (reach ? Utilities::fixed_power<2>(space.reach[space.is_radial ? 0 : i]) : of);
            d += of;
          }
      return std::sqrt(reach ? square : square / d);
    }

    template <int dim>
    double
    dimensions(const Field<dim> &density, const std::vector<double> &factors)
    {
      double d = 0.;
      for (unsigned int i = 0; i < dim; ++i)
        d += factors[i] > 0. ? multiplicity(density, i) : 0.;
      return d;
    }

    JacobiLaw::Place
    marginal_place(const double t, const double largest)
    {
      if (std::isfinite(largest))
        return {std::max(0., 1. + t / largest), std::max(0., 1. - t / largest)};
      const double root = std::hypot(1., t), near = 1. / (root * (root + std::abs(t)));
      return t > 0. ? JacobiLaw::Place{2. - near, near} : JacobiLaw::Place{near, 2. - near};
    }

    JacobiLaw::Place
    distance_place(const double r, const double length, const double largest)
    {
      const double from_left = std::isfinite(largest)
                                 ? 2. * Utilities::fixed_power<2>(r / largest)
                                 : 2. * Utilities::fixed_power<2>(r / std::hypot(length, r));
      return {std::min(2., from_left),
              std::isfinite(largest)
                ? std::max(0., 2. - from_left)
                : 2. * Utilities::fixed_power<2>(length / std::hypot(length, r))};
    }

    double
    tail_exponent(const double index)
    {
      return std::isfinite(index) ? 0.5 * index - 1. : 0.;
    }
  } // namespace

  template <int dim>
  MarginalLaw::MarginalLaw(const Sampler<dim> &sampler,
                           const Field<dim>   &density,
                           const unsigned int  i)
    : center(space_of(density).center[i])
    , length(length_along(space_of(density), i))
    , largest(std::isfinite(tail_index(space_of(density), i))
                ? std::numeric_limits<double>::infinity()
                : space_of(density).reach[space_of(density).is_radial ? 0 : i])
    , law(sampler,
          density,
          std::function<JacobiLaw::Place(const Point<dim> &)>(
            [this, i](const Point<dim> &x) { return place(x[i]); }),
          tail_exponent(tail_index(space_of(density), i)),
          tail_exponent(tail_index(space_of(density), i)))
  {
  }

  JacobiLaw::Place
  MarginalLaw::place(const double x) const
  {
    return marginal_place((x - center) / length, largest);
  }

  JacobiLaw::Value
  MarginalLaw::density(const double x) const
  {
    const double t = (x - center) / length;
    if (!(std::abs(t) < largest))
      return {0., 0.};
    const JacobiLaw::Value by_s = law.density(place(x));
    const double slope = std::isfinite(largest) ? 1. / largest : std::pow(std::hypot(1., t), -3);
    return {by_s.value * slope / length, by_s.truncation * slope / length};
  }

  JacobiLaw::Value
  MarginalLaw::above(const double x) const
  {
    return law.above(place(x));
  }

  template <int dim>
  DistanceLaw::DistanceLaw(const Sampler<dim>        &sampler,
                           const Field<dim>          &density,
                           const std::vector<double> &center,
                           const std::vector<double> &factors)
    : length(mean_length(density, factors, false))
    , largest(std::isfinite(smallest_index(space_of(density)))
                ? std::numeric_limits<double>::infinity()
                : mean_length(density, factors, true))
    , is_one_dimensional(dimensions(density, factors) == 1.)
    , law(sampler,
          density,
          std::function<JacobiLaw::Place(const Point<dim> &)>([&, this](const Point<dim> &x) {
            double square = 0.;
            for (unsigned int i = 0; i < dim; ++i)
              square += factors[i] * Utilities::fixed_power<2>(x[i] - center[i]);
            return place(std::sqrt(square));
          }),
          tail_exponent(smallest_index(space_of(density))),
          0.5 * dimensions(density, factors) - 1.)
  {
  }

  JacobiLaw::Place
  DistanceLaw::place(const double r) const
  {
    return distance_place(r, length, largest);
  }

  JacobiLaw::Value
  DistanceLaw::density(const double distance) const
  {
    constexpr double nearest = 1e-8; // of l: of one dimension the factors are 0 and infinity at 0
    if (!(distance < largest) || (distance == 0. && !is_one_dimensional))
      return {0., 0.};
    const double r = std::max(distance, nearest * length);
    // ds/dr of 1 + s = 2 r^2/(l^2 + r^2), or 2 (r/r_max)^2
    const double slope =
      std::isfinite(largest)
        ? 4. * r / (largest * largest)
        : 4. * r / length / length /
            Utilities::fixed_power<2>(1. + Utilities::fixed_power<2>(r / length));
    const JacobiLaw::Value by_s = law.density(place(r));
    return {by_s.value * slope, by_s.truncation * slope};
  }

  JacobiLaw::Value
  DistanceLaw::above(const double r) const
  {
    return law.above(place(r));
  }

#define INSTANTIATE(dim)                                                                       \
  template MarginalLaw::MarginalLaw(const Sampler<dim> &, const Field<dim> &, const unsigned); \
  template DistanceLaw::DistanceLaw(const Sampler<dim> &,                                      \
                                    const Field<dim> &,                                        \
                                    const std::vector<double> &,                               \
                                    const std::vector<double> &);
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
