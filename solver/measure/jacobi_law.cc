// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "measure/jacobi_law.h"

#include <algorithm>
#include <array>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr unsigned int largest_sum = 100;
    constexpr unsigned int window      = 6; // coefficients that are small together
    constexpr unsigned int lanes       = 8; // places at a time: a recurrence waits for itself

    double
    coordinate(const JacobiLaw::Place &place)
    {
      return place.from_left < place.from_right ? place.from_left - 1. : 1. - place.from_right;
    }
  } // namespace

  JacobiLaw::Polynomials::Polynomials(const double a, const double b)
    : a(a)
    , b(b)
  {
    const double c = a + b;
    log_norm =
      (c + 1.) * std::log(2.) + std::lgamma(a + 1.) + std::lgamma(b + 1.) - std::lgamma(c + 2.);
    // s P_k = beta_(k+1) P_(k+1) + alpha_k P_k + beta_k P_(k-1)
    double beta = 0., alpha = (b - a) / (c + 2.);
    double next = 2. / (c + 2.) * std::sqrt((a + 1.) * (b + 1.) / (c + 3.));
    for (unsigned int k = 1; k < largest_sum; ++k)
      {
        steps.push_back({1. / next, alpha / next, beta / next});
        const double n = k + 1.;
        alpha          = (b - a) * c / ((2. * k + c) * (2. * k + c + 2.));
        beta           = next;
        next           = 2. / (2. * n + c) *
               std::sqrt(n * (n + a) * (n + b) * (n + c) / ((2. * n + c - 1.) * (2. * n + c + 1.)));
      }
  }

  void
  JacobiLaw::Polynomials::evaluate(const Place &place, std::vector<double> &P) const
  {
    const double s = coordinate(place);
    P[0]           = 1.;
    for (unsigned int k = 0; k + 1 < P.size(); ++k)
      P[k + 1] =
        (steps[k].slope * s - steps[k].shift) * P[k] - (k > 0 ? steps[k].back * P[k - 1] : 0.);
  }

  void
  JacobiLaw::Polynomials::add_expectations(std::vector<double> &places,
                                           std::vector<double> &masses,
                                           std::vector<double> &sums) const
  {
    places.resize(lanes, 0.);
    masses.resize(lanes, 0.);
    std::array<double, lanes> s, last = {}, P;
    for (unsigned int j = 0; j < lanes; ++j)
      {
        s[j] = places[j];
        P[j] = masses[j];
      }
    for (unsigned int k = 0;; ++k)
      {
        double sum = 0.;
        for (unsigned int j = 0; j < lanes; ++j)
          sum += P[j];
        sums[k] += sum;
        if (k + 1 == sums.size())
          break;
        for (unsigned int j = 0; j < lanes; ++j)
          {
            const double next =
              (steps[k].slope * s[j] - steps[k].shift) * P[j] - steps[k].back * last[j];
            last[j] = P[j];
            P[j]    = next;
          }
      }
    places.clear();
    masses.clear();
  }

  double
  JacobiLaw::Polynomials::weight(const Place &place) const
  {
    return std::exp(a * std::log(place.from_right) + b * std::log(place.from_left) - log_norm);
  }

  double
  JacobiLaw::Polynomials::norm_over(const Polynomials &other) const
  {
    return std::exp(0.5 * (log_norm - other.log_norm));
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
    std::vector<double> places, masses;
    sampler.for_each(density, [&](const Sample<dim> &sample) {
      places.push_back(coordinate(place(sample.x)));
      masses.push_back(sample.mass);
      if (places.size() == lanes)
        polynomials.add_expectations(places, masses, coefficients);
    });
    polynomials.add_expectations(places, masses, coefficients);
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
    const double        weight = of_integrals.weight(place) * of_integrals.norm_over(polynomials);
    std::vector<double> Q(coefficients.size() - 1);
    of_integrals.evaluate(place, Q);
    std::vector<double> terms = {boost::math::ibeta(a + 1., b + 1., 0.5 * place.from_right)};
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
