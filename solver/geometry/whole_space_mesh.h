// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_geometry_whole_space_mesh_h
#define dynkin_geometry_whole_space_mesh_h

#include <deal.II/grid/tria.h>

#include "domain/whole_space.h"

namespace dynkin
{
  /**
   * The coarse mesh in the coordinates y of the whole space, a box or a ball or its part with all
   * y_i >= 0: cells that grow outside of a core.
   */
  template <int dim>
  void
  create_whole_space_mesh(const WholeSpace           &space,
                          const bool                  is_orthant,
                          dealii::Triangulation<dim> &triangulation);
} // namespace dynkin

#endif
