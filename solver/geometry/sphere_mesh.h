// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_geometry_sphere_mesh_h
#define dynkin_geometry_sphere_mesh_h

#include <deal.II/base/point.h>
#include <deal.II/grid/tria.h>

#include <vector>

namespace dynkin
{
  /** A sphere that is a wall: of a hole, or the outer one of a ball. */
  template <int dim>
  struct SphereWall
  {
    dealii::Point<dim>         center;
    double                     radius;
    dealii::types::boundary_id id;
    bool                       is_outer = false;
  };

  /**
   * Coarse mesh of a box, or of a ball, without some balls. A tensor product grid, fine next
   * to small balls, loses the cells that come close to a sphere; each face of the rest and
   * its image on the sphere are joined by a cell. The faces of a box have the boundary ids
   * 0, 1, ... (-x, +x, -y, ...), spheres theirs and a spherical manifold of the same id.
   *
   * Several grids are tried; throws InputError for Domain/targets if none gives cells
   * whose Jacobians are positive with a margin.
   */
  template <int dim>
  void
  create_sphere_mesh(const dealii::Point<dim>           &lower,
                     const dealii::Point<dim>           &upper,
                     const std::vector<SphereWall<dim>> &spheres,
                     dealii::Triangulation<dim>         &triangulation);
} // namespace dynkin

#endif
