// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_geometry_shapes_h
#define dynkin_geometry_shapes_h

#include <deal.II/grid/tria.h>

#include "geometry/domain_parameters.h"
#include "geometry/wall_layers.h"

#include <set>
#include <string>

namespace dynkin
{
  /**
   * Coarse mesh of the domain: intervals and boxes of nearly cubic cells, balls
   * of hyper_ball_balanced with a spherical manifold on the surface, ellipsoids
   * as their linear images, annuli of spherical shells, or the cells of a Gmsh
   * file; or of the orthant of a symmetric one; with targets those of create_sphere_mesh(). Balls, ellipsoids and boxes have flat cells along the walls where layers are
   * given. The wall wall_names()[k] has the boundary id wall_ids()[k].
   */
  template <int dim>
  void
  create_coarse_mesh(const DomainParameters     &domain,
                     dealii::Triangulation<dim> &triangulation,
                     const WallLayers           &layers = {});

  /** Boundary ids of all walls of a kind. */
  std::set<dealii::types::boundary_id>
  boundary_ids(const DomainParameters &domain,
               const unsigned int      dimension,
               const BoundaryKind      kind);

  /** The domain and its walls in words, e.g. "ball |v - (0, 0)| < 1; surface: absorbing". */
  std::string
  describe(const DomainParameters &domain, const unsigned int dimension);
} // namespace dynkin

#endif
