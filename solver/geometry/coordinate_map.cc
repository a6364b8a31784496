// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "geometry/coordinate_map.h"

#include <algorithm>
#include <cmath>

#include "model/groups.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    /** sinh(r)/r. */
    double
    sinh_over(const double r)
    {
      return r < 1e-4 ? 1. + r * r / 6. : std::sinh(r) / r;
    }

    /** (cosh(r) - sinh(r)/r)/r^2, by its series where it would cancel. */
    double
    sinh_over_slope(const double r)
    {
      if (r > 0.5)
        return (std::cosh(r) - std::sinh(r) / r) / (r * r);
      double term = 1. / 3., sum = term;
      for (unsigned int k = 1; k < 9; ++k)
        {
          term *= r * r / (2. * k * (2. * k + 3.));
          sum += term;
        }
      return sum;
    }

    /** log cosh(r) without overflow. */
    double
    log_cosh(const double r)
    {
      return std::abs(r) + std::log1p(std::expm1(-2. * std::abs(r)) / 2.);
    }
  } // namespace

  double
  WholeSpace::decay(const unsigned int i, const unsigned int degree) const
  {
    return std::isfinite(tail_index[i]) ? tail_index[i] - degree : reach[i];
  }

  double
  gained(const WholeSpace &space, const WholeSpace &longer, const unsigned int degree)
  {
    double least = 1.;
    for (unsigned int i = 0; i < space.tail_index.size(); ++i)
      if (std::isfinite(space.tail_index[i]))
        least = std::min(least,
                         -std::expm1(-space.decay(i, degree) * (longer.reach[i] - space.reach[i])));
    return least;
  }

  template <int dim>
  CoordinateMap<dim>::CoordinateMap(const WholeSpace &space, const std::vector<double> &group_sizes)
    : kind(space.scale.empty() ? Kind::identity
           : space.is_radial   ? Kind::radial
                               : Kind::coordinate_wise)
    , group_sizes(group_sizes)
    , log_areas(are_many(group_sizes) ? 0. : log_sphere_areas(group_sizes))
  {
    if (kind == Kind::identity)
      return;
    for (unsigned int i = 0; i < dim; ++i)
      {
        is_linear[i] = !std::isfinite(space.tail_index[space.is_radial ? 0 : i]);
        center[i]    = space.center[i];
        for (unsigned int j = 0; j < dim; ++j)
          scale[i][j] = space.scale[i][j];
      }
    inverse_scale = invert(scale);
    log_scale     = std::log(determinant(scale));
  }

  template <int dim>
  bool
  CoordinateMap<dim>::is_identity() const
  {
    return kind == Kind::identity;
  }

  template <int dim>
  bool
  CoordinateMap<dim>::has_groups() const
  {
    return !group_sizes.empty();
  }

  template <int dim>
  double
  CoordinateMap<dim>::log_volume_factor(const Point<dim> &x) const
  {
    return dynkin::log_volume_factor(group_sizes, x);
  }

  template <int dim>
  Tensor<1, dim>
  CoordinateMap<dim>::log_volume_gradient(const Point<dim> &x) const
  {
    return dynkin::log_volume_gradient(group_sizes, x);
  }

  template <int dim>
  Point<dim>
  CoordinateMap<dim>::to_space(const Point<dim> &y) const
  {
    if (kind == Kind::identity)
      return y;
    Tensor<1, dim> t = y;
    if (kind == Kind::coordinate_wise)
      {
        for (unsigned int i = 0; i < dim; ++i)
          if (!is_linear[i])
            t[i] = std::sinh(y[i]);
      }
    else if (!is_linear[0])
      t *= sinh_over(y.norm());
    return center + scale * t;
  }

  template <int dim>
  Point<dim>
  CoordinateMap<dim>::to_mesh(const Point<dim> &x) const
  {
    if (kind == Kind::identity)
      return x;
    Tensor<1, dim> t = inverse_scale * (x - center);
    if (kind == Kind::coordinate_wise)
      {
        for (unsigned int i = 0; i < dim; ++i)
          if (!is_linear[i])
            t[i] = std::asinh(t[i]);
      }
    else if (!is_linear[0] && t.norm() > 0.)
      t *= std::asinh(t.norm()) / t.norm();
    return Point<dim>(t);
  }

  template <int dim>
  Tensor<2, dim>
  CoordinateMap<dim>::inverse_jacobian(const Point<dim> &y) const
  {
    Tensor<2, dim> J = unit_symmetric_tensor<dim>();
    if (kind == Kind::identity)
      return J;
    if (kind == Kind::coordinate_wise)
      {
        for (unsigned int i = 0; i < dim; ++i)
          if (!is_linear[i])
            J[i][i] = 1. / std::cosh(y[i]);
      }
    else if (!is_linear[0])
      {
        // (s 1 + q y y^T)^-1 with s = sinh r/r, s + q r^2 = cosh r
        const double r = y.norm(), s = sinh_over(r);
        J = (J - sinh_over_slope(r) / std::cosh(r) *
                   outer_product(Tensor<1, dim>(y), Tensor<1, dim>(y))) /
            s;
      }
    return J * inverse_scale;
  }

  template <int dim>
  double
  CoordinateMap<dim>::log_determinant(const Point<dim> &y) const
  {
    double result = log_scale;
    if (has_groups())
      result += log_areas + log_volume_factor(to_space(y));
    if (kind == Kind::coordinate_wise)
      {
        for (unsigned int i = 0; i < dim; ++i)
          if (!is_linear[i])
            result += log_cosh(y[i]);
      }
    else if (kind == Kind::radial && !is_linear[0])
      result += log_cosh(y.norm()) + (dim - 1) * std::log(sinh_over(y.norm()));
    return result;
  }

  template class CoordinateMap<1>;
  template class CoordinateMap<2>;
  template class CoordinateMap<3>;
} // namespace dynkin
