// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_chain_log_bessel_h
#define dynkin_chain_log_bessel_h

#include <array>
#include <map>

namespace dynkin
{
  /**
   * log of 2 K_nu(z), the integral of e^(nu v - z cosh v) over all v, for any real nu and z > 0 without over- or
   * underflow: what the largest term leaves is interpolated in log z (Chebyshev), from the trapezoidal rule, which
   * converges exponentially. K_nu is a modified Bessel function of the second kind.
   */
  class LogBessel
  {
  public:
    using Real = long double;

    explicit LogBessel(const double nu);

    Real
    operator()(const double z) const;

  private:
    static constexpr unsigned int n_chebyshev = 16;

    /** The same without its largest term. */
    double
    log_width(const double z) const;

    const double nu;
    mutable std::map<int, std::array<double, n_chebyshev>>
      widths; // coefficients, by panels of log z
  };
} // namespace dynkin

#endif
