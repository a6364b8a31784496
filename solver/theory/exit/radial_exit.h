// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_exit_radial_exit_h
#define dynkin_theory_exit_radial_exit_h

#include "theory/exit/exit_moments.h"

namespace dynkin
{
  /**
   * Moments f_n(r) = E tau^n [time^n] of the time at which an isotropic diffusion
   * leaves the ball |x - w*| < R, r = |x - w*|, in any number of dimensions d:
   * drift -h x, diffusion matrix alpha(r) I + gamma(r) x x^T,
   *
   *   1/2 (alpha + gamma r^2) f_n'' + (1/2 alpha (d-1)/r - h r) f_n' = -n f_{n-1},
   *   f_n'(0) = f_n(R) = 0,   f_0 = 1,
   *   f_n(r) = int_r^R y^(1-d) e^phi(y) int_0^y 2 n f_{n-1} z^(d-1) e^-phi(z) / a(z) dz dy,
   *
   * a = alpha + gamma r^2 and phi as in ScalarDiffusion, which also has the
   * source and the list of models. All terms are positive: full relative
   * accuracy at all r, for values up to about 1e4900. const and thread-safe.
   *
   * The constructors throw std::domain_error for R <= 0, other models, values
   * out of range (d beyond about 500 is) and coefficients that cannot be
   * resolved. Slightly beyond R, where a polynomially mapped mesh may have its
   * outermost points, f_n is the analytic continuation (negative for n = 1).
   */
  class RadialExit
  {
  public:
    RadialExit(const ScalarDiffusion &diffusion,
               const double           radius,
               const unsigned int     n_moments = 1);

    RadialExit(const ModelParameters &model, const double radius, const unsigned int n_moments = 1);

    /** log f_1(r), finite where f_1 is beyond the range of a double; -infinity at r = R. */
    double
    log_value(const double r) const;

    /** f_1(r) [time]; infinity if it is beyond the range of a double. */
    double
    value(const double r) const;

    /** df_1/dr [time/length]. */
    double
    derivative(const double r) const;

    /**
     * f_1(r), and f_1'(r)/r, by which x - w* is multiplied in its gradient, for all r,
     * interpolated, which is many times as fast: to 1e-13 (of f_1 around r) and 1e-11.
     */
    PanelInterpolant
    interpolated_value() const;
    PanelInterpolant
    interpolated_slope() const;

    /** log f_n(r), 1 <= n <= n_moments. */
    double
    log_moment(const unsigned int n, const double r) const;

    /** f_n(r) [time^n]. */
    double
    moment(const unsigned int n, const double r) const;

  private:
    long double
    checked(const double r) const;
    /** f_1'(r)/r [time/length^2]. */
    long double
    slope(const long double r) const;

    double      radius;
    ExitMoments moments;
  };
} // namespace dynkin

#endif
