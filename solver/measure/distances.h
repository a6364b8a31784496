// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_measure_distances_h
#define dynkin_measure_distances_h

#include "measure/sampler.h"

namespace dynkin
{
  /** How far a density p is from another one q. */
  struct Distances
  {
    double L1          = 0.; // int |p - q|
    double chi_squared = 0.; // int (p - q)^2/q
    double entropy     = 0.; // int p log(p/q), where p > 0 (Kullback-Leibler)
  };

  /** Both live on the discretization of the sampler. */
  template <int dim>
  Distances
  distances(const Sampler<dim> &sampler, const Field<dim> &p, const Field<dim> &q);

  /**
   * W2 on the line: W2^2 = int (x - T(x))^2 p(x) dx, where T takes the quantiles of p to those
   * of q; with the part beyond the mesh of the whole space (for_each_tail()).
   */
  double
  wasserstein_distance(const Sampler<1> &sampler, const Field<1> &p, const Field<1> &q);
} // namespace dynkin

#endif
