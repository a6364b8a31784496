// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_geometry_box_mesh_h
#define dynkin_geometry_box_mesh_h

#include <deal.II/grid/tria.h>

#include "geometry/wall_layers.h"

#include <vector>

namespace dynkin
{
  /**
   * Nearly cubic cells, flat ones in layers along walls; for every axis cut where further faces
   * are to be. The boundary ids are 2 i and 2 i + 1.
   */
  template <int dim>
  void
  create_box_mesh(const dealii::Point<dim>               &lower,
                  const dealii::Point<dim>               &upper,
                  const bool                              is_orthant,
                  const WallLayers                       &layers,
                  const std::vector<std::vector<double>> &faces,
                  dealii::Triangulation<dim>             &triangulation);
} // namespace dynkin

#endif
