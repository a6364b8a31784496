// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_problem_transient_report_h
#define dynkin_problem_transient_report_h

#include "measure/sampler.h"
#include "parameters/parameters.h"
#include "utilities/log.h"

#include <nlohmann/json.hpp>

namespace dynkin
{
  /** Mean and covariance of a density, null where they are infinite. */
  template <int dim>
  nlohmann::ordered_json
  mean_and_covariance(const Parameters   &parameters,
                      const Sampler<dim> &sampler,
                      const Field<dim>   &density);

  /**
   * On the whole space the largest error of the second moments at time t about w*, relative to
   * E|z|^2, against the exponential of their closed linear system (ClosedMoments); otherwise,
   * or if they are infinite, null.
   */
  template <int dim>
  nlohmann::ordered_json
  second_moment_error(const Parameters   &parameters,
                      const Sampler<dim> &sampler,
                      const Field<dim>   &density,
                      const double        t);

  /**
   * The decay of W2 to the stationary law, a line fitted to its logarithm over all times > 0, beside
   * the rates of synchronous coupling and of the paper (Ergodicity). Null if there is no W2.
   */
  nlohmann::ordered_json
  contraction_report(const ModelParameters        &model,
                     const nlohmann::ordered_json &snapshots,
                     const Log                    &log);
} // namespace dynkin

#endif
