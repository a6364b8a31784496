// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "measure/gauss_polynomial.h"

#include <deal.II/base/quadrature_lib.h>

#include <utility>

namespace dynkin
{
  namespace
  {
    /** P_0(x) ... P_(n-1)(x) by their recurrence. */
    template <typename Visit>
    void
    for_each_legendre(const unsigned int n, const double x, const Visit &visit)
    {
      double before = 0., P = 1.;
      for (unsigned int k = 0; k < n; ++k)
        {
          visit(k, P);
          before = std::exchange(P, ((2 * k + 1) * x * P - k * before) / (k + 1));
        }
    }

    /** int_0^t of all but c_0. */
    double
    integral_without_mean(const std::vector<double> &c, const double t)
    {
      const double x   = 2. * t - 1.;
      double       sum = 0., derivative = 0., before = 0.; // P_k' = x P_(k-1)' + k P_(k-1)
      for_each_legendre(c.size(), x, [&](const unsigned int k, const double P) {
        if (k > 0)
          {
            derivative = x * derivative + k * before;
            sum += c[k] * derivative / (k * (k + 1));
          }
        before = P;
      });
      return -2. * t * (1. - t) * sum;
    }
  } // namespace

  double
  LegendreSeries::value(const double t) const
  {
    double sum = 0.;
    for_each_legendre(
      c.size(), 2. * t - 1., [&](const unsigned int k, const double P) { sum += c[k] * P; });
    return sum;
  }

  double
  LegendreSeries::below(const double t) const
  {
    return c[0] * t + integral_without_mean(c, t);
  }

  double
  LegendreSeries::above(const double t) const
  {
    return c[0] * (1. - t) - integral_without_mean(c, t);
  }

  GaussPolynomial::GaussPolynomial(const unsigned int n)
    : legendre(n)
  {
    const dealii::QGauss<1> quadrature(n);
    for (unsigned int j = 0; j < n; ++j)
      {
        nodes.push_back(quadrature.point(j)[0]);
        weights.push_back(quadrature.weight(j));
        for_each_legendre(n, 2. * nodes[j] - 1., [&](const unsigned int k, const double P) {
          legendre[k].push_back((2 * k + 1) * P * weights[j]);
        });
      }
  }

  unsigned int
  GaussPolynomial::size() const
  {
    return nodes.size();
  }

  double
  GaussPolynomial::node(const unsigned int j) const
  {
    return nodes[j];
  }

  double
  GaussPolynomial::weight(const unsigned int j) const
  {
    return weights[j];
  }

  LegendreSeries
  GaussPolynomial::through(const std::vector<double> &values) const
  {
    LegendreSeries series{std::vector<double>(nodes.size(), 0.)};
    for (unsigned int k = 0; k < nodes.size(); ++k)
      for (unsigned int j = 0; j < nodes.size(); ++j)
        series.c[k] += legendre[k][j] * values[j];
    return series;
  }

  std::vector<double>
  GaussPolynomial::factors(const double t) const
  {
    std::vector<double> result(nodes.size(), 0.);
    for_each_legendre(nodes.size(), 2. * t - 1., [&](const unsigned int k, const double P) {
      for (unsigned int j = 0; j < nodes.size(); ++j)
        result[j] += legendre[k][j] * P;
    });
    return result;
  }
} // namespace dynkin
