// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_measure_density_laws_h
#define dynkin_measure_density_laws_h

#include "measure/compared_densities.h"
#include "parameters/parameters.h"

#include "utilities/result.h"

namespace dynkin
{
  /**
   * Of a density on the whole space: P(|v - w*| > r) for Quantities/distances, "tail
   * probabilities", and for d > 1 the "marginals" at the coordinates of Quantities/points, each
   * with its error estimate. For d > 1 adds the table `marginals`, equidistant in the coordinates of
   * the mesh. Where the exponents of the tail in different directions differ, the tail
   * probabilities at large r converge slowly, as their estimates say. In the radii of groups the marginals are those
   * of the radii, for any number of groups, and the table `loss` has the law of 1/2 v^T H v.
   */
  template <int dim>
  Result
  density_laws(const Parameters &parameters, const ComparedDensities<dim> &densities);
} // namespace dynkin

#endif
