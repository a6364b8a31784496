// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_measure_gauss_polynomial_h
#define dynkin_measure_gauss_polynomial_h

#include <vector>

namespace dynkin
{
  /** A polynomial g = sum_k c_k P_k(2t - 1) on [0, 1]. */
  struct LegendreSeries
  {
    std::vector<double> c;

    double
    value(const double t) const;

    /** int_0^t, and int_t^1: int P_k dx = -(1 - x^2) P_k'/(k (k + 1)), small next to both ends. */
    double
    below(const double t) const;
    double
    above(const double t) const;
  };

  /** The polynomial of degree n - 1 on [0, 1] through values at the n Gauss points. */
  class GaussPolynomial
  {
  public:
    explicit GaussPolynomial(const unsigned int n);

    unsigned int
    size() const;

    double
    node(const unsigned int j) const;

    double
    weight(const unsigned int j) const;

    LegendreSeries
    through(const std::vector<double> &values) const;

    /** Its value at t is sum_j factors(t)[j] values[j]. */
    std::vector<double>
    factors(const double t) const;

  private:
    std::vector<double>              nodes, weights;
    std::vector<std::vector<double>> legendre; // (2k + 1) P_k weight at node j, for each k
  };
} // namespace dynkin

#endif
