// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_problem_mean_velocity_h
#define dynkin_problem_mean_velocity_h

#include "measure/compared_densities.h"
#include "parameters/parameters.h"
#include "utilities/result.h"

namespace dynkin
{
  /**
   * lim X_i(t)/t = E[b_i] [length/time] in the stationary state, the drift in Ito's convention,
   * for coordinates i with periodic walls, where paths are counted round after round: "mean
   * velocity", one number (null for other coordinates) and one error estimate a coordinate.
   * Empty without periodic walls.
   */
  template <int dim>
  Result
  mean_velocity(const Parameters             &parameters,
                const Model<dim>             &model,
                const ComparedDensities<dim> &densities);
} // namespace dynkin

#endif
