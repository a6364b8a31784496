// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_chain_kesten_index_h
#define dynkin_chain_kesten_index_h

#include <functional>
#include <optional>
#include <vector>

namespace dynkin
{
  /**
   * How a chain grows where it is far out, |z'|^2/|z|^2 = P^2 + c Y, with P and c functions of one random variable w
   * and Y ~ chi^2_k independent. Its stationary law has the tail P(|z| > R) ~ R^-s with the index s > 0 for which
   *
   *   E (P^2 + c Y)^(s/2) = 1,
   *
   * if there is one (H. Kesten, Acta Math. 131, 1973): expectations are finite for smaller powers only.
   */
  struct FarStep
  {
    std::function<double(const double)> P, c;
    std::function<double(const double)> log_density; // of w
    std::vector<double>                 zeros;       // of P
    double                              k = 0.;      // integer >= 0
    double lower, middle; // no w is below; most are near the middle, within 1 or so

    /** SGD by mini-batches of B samples in R^d, a = eta s/B: w^2 = X ~ chi^2_B, P = 1 - a X, c = a^2 X. */
    static FarStep
    of_mini_batches(const double B, const double d, const double a);

    /** Euler's chain in R^d with z' = (m + along w) z, across it across |z| times Gaussians; w ~ N(0, 1). */
    static FarStep
    of_gaussians(const double m, const double along, const double across, const double d);
  };

  /** The index and an error estimate, from panels of two widths. */
  struct KestenIndex
  {
    double value, error;
  };

  /** None if there is no such power from 0.01 to 1e4: the noise is bounded, or there is no stationary law. */
  std::optional<KestenIndex>
  kesten_index(const FarStep &step);
} // namespace dynkin

#endif
