// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_discretization_resolve_start_h
#define dynkin_discretization_resolve_start_h

#include "discretization/mesh.h"
#include "theory/density/initial_law.h"

namespace dynkin
{
  /**
   * Halves the cells that a normal law at time 0 reaches until no node there is farther from the next
   * than half a standard deviation, in the direction where that is smallest; farther away, where the
   * law comes later and wider, in proportion to the distance. A coarser mesh does not see a
   * point. Nothing to do for stationary laws.
   */
  template <int dim>
  void
  resolve_start(Mesh<dim> &mesh, const StartParameters &start, const unsigned int degree);

  /**
   * Halves cells of an interval towards its reported points: the law of an exit from a point next
   * to a wall begins on the scale of their distance.
   */
  void
  resolve_points(Mesh<1>                                &mesh,
                 const std::vector<std::vector<double>> &points,
                 const unsigned int                      degree);
} // namespace dynkin

#endif
