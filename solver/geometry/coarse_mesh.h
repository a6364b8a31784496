// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_geometry_coarse_mesh_h
#define dynkin_geometry_coarse_mesh_h

#include <deal.II/grid/tria.h>

#include "domain/domain_parameters.h"
#include "geometry/wall_layers.h"

namespace dynkin
{
  /**
   * Coarse mesh of the domain, or of its orthant if it is symmetric, by one overload for each
   * shape. Balls, ellipsoids and boxes have flat cells along the walls where layers are given.
   * The wall wall_names()[k] of the shape has the boundary id wall_ids()[k].
   */
  template <int dim>
  void
  create_coarse_mesh(const DomainParameters     &domain,
                     dealii::Triangulation<dim> &triangulation,
                     const WallLayers           &layers = {});
} // namespace dynkin

#endif
