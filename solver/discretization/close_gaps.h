// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_discretization_close_gaps_h
#define dynkin_discretization_close_gaps_h

#include <deal.II/fe/mapping_q_cache.h>

namespace dynkin
{
  /**
   * Curved cells on both sides of a hanging face disagree about where it is. Moves the
   * nodes of the finer cells to the coarser one's face, as the constraints of a
   * finite-element function would, and the other lines, faces and insides of the finer
   * cells with them, by transfinite interpolation of the displacements: without that
   * the cells are folded where a wall is strongly curved, and high orders are lost.
   */
  template <int dim>
  void
  close_gaps(dealii::MappingQCache<dim> &cache, const dealii::Triangulation<dim> &tria);
} // namespace dynkin

#endif
