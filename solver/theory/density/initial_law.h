// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_density_initial_law_h
#define dynkin_theory_density_initial_law_h

#include "model/model_parameters.h"

#include <limits>
#include <string>
#include <vector>

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

    /** On the whole space: the smallest tail index at any time. */
    double tail_index = std::numeric_limits<double>::infinity();
    /** There p^2/q, q the density in the end, is like r^(-decay - 1) along coordinate i; at least 0: int p^2/q is infinite. */
    std::vector<double> chi_squared_decay;
    /** Or so large that only far tails of the start count? */
    bool chi_squared_is_resolved = true;

    bool
    chi_squared_is_finite() const;

    void
    add_parameters(EntryTable &table);

    /** Completes mean and covariance (width^2 1 of a point). Throws InputError. */
    void
    check(const ModelParameters &model);

    /**
     * The learning rate whose stationary law has tails at least as heavy as the start and
     * the end: that of the reference weight.
     */
    double
    weight_eta(const ModelParameters &model) const;

    /** Is p^2/q integrable where the end q is Gaussian along the axes: is the variance less than twice its? */
    bool
    is_narrow(const ModelParameters &model) const;

    /** Of a normal law, in any direction [length]. */
    double
    smallest_deviation() const;

    /** How many standard deviations x is from the mean of a normal law: |C^(-1/2) (x - mean)|. */
    double
    deviations(const std::vector<double> &x) const;

    /** Logarithm of the Gaussian density at x. */
    double
    log_gaussian(const std::vector<double> &x) const;

    std::string
    description() const;
  };
} // namespace dynkin

#endif
