// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "sampling/exit_places.h"

#include <boost/math/constants/constants.hpp>

#include <algorithm>
#include <cmath>

namespace dynkin
{
  namespace
  {
    template <int dim>
    std::array<double, dim>
    middle_of(const BoxWalls<dim> &walls)
    {
      std::array<double, dim> middle;
      for (unsigned int i = 0; i < dim; ++i)
        middle[i] = 0.5 * (walls.lower[i] + walls.upper[i]);
      return middle;
    }

    template <int dim>
    std::array<double, dim>
    middle_of(const ShellWalls<dim> &walls)
    {
      return walls.center;
    }
  } // namespace

  template <int dim>
  ExitPlaces<dim>::ExitPlaces(const PathLaw<dim> &law, const unsigned int n_walls)
    : middle(law.is_radial
               ? std::array<double, dim>{}
               : std::visit([](const auto &walls) { return middle_of(walls); }, law.walls))
    , first_angle(law.is_radial ? 0. : -boost::math::constants::pi<double>())
    , last_angle(law.is_radial ? 0.5 * boost::math::constants::pi<double>()
                               : boost::math::constants::pi<double>())
    , first_cosine(law.is_radial ? 0. : -1.)
    , n_angles(dim == 1        ? 0
               : dim == 3      ? (law.is_radial ? 3 : 12)
               : law.is_radial ? 18
                               : 36)
    , n_cosines(dim == 3 ? (law.is_radial ? 4 : 8) : 1)
    , counts(n_walls, std::vector<double>(n_angles * n_cosines, 0.))
  {
  }

  template <int dim>
  unsigned int
  ExitPlaces<dim>::bin_of(const double *x) const
  {
    double z[3] = {}, square = 0.;
    for (unsigned int i = 0; i < dim; ++i)
      {
        z[i] = x[i] - middle[i];
        square += z[i] * z[i];
      }
    const auto place = [](const double part, const unsigned int n) {
      return std::min(n - 1, static_cast<unsigned int>(std::max(0., part) * n));
    };
    const double angle  = std::atan2(z[1], z[0]);
    const double cosine = dim == 3 && square > 0. ? z[2] / std::sqrt(square) : 1.;
    return place((angle - first_angle) / (last_angle - first_angle), n_angles) +
           n_angles *
             (dim == 3 ? place((cosine - first_cosine) / (1. - first_cosine), n_cosines) : 0);
  }

  template <int dim>
  void
  ExitPlaces<dim>::add(const PathEnds &ends, const double maximum)
  {
    n_paths += static_cast<double>(ends.steps.size());
    if (n_angles > 0)
      for (std::size_t path = 0; path < ends.steps.size(); ++path)
        if (ends.steps[path] <= maximum)
          counts[ends.walls[path]][bin_of(&ends.places[dim * path])] += 1.;
  }

  template <int dim>
  std::vector<typename ExitPlaces<dim>::Bin>
  ExitPlaces<dim>::bins() const
  {
    std::vector<Bin> list;
    const auto       side =
      [](const double first, const double last, const unsigned int k, const unsigned int n) {
        return std::make_pair(first + (last - first) * k / n, first + (last - first) * (k + 1) / n);
      };
    for (unsigned int wall = 0; wall < counts.size(); ++wall)
      for (unsigned int k = 0; k < n_angles * n_cosines; ++k)
        {
          Bin bin = {wall,
                     {side(first_angle, last_angle, k % n_angles, n_angles)},
                     fraction(counts[wall][k], n_paths)};
          if (dim == 3)
            bin.sides.push_back(side(first_cosine, 1., k / n_angles, n_cosines));
          list.push_back(bin);
        }
    return list;
  }

  template class ExitPlaces<1>;
  template class ExitPlaces<2>;
  template class ExitPlaces<3>;
} // namespace dynkin
