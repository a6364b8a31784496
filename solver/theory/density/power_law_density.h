// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_density_power_law_density_h
#define dynkin_theory_density_power_law_density_h

#include "model/model_parameters.h"
#include "theory/density/power_law_factor.h"

#include <vector>

namespace dynkin
{
  /**
   * Stationary density of the model `decoupled`, paper (3.6) in each coordinate:
   *
   *   p(x) = prod_i (1 + rho_i (x_i - w*_i)^2/sigma_i)^kappa_i / Z,
   *   kappa_i = -1 - h_i/(eta rho_i),
   *
   * on R^d, or on a bounded domain with reflecting walls. There the density is
   * the restriction, renormalised: the probability current of p vanishes
   * everywhere, hence also through any wall. Any number of dimensions; a ball
   * is meant for d <= 3 (its normalisation costs O(50^(d-1)) chords).
   *
   * Points outside the domain get the value of the same formula. All functions
   * are const, cheap and thread-safe. Building one throws std::domain_error
   * for another model, wrong sizes or an empty domain.
   */
  class PowerLawDensity
  {
  public:
    /** On R^d. */
    explicit PowerLawDensity(const ModelParameters &model);

    /** On the box lower_i < x_i < upper_i (an interval for d = 1). */
    static PowerLawDensity
    restricted_to_box(const ModelParameters     &model,
                      const std::vector<double> &lower,
                      const std::vector<double> &upper);

    /** On the ball |x - center| < radius; its centre need not be the model's. */
    static PowerLawDensity
    restricted_to_ball(const ModelParameters     &model,
                       const std::vector<double> &center,
                       const double               radius);

    /** log p(x) [log length^-d]. */
    double
    log_value(const std::vector<double> &x) const;

    /** p(x) [length^-d]. */
    double
    value(const std::vector<double> &x) const;

    /** grad p(x) [length^-d-1]. */
    std::vector<double>
    gradient(const std::vector<double> &x) const;

    /** log Z [log length^d]: the integral over the domain of the density normalised to 1 at w*. */
    double
    log_normalisation() const;

    /** The law of coordinate i on R^d: cdf, quantiles, moments, tail index. */
    const PowerLawFactor &
    factor(const unsigned int i) const;

  private:
    /**
     * log of the integral of the first n factors over the ball of the given
     * centre (relative to w*) and radius in R^n: 1-D masses of chords, integrated
     * over s = radius sin(theta), theta in (-pi/2, pi/2), one coordinate at a time.
     */
    double
    log_ball_mass(const unsigned int         n,
                  const std::vector<double> &center,
                  const double               radius) const;

    void
    require_size(const std::vector<double> &x) const;

    std::vector<double>         w_star;
    std::vector<PowerLawFactor> factors;
    double                      log_Z;
  };
} // namespace dynkin

#endif
