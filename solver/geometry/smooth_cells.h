// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_geometry_smooth_cells_h
#define dynkin_geometry_smooth_cells_h

#include <deal.II/base/point.h>
#include <deal.II/grid/tria.h>

#include <functional>
#include <vector>

namespace dynkin
{
  /**
   * The smallest scaled Jacobian of a cell: over its vertices, the determinant of the edges
   * there divided by their lengths. 1 for a rectangle, <= 0 for an inverted cell.
   */
  template <int dim>
  double
  scaled_jacobian(const std::vector<dealii::Point<dim>> &vertices,
                  const dealii::CellData<dim>           &cell);

  /**
   * Moves vertices, one after the other, wherever that raises the smallest scaled Jacobian of
   * the cells around one that is below `wanted`; project(v, x) is the place for vertex v next
   * to x, on the wall if it is on one. Returns the smallest scaled Jacobian of all cells.
   */
  template <int dim>
  double
  smooth_cells(std::vector<dealii::Point<dim>>                                     &vertices,
               const std::vector<dealii::CellData<dim>>                            &cells,
               const std::function<dealii::Point<dim>(const unsigned int,
                                                      const dealii::Point<dim> &)> &project,
               const double                                                         wanted);
} // namespace dynkin

#endif
