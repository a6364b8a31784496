// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_exit_exit_time_1d_h
#define dynkin_theory_exit_exit_time_1d_h

#include "theory/exit/exit_moments.h"

namespace dynkin
{
  /**
   * Exit of the 1-D Ito diffusion dX = b dt + sqrt(a) dB from (left, right): the
   * mean exit time T(x) [time], 1/2 a T'' + b T' = -1, its higher moments, and
   * the side where X leaves, in closed form with the scale density S' = e^phi,
   * phi = -int 2b/a, and the speed density m = 2 e^-phi/a:
   *
   *   T(x) = [ (S(r) - S(x)) int_l^x (S(y) - S(l)) m dy
   *          + (S(x) - S(l)) int_x^r (S(r) - S(y)) m dy ] / (S(r) - S(l)),
   *   P(X leaves at r) = (S(x) - S(l)) / (S(r) - S(l));
   *
   * ExitMoments has the moments and the reflecting ends. Full relative accuracy
   * (of phi, at worst) up to the ends, for values up to about 1e4900; an
   * evaluation costs some microseconds, is const and thread-safe.
   *
   * Throws std::domain_error for an empty interval, coefficients that cannot be
   * resolved (singular, or a <= 0), T out of range, a side to leave by when an
   * end reflects, and x outside [left, right] by more than rounding.
   */
  class ExitTime1D
  {
  public:
    using Function = ScalarDiffusion::Function;

    /** General diffusion: phi(x) up to a constant, and a(x) > 0, analytic on [left, right]. */
    ExitTime1D(const Function     &phi,
               const Function     &a,
               const double        left,
               const double        right,
               const ReflectingEnd reflecting_end = ReflectingEnd::none,
               const unsigned int  n_moments      = 1);

    /** The same, by a ScalarDiffusion with dimension = 1. */
    ExitTime1D(const ScalarDiffusion &diffusion,
               const double           left,
               const double           right,
               const ReflectingEnd    reflecting_end = ReflectingEnd::none,
               const unsigned int     n_moments      = 1);

    /** Model `decoupled`: phi = h/(eta rho) log(1 + rho z^2/sigma), a = eta (sigma + rho z^2). */
    ExitTime1D(const ModelParameters &model,
               const double           left,
               const double           right,
               const ReflectingEnd    reflecting_end = ReflectingEnd::none,
               const unsigned int     n_moments      = 1);

    /** log T(x), finite where T is beyond the range of a double; -infinity at absorbing ends. */
    double
    log_value(const double x) const;

    /** T(x) [time]; infinity if it is beyond the range of a double. */
    double
    value(const double x) const;

    /** dT/dx [time/length]. */
    double
    derivative(const double x) const;

    /** log E tau^n, 1 <= n <= n_moments. */
    double
    log_moment(const unsigned int n, const double x) const;

    /** E tau^n [time^n]. */
    double
    moment(const unsigned int n, const double x) const;

    /** P(X leaves at the right end), and at the left one: each has full relative accuracy. */
    double
    probability_of_right_end(const double x) const;
    double
    probability_of_left_end(const double x) const;

    /** T(x) and dT/dx for all x, interpolated, which is many times as fast. */
    PanelInterpolant
    interpolated_value() const;
    PanelInterpolant
    interpolated_derivative() const;

  private:
    /** x, at most rounding outside, moved into [left, right]. */
    long double
    inside(const double x) const;

    /** The scale integrals on both sides of x. */
    ScaleSpeedTable::Sides
    absorbing_sides(const double x) const;

    long double   left, right;
    ReflectingEnd reflecting_end;
    ExitMoments   moments;
  };
} // namespace dynkin

#endif
