// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "sampling/lane_walls.h"

#include "domain/annulus.h"
#include "domain/ball.h"
#include "domain/box.h"
#include "domain/ellipsoid.h"
#include "utilities/exceptions.h"

#include <limits>

namespace dynkin
{
  namespace
  {
    constexpr double no_wall = std::numeric_limits<double>::infinity();

    template <int dim>
    ShellWalls<dim>
    round_walls(const std::vector<double> &center,
                const double               radius,
                const double               hole,
                const std::vector<bool>   &reflects)
    {
      ShellWalls<dim> walls;
      std::copy_n(center.begin(), dim, walls.center.begin());
      walls.matrix.fill(0.);
      for (unsigned int i = 0; i < dim; ++i)
        walls.matrix[symmetric_index<dim>(i, i)] = 1. / (radius * radius);
      walls.hole         = hole;
      walls.outer_end    = reflects.back() ? no_wall : 1.;
      walls.outer_mirror = reflects.back() ? 1. : no_wall;
      walls.hole_end     = reflects.front() ? -no_wall : hole;
      walls.hole_mirror  = reflects.front() ? hole : -no_wall;
      return walls;
    }
  } // namespace

  template <int dim>
  LaneWalls<dim>
  create_lane_walls(const Shape &shape, const std::vector<bool> &reflects)
  {
    constexpr double none = -2.; // no rho is below
    if (const auto *box = shape.as<Box>())
      {
        BoxWalls<dim> walls;
        std::copy_n(box->lower.begin(), dim, walls.lower.begin());
        std::copy_n(box->upper.begin(), dim, walls.upper.begin());
        for (unsigned int i = 0; i < dim; ++i)
          {
            const bool at_lower = reflects[2 * i], at_upper = reflects[2 * i + 1];
            walls.lower_end[i]    = at_lower ? -no_wall : walls.lower[i];
            walls.lower_mirror[i] = at_lower ? walls.lower[i] : -no_wall;
            walls.upper_end[i]    = at_upper ? no_wall : walls.upper[i];
            walls.upper_mirror[i] = at_upper ? walls.upper[i] : no_wall;
          }
        return walls;
      }
    if (const auto *ball = shape.as<Ball>())
      return round_walls<dim>(ball->center, ball->radius, none, reflects);
    if (const auto *annulus = shape.as<Annulus>())
      return round_walls<dim>(annulus->center,
                              annulus->outer_radius,
                              annulus->inner_radius / annulus->outer_radius,
                              reflects);
    if (const auto *ellipsoid = shape.as<Ellipsoid>())
      {
        ShellWalls<dim> walls = round_walls<dim>(ellipsoid->center, 1., none, reflects);
        for (unsigned int i = 0; i < dim; ++i)
          for (unsigned int j = i; j < dim; ++j)
            walls.matrix[symmetric_index<dim>(i, j)] = ellipsoid->matrix[i][j];
        return walls;
      }
    throw InputError(
      "Domain/shape",
      "needs an interval, box, ball, ellipsoid or annulus for problem = monte carlo");
  }

  template LaneWalls<1>
  create_lane_walls<1>(const Shape &, const std::vector<bool> &);
  template LaneWalls<2>
  create_lane_walls<2>(const Shape &, const std::vector<bool> &);
  template LaneWalls<3>
  create_lane_walls<3>(const Shape &, const std::vector<bool> &);
} // namespace dynkin
