// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_density_initial_law_h
#define dynkin_theory_density_initial_law_h

#include "model/model_parameters.h"

#include <limits>
#include <string>
#include <vector>

namespace dealii
{
  class ParameterHandler;
}

namespace dynkin
{
  /** The law at time 0 of a transient density; subsection `Start`. */
  struct StartParameters
  {
    std::string         law           = "stationary"; // Start/law: stationary | gaussian | point
    double              learning_rate = 0.; // Start/learning rate of the stationary law, > 0
    std::vector<double> mean;               // Start/mean, default: Model/center [length]
    Matrix              covariance;         // Start/covariance of the Gaussian [length^2]
    double              width = 0.;         // Start/width of a point, mollified [length]

    /** On the whole space: the smallest tail index at any time, and is int p^2/q finite at the end q? */
    double tail_index            = std::numeric_limits<double>::infinity();
    bool   chi_squared_is_finite = true;
    /** Or so large that only far tails of the start count? */
    bool chi_squared_is_resolved = true;

    void
    add_parameters(dealii::ParameterHandler &prm);

    /** Completes mean and covariance (width^2 1 of a point). Throws InputError. */
    void
    check(const ModelParameters &model);

    /**
     * The learning rate whose stationary law has tails at least as heavy as the start and
     * the end: that of the reference weight.
     */
    double
    weight_eta(const ModelParameters &model) const;

    /** Logarithm of the Gaussian density at x. */
    double
    log_gaussian(const std::vector<double> &x) const;

    std::string
    description() const;
  };
} // namespace dynkin

#endif
