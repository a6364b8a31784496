// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_sampling_path_score_h
#define dynkin_sampling_path_score_h

#include "sampling/path_sampler.h"

namespace dynkin
{
  /**
   * Scores of how near a path is to leaving, for splitting, which is unbiased with any: minus the distance from the nearest
   * wall, and minus the logarithm of the natural weight, a quasi-potential, where the model has one in closed form.
   */
  template <int dim>
  std::vector<std::unique_ptr<PathScore<dim>>>
  create_scores(const ModelParameters &model, const LaneWalls<dim> &walls);

  /** ((x - c)^T M (x - c))^(1/2), that is rho of an ellipsoid. */
  template <int dim>
  std::unique_ptr<PathScore<dim>>
  create_radius_score(const ShellWalls<dim> &ellipsoid);
} // namespace dynkin

#endif
