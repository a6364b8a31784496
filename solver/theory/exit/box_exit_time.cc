// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/exit/box_exit_time.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace dynkin
{
  namespace
  {
    constexpr unsigned int n_polynomials    = 216;    // for short times, next to walls
    constexpr long double  good             = 1e-8L;  // more polynomials are not needed
    constexpr long double  largest_error    = 1e-6L;  // relative; beyond the value is refused
    constexpr long double  sure             = 1e-12L; // this much is always stated
    constexpr long double  quadrature_error = 1e-13L;

    using Estimate = SurvivalCurve::Estimate;

    Estimate
    product(const std::vector<SurvivalCurve> &curves, const long double t)
    {
      long double value = 1., bound = 1.;
      for (const SurvivalCurve &curve : curves)
        {
          const Estimate factor = curve.estimate(t);
          value *= factor.value;
          bound *= std::min(1.L, factor.value + factor.uncertainty);
        }
      return {value, bound - value};
    }
  } // namespace

  BoxExitTime::BoxExitTime(const ModelParameters     &model,
                           const std::vector<double> &lower,
                           const std::vector<double> &upper)
    : model(model)
    , lower(lower)
    , upper(upper)
  {
    const unsigned int d = model.center.size();
    if (d == 0 || lower.size() != d || upper.size() != d)
      throw std::domain_error("The exit time from a box needs corners of the model's dimension.");
    for (unsigned int i = 0; i < d; ++i)
      laws.emplace_back(coordinate_diffusion(model, i), lower[i], upper[i]);
  }

  const std::vector<ExitLaw> &
  BoxExitTime::finer_laws() const
  {
    std::call_once(is_finer, [&]() {
      for (unsigned int i = 0; i < laws.size(); ++i)
        finer.emplace_back(
          coordinate_diffusion(model, i), lower[i], upper[i], ReflectingEnd::none, n_polynomials);
    });
    return finer;
  }

  std::vector<SurvivalCurve>
  BoxExitTime::starting_at(const std::vector<ExitLaw> &laws, const std::vector<double> &x) const
  {
    if (x.size() != laws.size())
      throw std::domain_error("The exit time from a box needs points of the model's dimension.");
    std::vector<SurvivalCurve> curves;
    for (unsigned int i = 0; i < x.size(); ++i)
      curves.push_back(laws[i].starting_at(x[i]));
    return curves;
  }

  double
  BoxExitTime::log_value(const std::vector<double> &x) const
  {
    return std::log(moment(1, x));
  }

  double
  BoxExitTime::value(const std::vector<double> &x) const
  {
    return moment(1, x);
  }

  long double
  BoxExitTime::moment(const unsigned int n, const std::vector<double> &x) const
  {
    return estimate(n, x).value;
  }

  SurvivalCurve::Estimate
  BoxExitTime::estimate(const unsigned int n, const std::vector<double> &x) const
  {
    Estimate result = estimate(laws, n, x);
    if (!(result.uncertainty <= good * result.value))
      result = estimate(finer_laws(), n, x);
    if (!(result.uncertainty <= largest_error * result.value))
      throw std::domain_error("The exit time from the box is not resolved to 6 digits.");
    return result;
  }

  SurvivalCurve::Estimate
  BoxExitTime::estimate(const std::vector<ExitLaw> &laws,
                        const unsigned int          n,
                        const std::vector<double>  &x) const
  {
    const std::vector<SurvivalCurve> curves = starting_at(laws, x);
    const auto                       first =
      std::min_element(curves.begin(), curves.end(), [](const auto &one, const auto &other) {
        return one.certain_time() < other.certain_time();
      });
    const unsigned int i = std::distance(curves.begin(), first);
    const ExitMoments  moments(
      coordinate_diffusion(model, i), lower[i], upper[i], ReflectingEnd::none, n);
    const long double alone = moments.value(n, x[i]);
    if (curves.size() == 1)
      return {alone, sure * alone};

    long double start = std::numeric_limits<long double>::infinity();
    for (const SurvivalCurve &curve : curves)
      if (&curve != &*first)
        start = std::min(start, curve.certain_time());
    const Estimate    rest = first->tail_moment(n, start), tail = tail_moment(n, curves, start);
    const long double result = (alone - rest.value) + tail.value;
    const long double uncertainty =
      rest.uncertainty + tail.uncertainty + 1e-17L * alone + sure * result;
    return {result, uncertainty};
  }

  Estimate
  BoxExitTime::tail_moment(const unsigned int                n,
                           const std::vector<SurvivalCurve> &curves,
                           const long double                 start) const
  {
    const long double time_unit = 1.L / rate();
    // beyond these ends the integrand is below 1e-30 of its size
    const long double first = -4.L, last = std::log(100.L + 10.L * n);

    Estimate    sum  = {0.L, 0.L};
    long double step = 0., previous = 0., change = 0.;
    for (unsigned int n_steps = 32; n_steps <= 4096; n_steps *= 2)
      {
        step = (last - first) / n_steps;
        // halving the step adds the odd points
        for (unsigned int i = 1; i < n_steps; i += (n_steps == 32 ? 1 : 2))
          {
            const long double u       = first + i * step;
            const long double elapsed = time_unit * std::exp(u - std::exp(-u));
            const long double t       = start + elapsed;
            const long double weight  = n * std::pow(t, n - 1.L) * elapsed * (1.L + std::exp(-u));
            const Estimate    probability = product(curves, t);
            sum.value += weight * probability.value;
            sum.uncertainty += weight * probability.uncertainty;
          }
        change   = std::abs(sum.value * step - previous);
        previous = sum.value * step;
        if (change <= quadrature_error * previous)
          break;
      }
    return {previous, sum.uncertainty * step + change};
  }

  double
  BoxExitTime::survival(const double t, const std::vector<double> &x) const
  {
    double result = 1.;
    for (const SurvivalCurve &curve : starting_at(laws, x))
      result *= curve.value(t);
    return result;
  }

  long double
  BoxExitTime::rate() const
  {
    long double sum = 0.;
    for (const ExitLaw &law : laws)
      sum += law.rate();
    return sum;
  }
} // namespace dynkin
