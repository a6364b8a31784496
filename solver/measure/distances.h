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

  /**
   * All live on the discretization of the sampler. `q` has the weight of `p`, so that errors of the
   * two cancel in p - q; `far_q` is the same density in its own weight, which has its digits where q is
   * far smaller than p. On the whole space p^2/q is a power beyond the mesh, like
   * r^(-chi_squared_decay - 1) by coordinate (for_each_tail()).
   */
  template <int dim>
  Distances
  distances(const Sampler<dim>        &sampler,
            const Field<dim>          &p,
            const Field<dim>          &q,
            const Field<dim>          &far_q,
            const std::vector<double> &chi_squared_decay);

  /**
   * W2 on the line: W2^2 = int (x - T(x))^2 p(x) dx, where T takes the quantiles of p to those
   * of q; with the part beyond the mesh of the whole space (for_each_tail()).
   */
  double
  wasserstein_distance(const Sampler<1> &sampler, const Field<1> &p, const Field<1> &q);
} // namespace dynkin

#endif
