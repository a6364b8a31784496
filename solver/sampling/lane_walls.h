// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_sampling_lane_walls_h
#define dynkin_sampling_lane_walls_h

#include "domain/shape.h"
#include "sampling/path_lanes.h"

#include <algorithm>
#include <cmath>
#include <variant>

namespace dynkin
{
  /**
   * margin() is positive inside of the absorbing walls. shifted_margin() is not negative where a point is inside still
   * when they are moved inwards by sqrt(s n . a n), n the normal. reflect() takes a point that is beyond a reflecting
   * wall as far inside along the conormal a n, a of where the step began: that is a grad f . n = 0 (M. Bossy, E. Gobet,
   * D. Talay, J. Appl. Probab. 41, 2004). Without branches, for loops over paths.
   */
  template <int dim>
  struct BoxWalls
  {
    std::array<double, dim> lower, upper;               // [length]
    std::array<double, dim> lower_end, upper_end;       // of them those that absorb, else infinite
    std::array<double, dim> lower_mirror, upper_mirror; // that reflect

    [[gnu::always_inline]] inline void
    reflect(double *x, const double *a) const
    {
#pragma GCC unroll 8
      for (int i = 0; i < dim; ++i)
        {
          const double beyond =
            std::max(0., lower_mirror[i] - x[i]) - std::max(0., x[i] - upper_mirror[i]);
          const double part = 2. * beyond / a[symmetric_index<dim>(i, i)];
#pragma GCC unroll 8
          for (int j = 0; j < dim; ++j)
            x[j] += part * a[symmetric_index<dim>(i, j)];
        }
    }

    [[gnu::always_inline]] inline double
    margin(const double *x) const
    {
      double least = x[0] - lower_end[0];
#pragma GCC unroll 8
      for (int i = 0; i < dim; ++i)
        least = std::min(least, std::min(x[i] - lower_end[i], upper_end[i] - x[i]));
      return least;
    }

    [[gnu::always_inline]] inline double
    shifted_margin(const double *x, const double *a, const double s) const
    {
      double least = x[0] - lower_end[0];
#pragma GCC unroll 8
      for (int i = 0; i < dim; ++i)
        least = std::min(least,
                         std::min(x[i] - lower_end[i], upper_end[i] - x[i]) -
                           std::sqrt(s * a[symmetric_index<dim>(i, i)]));
      return least;
    }

    /** The nearest wall, or the one that a point outside is farthest beyond: 2 i and 2 i + 1. */
    unsigned int
    wall_of(const double *x) const
    {
      unsigned int wall  = 0;
      double       least = x[0] - lower_end[0];
      for (unsigned int i = 0; i < dim; ++i)
        for (unsigned int side = 0; side < 2; ++side)
          {
            const double distance = side == 0 ? x[i] - lower_end[i] : upper_end[i] - x[i];
            if (distance < least)
              {
                least = distance;
                wall  = 2 * i + side;
              }
          }
      return wall;
    }
  };

  /**
   * hole < rho < 1, rho^2 = (x - c)^T M (x - c): ball, ellipsoid, annulus. The level function 1 - rho has the
   * gradient -M (x - c)/rho, so that the distance from the wall along the normal is (1 - rho) rho/|M (x - c)|.
   */
  template <int dim>
  struct ShellWalls
  {
    std::array<double, dim>              center;
    std::array<double, n_symmetric<dim>> matrix;
    double                               hole; // < 0: none
    double outer_end, hole_end;                // rho of those that absorb, else infinite
    double outer_mirror, hole_mirror;          // that reflect

    [[gnu::always_inline]] inline void
    reflect(double *x, const double *a) const
    {
      double       y[dim], conormal[dim];
      const double rho    = std::sqrt(square(x, y));
      const double beyond = std::max(0., hole_mirror - rho) - std::max(0., rho - outer_mirror);
      double       along  = 1e-300;
#pragma GCC unroll 8
      for (int i = 0; i < dim; ++i)
        {
          conormal[i] = 0.;
#pragma GCC unroll 8
          for (int j = 0; j < dim; ++j)
            conormal[i] += a[symmetric_index<dim>(i, j)] * y[j];
          along += y[i] * conormal[i];
        }
#pragma GCC unroll 8
      for (int i = 0; i < dim; ++i)
        x[i] += 2. * beyond * rho / along * conormal[i];
    }

    /** rho^2; y = M (x - c). */
    [[gnu::always_inline]] inline double
    square(const double *x, double *y) const
    {
      double sum = 0.;
#pragma GCC unroll 8
      for (int i = 0; i < dim; ++i)
        {
          y[i] = 0.;
#pragma GCC unroll 8
          for (int j = 0; j < dim; ++j)
            y[i] += matrix[symmetric_index<dim>(i, j)] * (x[j] - center[j]);
          sum += y[i] * (x[i] - center[i]);
        }
      return sum;
    }

    [[gnu::always_inline]] inline double
    margin(const double *x) const
    {
      double       y[dim];
      const double rho = std::sqrt(square(x, y));
      return std::min(outer_end - rho, rho - hole_end);
    }

    [[gnu::always_inline]] inline double
    shifted_margin(const double *x, const double *a, const double s) const
    {
      double       y[dim];
      const double rho   = std::sqrt(square(x, y));
      double       along = 0.;
#pragma GCC unroll 8
      for (int i = 0; i < dim; ++i)
#pragma GCC unroll 8
        for (int j = 0; j < dim; ++j)
          along += y[i] * a[symmetric_index<dim>(i, j)] * y[j];
      return std::min(outer_end - rho, rho - hole_end) * rho - std::sqrt(s * along);
    }

    /** Of an annulus 0 is the inner wall, 1 the outer one. */
    unsigned int
    wall_of(const double *x) const
    {
      double       y[dim];
      const double rho = std::sqrt(square(x, y));
      return hole >= 0. && outer_end - rho < rho - hole_end ? 1 : 0;
    }
  };

  template <int dim>
  using LaneWalls = std::variant<BoxWalls<dim>, ShellWalls<dim>>;

  /** `reflects` by boundary id. Throws InputError for a shape that only its mesh knows. */
  template <int dim>
  LaneWalls<dim>
  create_lane_walls(const Shape &shape, const std::vector<bool> &reflects);
} // namespace dynkin

#endif
