// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_measure_current_h
#define dynkin_measure_current_h

#include "measure/sampler.h"

namespace dynkin
{
  /** The probability current J = w (c u - 1/2 a grad u) of a stationary density p = w u. */
  struct CurrentSummary
  {
    /** |J|^2 = 2 int J . a^-1 J / p, the rate at which entropy is produced [1/time]. */
    double entropy_production = 0.;

    /**
     * |div J|/|J| with |div J|^2 = sum_i (int J . grad v_i)^2 / B(v_i, v_i), a discrete norm of
     * the dual of |v|^2 = int 1/2 p grad v . a grad v; v_i: the nodal functions of one
     * degree more than those for which it vanishes. Both are 0 for reversible models, where J = 0.
     */
    double divergence = 0.;
  };

  template <int dim>
  CurrentSummary
  summarise_current(const GeneratorForm<dim> &form,
                    const Sampler<dim>       &sampler,
                    const Field<dim>         &density);
} // namespace dynkin

#endif
