// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_exit_brownian_ball_h
#define dynkin_theory_exit_brownian_ball_h

#include <vector>

namespace dynkin
{
  /**
   * Mean exit time of Brownian motion, dB scaled by sqrt(noise), from the ball
   * |x - c| < R in R^d: 1/2 noise Laplace f = -1, f = 0 on the sphere,
   *
   *   f(x) = (R^2 - |x - c|^2) / (d noise)     [time].
   *
   * It is the limit h -> 0 of the model `decoupled` with rho = 0, equal sigma
   * and noise = eta sigma; at finite h RadialExit is exact, and larger by
   * the factor 1 + h (R^2 + r^2) / ((d+2) eta sigma) + O(h^2).
   *
   * const and thread-safe. The constructor throws std::domain_error unless
   * radius, noise > 0 and d >= 1; the functions if a point has another d.
   */
  class BrownianBall
  {
  public:
    BrownianBall(const std::vector<double> &center, const double radius, const double noise);

    double
    value(const std::vector<double> &x) const;

    /** grad f [time/length]. */
    std::vector<double>
    gradient(const std::vector<double> &x) const;

  private:
    void
    require_size(const std::vector<double> &x) const;

    std::vector<double> center;
    double              radius;
    double              noise; // [length^2/time]
  };
} // namespace dynkin

#endif
