// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/exit/eigenfunction_law.h"

#include <boost/math/quadrature/gauss.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

namespace dynkin
{
  namespace
  {
    constexpr long double tolerance = 1e-12L;

    bool
    agree(const long double one, const long double other)
    {
      return std::abs(one - other) <= tolerance * std::abs(other); // false for NaN
    }
  } // namespace

  SurvivalCurve::Estimate
  SurvivalCurve::estimate(const long double t) const
  {
    if (!(t >= 0.L))
      throw std::domain_error("The survival probability needs a time >= 0.");
    if (t <= certain)
      return {1.L, 0.L};
    const auto sum = [t](const Expansion &e) {
      return e.weights.dot((-t * e.eigenvalues.array()).exp().matrix());
    };
    const long double probability = sum(fine);
    const long double clamped     = std::clamp(probability, 0.L, 1.L);
    return {clamped, std::abs(sum(coarse) - probability) + std::abs(clamped - probability)};
  }

  SurvivalCurve::Estimate
  SurvivalCurve::tail_moment(const unsigned int n, const long double t) const
  {
    const auto integral = [=](const Expansion &e) {
      long double result = 0.;
      for (unsigned int k = 0; k < e.weights.size(); ++k)
        {
          // n! / lambda^n e^{-lambda t} sum_{j < n} (lambda t)^j / j!
          long double term = e.weights[k] * std::exp(-e.eigenvalues[k] * t), sum = term;
          for (unsigned int j = 1; j < n; ++j)
            sum += term *= e.eigenvalues[k] * t / j;
          result += std::tgamma(n + 1.L) * sum / std::pow(e.eigenvalues[k], n);
        }
      return result;
    };
    return {integral(fine), std::abs(integral(fine) - integral(coarse))};
  }

  long double
  SurvivalCurve::certain_time() const
  {
    return certain;
  }

  double
  SurvivalCurve::value(const double t) const
  {
    const Estimate probability = estimate(t);
    if (!(probability.uncertainty <= tolerance * probability.value))
      throw std::domain_error("The survival probability at time " + std::to_string(t) +
                              " is not resolved to 12 digits by the spectral expansion.");
    return probability.value;
  }

  ExitLaw::ExitLaw(const ScalarDiffusion &diffusion,
                   const double           left,
                   const double           right,
                   const ReflectingEnd    reflecting_end,
                   const unsigned int     least_polynomials)
    : diffusion(diffusion)
    , left(left)
    , right(right)
    , reflecting_end(reflecting_end)
  {
    try
      {
        slowest.emplace(diffusion, left, right, reflecting_end);
      }
    catch (const PrincipalMode::NotSettled &)
      {
      }
    const auto resolve = [&](const unsigned int n) {
      return std::make_shared<const SpectralModes>(diffusion, left, right, reflecting_end, n);
    };
    coarse = resolve(96);
    for (const unsigned int n : {144, 216, 324})
      {
        fine            = resolve(n);
        const auto &one = coarse->eigenvalues(), &other = fine->eigenvalues();
        const bool  is_first_known =
          slowest ? std::abs(other[0] - rate()) <= tolerance * other[1] : agree(one[0], other[0]);
        if (n >= least_polynomials && agree(one[1], other[1]) && is_first_known)
          return;
        coarse = fine;
      }
    throw std::domain_error("The spectrum of the exit problem is not resolved by 324 polynomials.");
  }

  ExitLaw
  ExitLaw::of_ball(const ScalarDiffusion &diffusion, const double radius)
  {
    return ExitLaw(diffusion, 0., radius, ReflectingEnd::left);
  }

  long double
  ExitLaw::rate() const
  {
    return slowest ? slowest->rate() : fine->eigenvalues()[0];
  }

  double
  ExitLaw::eigenvalue(const unsigned int k) const
  {
    if (k == 1)
      return rate();
    const unsigned int n = coarse->eigenvalues().size();
    if (k == 0 || k > n || !agree(coarse->eigenvalues()[k - 1], fine->eigenvalues()[k - 1]))
      throw std::domain_error("Eigenvalue " + std::to_string(k) + " is not resolved to 12 digits.");
    return fine->eigenvalues()[k - 1];
  }

  SurvivalCurve::Expansion
  ExitLaw::expansion(const SpectralModes &modes, const double x) const
  {
    SurvivalCurve::Expansion result{modes.eigenvalues(), modes.weights(x)};
    if (slowest)
      {
        result.eigenvalues[0] = slowest->rate();
        result.weights[0]     = slowest->weight(x);
      }
    return result;
  }

  long double
  ExitLaw::certain_time(const long double x, const long double wall) const
  {
    using Rule          = boost::math::quadrature::gauss<long double, 30>;
    const auto slowness = [&](const long double y) { return 1.L / std::sqrt(diffusion.a(y)); };
    const long double D = std::abs(Rule::integrate(slowness, x, wall));
    // 40 = -log 1e-17; the rest bounds the prefactor of exp(-D^2/(2t))
    long double exponent = 45.L + std::max(0.L, 0.5L * (diffusion.phi(x) - diffusion.phi(wall)));
    if (const unsigned int d = diffusion.dimension; d > 1)
      {
        // a power of 1/t, and the sphere's area against the flat one of radius D
        const long double flat = wall / (Rule::integrate(slowness, 0.L, wall) / slowness(0.L));
        exponent += 2.L * d + std::max(0.L, 0.5L * (d - 1) * std::log(flat));
      }
    return D * D / (2.L * exponent);
  }

  SurvivalCurve
  ExitLaw::starting_at(const double x) const
  {
    if (!(left <= x && x <= right))
      throw std::domain_error("The survival probability is asked for at x = " + std::to_string(x) +
                              ", outside the domain.");
    SurvivalCurve curve;
    curve.coarse  = expansion(*coarse, x);
    curve.fine    = expansion(*fine, x);
    curve.certain = std::numeric_limits<long double>::infinity();
    if (reflecting_end != ReflectingEnd::left)
      curve.certain = std::min(curve.certain, certain_time(x, left));
    if (reflecting_end != ReflectingEnd::right)
      curve.certain = std::min(curve.certain, certain_time(x, right));
    return curve;
  }

  double
  ExitLaw::survival(const double t, const double x) const
  {
    return starting_at(x).value(t);
  }
} // namespace dynkin
