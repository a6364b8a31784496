// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_problem_dual_weighted_residual_h
#define dynkin_problem_dual_weighted_residual_h

#include "problem/occupation_density.h"

namespace dynkin
{
  /**
   * The contributions of the cells to the error of exit times f at points (a goal
   * J with J(f) = S, the scale of f), relative to S, by a richer space on the same
   * cells, with hats: with the occupation density G of the goal,
   *
   *   J(f^ - f) = B(f^ - f, G^ - I G^)  <=  sum_K |f^ - f|_K |G^ - I G^|_K,
   *
   * I the interpolation to the poorer space and |.|_K the energy norm of the form
   * on a cell. Both factors are formed from deficits (S - f)/S, which are accurate
   * to rounding relative to themselves, so that a constant of 1e200 in f and in G
   * does no harm. Moments beyond the first add their own first factor. To these come
   * the differences of int_K w G and of B_K(f, I G) as computed in the two spaces,
   * which differ in quadrature and geometry.
   *
   * R. Becker, R. Rannacher, Acta Numerica 10 (2001).
   */
  template <int dim>
  dealii::Vector<float>
  dual_weighted_residuals(const ExitTime<dim>          &exit_time,
                          const ExitTime<dim>          &richer,
                          const OccupationDensity<dim> &dual,
                          const unsigned int            n_moments);

  /**
   * The same for functions f given by their deficits in the two spaces, (poor, rich);
   * int w G matters only where they have a load.
   */
  template <int dim>
  dealii::Vector<float>
  dual_weighted_residuals(const ExitTime<dim>                                          &exit_time,
                          const ExitTime<dim>                                          &richer,
                          const OccupationDensity<dim>                                 &dual,
                          const std::vector<std::pair<const Vector *, const Vector *>> &deficits,
                          const bool                                                    has_load);

  /** The largest difference in each cell, at the nodes of the richer of two spaces on the same cells. */
  template <int dim>
  dealii::Vector<float>
  largest_differences(const GeneratorForm<dim> &form,
                      const Vector             &v,
                      const GeneratorForm<dim> &richer,
                      const Vector             &better);
} // namespace dynkin

#endif
