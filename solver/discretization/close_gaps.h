// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_discretization_close_gaps_h
#define dynkin_discretization_close_gaps_h

#include <deal.II/dofs/dof_handler.h>
#include <deal.II/fe/mapping_q_cache.h>
#include <deal.II/lac/affine_constraints.h>

namespace dynkin
{
  /**
   * Initialises the cache with the nodes of MappingQ, without gaps between cells. The
   * unknowns of `nodes` are those of one FE_Q element of the mapping's degree.
   *
   * Curved cells on both sides of a face may disagree about where its nodes are: at a
   * hanging one, and in three dimensions where only one of them is curved all over. Keeps
   * one position for each node, moves those of finer cells to the coarser one's face, as
   * the constraints of a finite-element function would, and lets other lines, faces and
   * the inside of cells follow by transfinite interpolation of the displacements (W. J.
   * Gordon, C. A. Hall 1973): without that the cells lose their smoothness, and high
   * orders are lost with it.
   */
  template <int dim>
  void
  initialize_without_gaps(dealii::MappingQCache<dim>              &cache,
                          const dealii::DoFHandler<dim>           &nodes,
                          const dealii::AffineConstraints<double> &hanging_nodes);
} // namespace dynkin

#endif
