// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_tests_unit_radial_series_h
#define dynkin_tests_unit_radial_series_h

#include <cmath>

/**
 * Mean exit time of the isotropic Ornstein-Uhlenbeck process, drift -h x and
 * diffusion matrix noise I, from the ball |x| < R in R^d, by a power series
 * with positive terms, k = h/noise:
 *
 *   f(r) = 1/(2 noise) sum_{n >= 0} k^n (R^(2n+2) - r^(2n+2)) / ((n+1) (d/2)_(n+1)).
 */
class RadialSeries
{
public:
  RadialSeries(const unsigned int d, const double h, const double noise, const double R)
    : half_d(0.5L * d)
    , noise(noise)
    , k(h / this->noise)
    , R(R)
  {
  }

  long double
  value(const long double r) const
  {
    const long double ratio      = r * r / (R * R);
    long double       sum        = 0.;
    long double       power      = 1. / half_d;                 // (k R^2)^n / (d/2)_(n+1)
    long double       complement = (R - r) * (R + r) / (R * R); // 1 - ratio^(n+1)
    for (unsigned int n = 0; n < k * R * R || std::abs(power * complement) > 1e-22L * std::abs(sum);
         ++n)
      {
        sum += power * complement / (n + 1);
        power *= k * R * R / (half_d + n + 1);
        complement = (R - r) * (R + r) / (R * R) + ratio * complement;
      }
    return sum * R * R / (2. * noise);
  }

  long double
  derivative(const long double r) const
  {
    const long double s    = k * r * r;
    long double       sum  = 0.;
    long double       term = 1. / half_d; // s^n / (d/2)_(n+1)
    for (unsigned int n = 0; n <= s || term > 1e-22L * sum; ++n)
      {
        sum += term;
        term *= s / (half_d + n + 1);
      }
    return -sum * r / noise;
  }

private:
  long double half_d, noise, k, R;
};

#endif
