// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_sampling_lane_coefficients_h
#define dynkin_sampling_lane_coefficients_h

#include "model/model_parameters.h"
#include "sampling/path_lanes.h"

#include <memory>

namespace dynkin
{
  /** Drift and diffusion at the places of many paths. */
  template <int dim>
  class LaneCoefficients
  {
  public:
    virtual ~LaneCoefficients() = default;

    /**
     * b and a at x of the first n lanes; those that have left may get anything. Throws InputError where a is
     * not positive definite.
     */
    virtual void
    evaluate(const unsigned int n, PathLanes<dim> &lanes) const = 0;
  };

  /**
   * Those of a model: by its numbers where they are quadratic in x, else by its formulas, compiled. With
   * Model/group sizes a_kl = alpha_k delta_kl + eta m_kl r_k r_l, see model/groups.h.
   */
  template <int dim>
  std::unique_ptr<LaneCoefficients<dim>>
  create_lane_coefficients(const ModelParameters &parameters);
} // namespace dynkin

#endif
