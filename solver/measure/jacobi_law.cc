// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "measure/jacobi_law.h"

#include <algorithm>
#include <boost/math/quadrature/tanh_sinh.hpp>
#include <cmath>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr unsigned int largest_sum = 100;
    constexpr unsigned int window      = 6; // coefficients that are small together
  }                                         // namespace

  template <int dim>
  JacobiLaw::JacobiLaw(const Sampler<dim>                             &sampler,
                       const Field<dim>                               &density,
                       const std::function<Place(const Point<dim> &)> &place,
                       const double                                    a,
                       const double                                    b)
    : a(a)
    , b(b)
    , coefficients(largest_sum)
  {
    const double c = a + b;
    const double log_norm =
      (c + 1.) * std::log(2.) + std::lgamma(a + 1.) + std::lgamma(b + 1.) - std::lgamma(c + 2.);
    first = std::exp(-0.5 * log_norm);
    alpha.push_back((b - a) / (c + 2.));
    beta.push_back(0.); // of no polynomial
    beta.push_back(2. / (c + 2.) * std::sqrt((a + 1.) * (b + 1.) / (c + 3.)));
    for (unsigned int k = 1; k < largest_sum; ++k)
      alpha.push_back((b - a) * c / ((2. * k + c) * (2. * k + c + 2.)));
    for (unsigned int k = 2; k < largest_sum; ++k)
      beta.push_back(
        2. / (2. * k + c) *
        std::sqrt(k * (k + a) * (k + b) * (k + c) / ((2. * k + c - 1.) * (2. * k + c + 1.))));

    std::vector<double> P(largest_sum);
    sampler.for_each(density, [&](const Sample<dim> &sample) {
      evaluate(place(sample.x), P);
      const double probability = sample.mass;
      for (unsigned int k = 0; k < largest_sum; ++k)
        coefficients[k] += probability * P[k];
    });
    Utilities::MPI::sum(ArrayView<const double>(coefficients.data(), coefficients.size()),
                        sampler.communicator(),
                        ArrayView<double>(coefficients.data(), coefficients.size()));

    unsigned int n        = 1;
    double       smallest = std::numeric_limits<double>::max();
    for (unsigned int k = 1; k + window <= largest_sum; ++k)
      {
        double largest = 0.;
        for (unsigned int j = k; j < k + window; ++j)
          largest = std::max(largest, std::abs(coefficients[j]));
        if (largest < 0.5 * smallest) // not for noise
          {
            smallest = largest;
            n        = k;
          }
      }
    coefficients.resize(n + window);
  }

  void
  JacobiLaw::evaluate(const Place &place, std::vector<double> &P) const
  {
    const double s =
      place.from_left < place.from_right ? place.from_left - 1. : 1. - place.from_right;
    P[0] = first;
    for (unsigned int k = 0; k + 1 < P.size(); ++k)
      P[k + 1] = ((s - alpha[k]) * P[k] - (k > 0 ? beta[k] * P[k - 1] : 0.)) / beta[k + 1];
  }

  double
  JacobiLaw::largest_change(const double                                     value,
                            const std::function<double(const unsigned int)> &sum) const
  {
    const unsigned int n       = coefficients.size();
    double             largest = 0.;
    for (const unsigned int left_out : {(n + 7) / 8, (n + 3) / 4, (3 * n + 7) / 8, (n + 1) / 2})
      largest = std::max(largest, std::abs(value - sum(n - left_out)));
    return largest;
  }

  double
  JacobiLaw::partial_sum(const Place &place, const unsigned int n) const
  {
    std::vector<double> P(n);
    double              sum = 0.;
    evaluate(place, P);
    for (unsigned int k = 0; k < n; ++k)
      sum += coefficients[k] * P[k];
    return std::exp(a * std::log(place.from_right) + b * std::log(place.from_left)) * sum;
  }

  JacobiLaw::Value
  JacobiLaw::density(const Place &place) const
  {
    const unsigned int n     = coefficients.size();
    const double       value = partial_sum(place, n);
    return {value,
            largest_change(value, [&](const unsigned int m) { return partial_sum(place, m); })};
  }

  JacobiLaw::Value
  JacobiLaw::above(const Place &place) const
  {
    const double length = place.from_right;
    if (!(length > 0.))
      return {0., 0.};
    boost::math::quadrature::tanh_sinh<double> quadrature;
    const auto                                 sum = [&](const unsigned int n) {
      // over the distance from s = 1; the complement is that from the nearer end, negative at 0
      return quadrature.integrate(
        [&](const double, const double complement) {
          const double from_right = complement > 0. ? length - complement : -complement;
          const double from_left = complement > 0. ? place.from_left + complement : 2. - from_right;
          return partial_sum({from_left, from_right}, n);
        },
        0.,
        length);
    };
    const unsigned int n     = coefficients.size();
    const double       value = sum(n);
    return {value, largest_change(value, sum)};
  }

#define INSTANTIATE(dim)                                                          \
  template JacobiLaw::JacobiLaw(const Sampler<dim> &,                             \
                                const Field<dim> &,                               \
                                const std::function<Place(const Point<dim> &)> &, \
                                const double,                                     \
                                const double);
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
