// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "geometry/whole_space_mesh.h"

#include <deal.II/grid/grid_generator.h>
#include <deal.II/grid/grid_tools.h>
#include <deal.II/grid/manifold_lib.h>

#include <algorithm>
#include <cmath>

#include "geometry/wall_layers.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    /**
     * Sides of cells from 0 to L: up to `core`, then growing, because the law is a power (in y
     * an exponential) out there. Gaussian laws: one cell.
     */
    std::vector<double>
    graded_sizes(const double L, const double core, const double tail_index)
    {
      std::vector<double> sizes = {L};
      if (!std::isfinite(tail_index) || L <= 1.5 * core)
        return sizes;
      sizes        = {core};
      double total = 0.;
      for (double size = core; total < L - 1.5 * core; size *= 1.5)
        {
          sizes.push_back(size);
          total += size;
        }
      for (std::size_t i = 1; i < sizes.size(); ++i)
        sizes[i] *= (L - core) / total;
      return sizes;
    }
  } // namespace

  template <int dim>
  void
  create_whole_space_mesh(const WholeSpace   &space,
                          const bool          is_orthant,
                          Triangulation<dim> &triangulation)
  {
    constexpr double core = 4.;
    if constexpr (dim > 1)
      if (space.is_radial)
        {
          const double        L      = space.reach[0];
          std::vector<double> shells = graded_sizes(L, core, space.tail_index[0]);
          shells.erase(shells.begin());
          std::reverse(shells.begin(), shells.end());
          for (double &shell : shells)
            shell /= L;
          create_layered_ball(shells, is_orthant, triangulation);
          GridTools::scale(L, triangulation);
          triangulation.set_manifold(0, SphericalManifold<dim>());
          return;
        }
    std::vector<std::vector<double>> sizes;
    for (unsigned int i = 0; i < dim; ++i)
      {
        sizes.push_back(graded_sizes(space.reach[i], core, space.tail_index[i]));
        if (!is_orthant)
          {
            const std::vector<double> half = sizes[i];
            sizes[i].insert(sizes[i].begin(), half.rbegin(), half.rend());
          }
      }
    Point<dim> upper;
    for (unsigned int i = 0; i < dim; ++i)
      upper[i] = space.reach[i];
    GridGenerator::subdivided_hyper_rectangle(
      triangulation, sizes, is_orthant ? Point<dim>() : Point<dim>(-upper), upper, true);
  }

  template void
  create_whole_space_mesh<1>(const WholeSpace &, const bool, Triangulation<1> &);
  template void
  create_whole_space_mesh<2>(const WholeSpace &, const bool, Triangulation<2> &);
  template void
  create_whole_space_mesh<3>(const WholeSpace &, const bool, Triangulation<3> &);
} // namespace dynkin
