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
    /** Sides of the cells about the centre and of the next ones, and how they grow from there. */
    struct Grading
    {
      double core, next, growth;
    };

    /** In three dimensions these are the cells to be used, in others they are refined. */
    template <int dim>
    Grading
    grading(const bool is_radial)
    {
      return dim < 3     ? Grading{4., 4., 1.5}
             : is_radial ? Grading{1.5, 1., 1.25}
                         : Grading{1.3, 1.6, 1.25};
    }

    /**
     * Sides of cells from 0 to L that grow, because the law is a power (in y an exponential)
     * out there; the first ones resolve its branch point at y = i pi/2. Gaussian laws: one cell,
     * in three dimensions two.
     */
    template <int dim>
    std::vector<double>
    graded_sizes(const double L, const double tail_index, const bool is_radial)
    {
      if (!std::isfinite(tail_index))
        return dim < 3 ? std::vector<double>{L} : std::vector<double>{0.5 * L, 0.5 * L};
      Grading g = grading<dim>(is_radial);
      if (dim == 3 && L < 3. * g.core)
        g = {L / 3., L / 3. * g.next / g.core, g.growth};
      std::vector<double> sizes = {g.core};
      double              total = 0.;
      for (double size = g.next; total < L - g.core - 0.5 * g.next; size *= g.growth)
        {
          sizes.push_back(size);
          total += size;
        }
      if (sizes.size() == 1)
        return {L};
      for (std::size_t i = 1; i < sizes.size(); ++i)
        sizes[i] *= (L - g.core) / total;
      return sizes;
    }
  } // namespace

  template <int dim>
  void
  create_whole_space_mesh(const WholeSpace   &space,
                          const bool          is_orthant,
                          Triangulation<dim> &triangulation)
  {
    if constexpr (dim > 1)
      if (space.is_radial)
        {
          const double        L      = space.reach[0];
          std::vector<double> shells = graded_sizes<dim>(L, space.tail_index[0], true);
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
        sizes.push_back(graded_sizes<dim>(space.reach[i], space.tail_index[i], false));
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
