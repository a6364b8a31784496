// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "measure/jacobi_law.h"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr unsigned int largest_sum = 100;
    constexpr unsigned int window      = 6; // coefficients that are small together
  }                                         // namespace

  JacobiLaw::Polynomials::Polynomials(const double a, const double b)
    : a(a)
    , b(b)
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
  }

  void
  JacobiLaw::Polynomials::evaluate(const Place &place, std::vector<double> &P) const
  {
    const double s =
      place.from_left < place.from_right ? place.from_left - 1. : 1. - place.from_right;
    P[0] = first;
    for (unsigned int k = 0; k + 1 < P.size(); ++k)
      P[k + 1] = ((s - alpha[k]) * P[k] - (k > 0 ? beta[k] * P[k - 1] : 0.)) / beta[k + 1];
  }

  double
  JacobiLaw::Polynomials::weight(const Place &place) const
  {
    return std::exp(a * std::log(place.from_right) + b * std::log(place.from_left));
  }

  template <int dim>
  JacobiLaw::JacobiLaw(const Sampler<dim>                             &sampler,
                       const Field<dim>                               &density,
                       const std::function<Place(const Point<dim> &)> &place,
                       const double                                    a,
                       const double                                    b)
    : a(a)
    , b(b)
    , polynomials(a, b)
    , of_integrals(a + 1., b + 1.)
    , coefficients(largest_sum)
  {
    std::vector<double> P(largest_sum);
    sampler.for_each(density, [&](const Sample<dim> &sample) {
      polynomials.evaluate(place(sample.x), P);
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

  JacobiLaw::Value
  JacobiLaw::sum(const std::vector<double> &terms) const
  {
    const unsigned int  n = coefficients.size();
    std::vector<double> sums(1, 0.);
    for (unsigned int k = 0; k < n; ++k)
      sums.push_back(sums.back() + coefficients[k] * terms[k]);
    double truncation = 0.;
    for (const unsigned int left_out : {(n + 7) / 8, (n + 3) / 4, (3 * n + 7) / 8, (n + 1) / 2})
      truncation = std::max(truncation, std::abs(sums[n] - sums[n - left_out]));
    return {sums[n], truncation};
  }

  JacobiLaw::Value
  JacobiLaw::density(const Place &place) const
  {
    const double        weight = polynomials.weight(place);
    std::vector<double> terms(coefficients.size());
    polynomials.evaluate(place, terms);
    for (double &term : terms)
      term *= weight;
    return sum(terms);
  }

  JacobiLaw::Value
  JacobiLaw::above(const Place &place) const
  {
    if (!(place.from_right > 0.))
      return {0., 0.};
    // c_0 P_0 is the share of the normalised weight, times c_0 / P_0
    const double        weight = of_integrals.weight(place);
    std::vector<double> P(1), Q(coefficients.size() - 1);
    polynomials.evaluate(place, P);
    of_integrals.evaluate(place, Q);
    std::vector<double> terms = {boost::math::ibeta(a + 1., b + 1., 0.5 * place.from_right) / P[0]};
    for (unsigned int k = 1; k < coefficients.size(); ++k)
      terms.push_back(weight * Q[k - 1] / std::sqrt(k * (k + a + b + 1.)));
    return sum(terms);
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
