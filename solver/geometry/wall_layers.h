// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_geometry_wall_layers_h
#define dynkin_geometry_wall_layers_h

#include <deal.II/grid/tria.h>

#include <map>
#include <vector>

namespace dynkin
{
  /**
   * Thickness of the layers along some walls, by boundary id, relative to the
   * distance from the centre of the domain to the wall (to its tangential plane).
   */
  using WallLayers = std::map<dealii::types::boundary_id, double>;

  /**
   * Thickness of flat cells that resolve exp(-s/thickness), from the wall inwards
   * to about half the way to the centre: a few e-foldings each, growing. Empty if the
   * layer is too thick to need them. All relative to the distance to the centre.
   */
  std::vector<double>
  layer_sizes(const double thickness);

  /** Shells of the unit ball, the outermost first, cut at further radii, in increasing order. */
  std::vector<double>
  cut_shells(const std::vector<double> &shells, const std::vector<double> &radii);

  /**
   * The unit ball, or its part with all x_i >= 0: the cells of hyper_ball_balanced inside
   * shells of the given thickness, the outermost first.
   */
  template <int dim>
  void
  create_layered_ball(const std::vector<double>  &shells,
                      const bool                  orthant,
                      dealii::Triangulation<dim> &triangulation);
} // namespace dynkin

#endif
