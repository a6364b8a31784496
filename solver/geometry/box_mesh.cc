// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "geometry/box_mesh.h"

#include <deal.II/grid/grid_generator.h>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    /** Sides of the cells of a box in one direction, from -x to +x. */
    std::vector<double>
    cell_sizes(const double               length,
               const double               typical,
               const std::vector<double> &left,
               const std::vector<double> &right)
    {
      const double inner = length - std::accumulate(left.begin(), left.end(), 0.) -
                           std::accumulate(right.begin(), right.end(), 0.);
      const unsigned int n =
        static_cast<unsigned int>(std::clamp(std::round(inner / typical), 1., 100.));
      std::vector<double> sizes = left;
      sizes.insert(sizes.end(), n, inner / n);
      sizes.insert(sizes.end(), right.rbegin(), right.rend());
      return sizes;
    }

    /** Cuts the cell that holds the distance from the first end. */
    void
    cut_cell(double distance, std::vector<double> &sizes)
    {
      for (auto size = sizes.begin(); size != sizes.end(); distance -= *size++)
        if (distance < *size)
          {
            constexpr double none = 1e-6; // of a cell: there is a face
            if (distance > none * *size && *size - distance > none * *size)
              {
                *size -= distance;
                sizes.insert(size, distance);
              }
            return;
          }
    }
  } // namespace

  template <int dim>
  void
  create_box_mesh(const Point<dim>                       &lower,
                  const Point<dim>                       &upper,
                  const bool                              is_orthant,
                  const WallLayers                       &layers,
                  const std::vector<std::vector<double>> &faces,
                  Triangulation<dim>                     &triangulation)
  {
    double shortest = upper[0] - lower[0];
    for (unsigned int i = 1; i < dim; ++i)
      shortest = std::min(shortest, upper[i] - lower[i]);
    // of an interval isotropic refinement is as good
    const auto sizes_at = [&](const unsigned int wall) {
      std::vector<double> sizes;
      if (layers.count(wall) > 0 && !(is_orthant && wall % 2 == 0))
        sizes = layer_sizes(layers.at(wall));
      for (double &size : sizes)
        size *= (is_orthant ? 1. : 0.5) * (upper[wall / 2] - lower[wall / 2]);
      return sizes;
    };
    std::vector<std::vector<double>> sizes;
    for (unsigned int i = 0; i < dim; ++i)
      sizes.push_back(
        cell_sizes(upper[i] - lower[i], shortest, sizes_at(2 * i), sizes_at(2 * i + 1)));
    for (unsigned int i = 0; i < faces.size(); ++i)
      for (const double face : faces[i])
        cut_cell(face - lower[i], sizes[i]);
    GridGenerator::subdivided_hyper_rectangle(triangulation, sizes, lower, upper, true);
  }

#define INSTANTIATE(dim)                                                       \
  template void create_box_mesh<dim>(const Point<dim> &,                       \
                                     const Point<dim> &,                       \
                                     const bool,                               \
                                     const WallLayers &,                       \
                                     const std::vector<std::vector<double>> &, \
                                     Triangulation<dim> &);
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
