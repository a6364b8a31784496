// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_radial_exit_time_h
#define dynkin_theory_radial_exit_time_h

#include "model/model_parameters.h"

namespace dynkin
{
  /**
   * Mean exit time f(r) [time] of the isotropic Ornstein-Uhlenbeck process from
   * a ball of radius R about its centre, in any number of dimensions d: the
   * model `decoupled` with rho_i = 0 and all h_i = h, all sigma_i = sigma;
   * r = |x - w*|. With k = h/(eta sigma),
   *
   *   1/2 eta sigma (f'' + (d-1)/r f') - h r f' = -1,   f'(0) = 0,   f(R) = 0,
   *   f(r) = int_r^R 2/(eta sigma) y^(1-d) e^(k y^2) int_0^y z^(d-1) e^(-k z^2) dz dy
   *        = 1/(2 eta sigma) sum_{n >= 0} k^n (R^(2n+2) - r^(2n+2)) / ((n+1) (d/2)_(n+1)),
   *
   * (a)_n = a (a+1) .. (a+n-1). The series has positive terms only; its first
   * one is Brownian motion, (R^2 - r^2)/(d eta sigma). About k R^2 + 10 sqrt(k R^2)
   * terms are summed, up to f of about 1e4900; const and thread-safe.
   *
   * Source: the scale and speed densities of the radial part, Karlin and Taylor,
   * A Second Course in Stochastic Processes (1981), chapter 15.
   *
   * The constructor throws std::domain_error for any other model, R <= 0, and f
   * out of range. Slightly beyond R, where a polynomially mapped mesh may have
   * its outermost points, value() is the analytic continuation (negative).
   */
  class RadialExitTime
  {
  public:
    RadialExitTime(const ModelParameters &model, const double radius);

    /** log f(r), finite where f is beyond the range of a double; -infinity at r = R. */
    double
    log_value(const double r) const;

    /** f(r) [time]; infinity if it is beyond the range of a double. */
    double
    value(const double r) const;

    /** df/dr [time/length]. */
    double
    derivative(const double r) const;

  private:
    long double
    exact_value(const double r) const;

    double      radius;
    long double half_dimension; // d/2
    long double noise;          // eta sigma [length^2/time]
    long double k;              // h/(eta sigma) [1/length^2]
  };
} // namespace dynkin

#endif
