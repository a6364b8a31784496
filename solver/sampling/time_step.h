// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_sampling_time_step_h
#define dynkin_sampling_time_step_h

#include "sampling/path_sampler.h"

namespace dynkin
{
  /**
   * A time step h for paths of a diffusion, if none is given: with L the distance from the middle of the domain to
   * the nearest wall, and the largest diffusion a and drift b at some hundred places,
   *
   *   sqrt(a h) <= L/20,   |b| h <= L/50,   h b^2/a <= 1/50,
   *
   * the last because steps of length h change exponents of rare exits, about |b| L/a, by a part of |b| h/(2 L). Of a
   * radius the drift takes in a_kk (d_k - 1)/(2 r_k), r_k >= L/2.
   * Rounded down to 1, 2 or 5 times a power of 10.
   */
  template <int dim>
  double
  choose_time_step(const PathLaw<dim> &law, const std::vector<std::vector<double>> &points);
} // namespace dynkin

#endif
