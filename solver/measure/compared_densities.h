// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_measure_compared_densities_h
#define dynkin_measure_compared_densities_h

#include "measure/sampler.h"

namespace dynkin
{
  /**
   * A density, and another one whose difference from it estimates the error: of a higher
   * degree (in space, on the whole space, a lower one), on the whole space on a mesh that ends later.
   */
  template <int dim>
  struct ComparedDensities
  {
    const Sampler<dim> &sampler;
    const Field<dim>    density;
    const Sampler<dim> &other_sampler;
    const Field<dim>    other;
    const double        defect; // of solver and quadrature, relative

    static constexpr double safety = 1.2; // of differences: the other one has errors, too
  };
} // namespace dynkin

#endif
