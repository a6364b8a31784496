// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_study_space_diffusion_h
#define dynkin_study_space_diffusion_h

#include "model/model.h"
#include "parameters/parameters.h"

#include <memory>
#include <optional>

namespace dynkin
{
  /**
   * Mean exit times of the diffusion from Quantities/points, by finite elements on meshes that are refined until the
   * estimates are below 1e-6, relative; nothing if they are not. `shape` is in place of that of the domain.
   */
  template <int dim>
  std::vector<std::optional<double>>
  exit_times_of_diffusion(const Parameters                   &parameters,
                          const Model<dim>                   &model,
                          const std::shared_ptr<const Shape> &shape);

  /**
   * The domain of a discrete chain with its walls moved outwards by 0.5826 |n . s| sqrt(eps): a ball, annulus or box
   * with noise of constant covariance, in a ball or annulus the same in all directions. Null for others, whose shift is not
   * the same along a wall, and where nothing of a hole would be left.
   */
  template <int dim>
  std::shared_ptr<const Shape>
  shifted_shape(const Parameters &parameters);
} // namespace dynkin

#endif
