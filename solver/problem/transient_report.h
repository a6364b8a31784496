// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_problem_transient_report_h
#define dynkin_problem_transient_report_h

#include "measure/sampler.h"
#include "parameters/parameters.h"
#include "utilities/result.h"

#include <optional>

namespace dynkin
{
  /** Mean and covariance of a density, nothing where they are infinite. */
  template <int dim>
  Record
  mean_and_covariance(const Parameters   &parameters,
                      const Sampler<dim> &sampler,
                      const Field<dim>   &density);

  /**
   * On the whole space the largest error of the second moments at time t about w*, relative to
   * E|z|^2, against the exponential of their closed linear system (ClosedMoments); otherwise,
   * or if they are infinite, nothing.
   */
  template <int dim>
  std::optional<double>
  second_moment_error(const Parameters   &parameters,
                      const Sampler<dim> &sampler,
                      const Field<dim>   &density,
                      const double        t);

  /** W2 to the stationary law at a time; not finite if there is none. */
  struct TimeDistance
  {
    double time, W2;
  };

  /**
   * The decay of W2 to the stationary law, a line fitted to its logarithm over all times > 0, beside
   * the rates of synchronous coupling and of the paper (Ergodicity). Nothing if there is no W2.
   */
  Result
  contraction_report(const ModelParameters &model, const std::vector<TimeDistance> &distances);
} // namespace dynkin

#endif
