// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_measure_density_moments_h
#define dynkin_measure_density_moments_h

#include "measure/compared_densities.h"
#include "parameters/parameters.h"
#include "utilities/result.h"

#include <Eigen/Core>

namespace dynkin
{
  /**
   * int z^alpha p for all |alpha| = order, z = x - w*, in the numbering of Monomials; on the
   * whole space with the part beyond the mesh (for_each_tail()). Infinite moments are
   * infinite: all entries of an order that is not below the tail index.
   */
  template <int dim>
  Eigen::VectorXd
  density_moments(const Parameters   &parameters,
                  const Sampler<dim> &sampler,
                  const Field<dim>   &density,
                  const unsigned int  order);

  /**
   * Mean, covariance and fourth moments about w* with their error estimates; infinite ones are
   * null, with the reason. Beyond the end L of the mesh of the whole space lies a part
   * exp(-(alpha - m) L) of a moment of order m, which is known only roughly where a current
   * meets the end: the difference between both meshes is extrapolated accordingly. Of groups, moments of the radii and
   * the mean loss E 1/2 v^T H v.
   */
  template <int dim>
  Record
  compared_moments(const Parameters &parameters, const ComparedDensities<dim> &densities);
} // namespace dynkin

#endif
