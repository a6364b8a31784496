// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_app_density_moments_h
#define dynkin_app_density_moments_h

#include "app/parameters.h"
#include "output/sampler.h"

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
} // namespace dynkin

#endif
