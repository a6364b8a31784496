// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "chain/gaussian_step.h"

#include <boost/math/constants/constants.hpp>
#include <boost/math/quadrature/gauss.hpp>

#include <algorithm>
#include <cmath>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    using Real = Transition::Real;

    using Rule = boost::math::quadrature::gauss<Real, 20>;

    constexpr Real negligible = 1e-22L; // of a sum of positive terms

    Real
    normal_density(const Real t)
    {
      return std::exp(-0.5L * t * t) * boost::math::constants::one_div_root_two_pi<Real>();
    }

    /** P(xi > t). */
    Real
    normal_tail(const Real t)
    {
      return 0.5L * std::erfc(t * boost::math::constants::one_div_root_two<Real>());
    }

    /** E (xi - t)^+. */
    Real
    normal_excess(const Real t)
    {
      if (t < 30.L)
        return normal_density(t) - t * normal_tail(t);
      const Real u = 1.L / (t * t); // asymptotic, to u^6
      return normal_density(t) * u *
             (1.L - u * (3.L - u * (15.L - u * (105.L - u * (945.L - u * 10395.L)))));
    }
  } // namespace

  GaussianStep::GaussianStep(const Model<1> &model,
                             const double    eps,
                             const double    left,
                             const double    right,
                             const bool      left_reflects,
                             const bool      right_reflects)
    : SmoothTransition(left, right)
    , model(model)
    , eps(eps)
    , left_reflects(left_reflects)
    , right_reflects(right_reflects)
  {
  }

  Real
  GaussianStep::mean(const Real x) const
  {
    return x + eps * model.drift(Point<1>(static_cast<double>(x)))[0];
  }

  Real
  GaussianStep::spread(const Real x) const
  {
    return std::sqrt(eps * model.diffusion(Point<1>(static_cast<double>(x)))[0][0]);
  }

  Real
  GaussianStep::density(const Real x, const Real y) const
  {
    const Real m = mean(x), s = spread(x);
    Real       value = normal_density((y - m) / s);
    if (left_reflects)
      value += normal_density((2.L * left - y - m) / s);
    if (right_reflects)
      value += normal_density((2.L * right - y - m) / s);
    return value / s;
  }

  Transition::Exit
  GaussianStep::exit(const Real x) const
  {
    const Real m = mean(x), s = spread(x);
    const auto beyond = [&](const Real t, Real &probability, Real &distance) {
      probability += normal_tail(t);
      distance += s * normal_excess(t);
    };
    Exit exit;
    if (!left_reflects)
      beyond((m - left) / s, exit.left, exit.distance_left);
    if (!right_reflects)
      beyond((right - m) / s, exit.right, exit.distance_right);
    if (left_reflects) // beyond the image of the other wall
      beyond((m - (2.L * left - right)) / s, exit.right, exit.distance_right);
    if (right_reflects)
      beyond(((2.L * right - left) - m) / s, exit.left, exit.distance_left);
    return exit;
  }

  RadialStep::RadialStep(const Model<1> &model,
                         const double    dimension,
                         const double    growth,
                         const double    eps,
                         const double    radius)
    : SmoothTransition(0.L, radius)
    , model(model)
    , k(dimension - 1.L)
    , growth(growth)
    , eps(eps)
    , log_norm((1.L - 0.5L * k) * boost::math::constants::ln_two<Real>() - std::lgamma(0.5L * k))
  {
  }

  RadialStep::Step
  RadialStep::step(const Real x) const
  {
    const Point<1> r(static_cast<double>(x));
    const Real     a = model.diffusion(r)[0][0], across = a - growth * x * x;
    return {std::abs(x + eps * model.drift(r)[0]), std::sqrt(eps * a), std::sqrt(eps * across)};
  }

  Real
  RadialStep::spread(const Real x) const
  {
    const Step from = step(x);
    return std::min(from.along, from.across);
  }

  Real
  RadialStep::singular_from_left() const
  {
    return k == std::round(k) ? 0.L : right * std::pow(10.L, -18.L / (k + 1.L));
  }

  Real
  RadialStep::density(const Real x, const Real y) const
  {
    return density(step(x), y);
  }

  Real
  RadialStep::density(const Step &from, const Real y) const
  {
    if (!(y > 0.L))
      return 0.L;
    const Real A = y / from.along, m = from.mean / from.along, B = y / from.across;
    const auto log_term = [&](const Real t) {
      const Real log_cosh = std::abs(t) + std::log1p(std::exp(-2.L * std::abs(t))) -
                            boost::math::constants::ln_two<Real>();
      const Real c = A * std::tanh(t) - m, b = B * std::exp(-log_cosh);
      return -0.5L * (c * c + b * b) - k * log_cosh;
    };
    // the highest term: (p + q c)(1 - c^2) = k c with c = tanh t, p, q >= 0: one root in [0, 1)
    const Real p = A * m, q = std::max(B * B - A * A, 0.L);
    Real       low = 0.L, high = 1.L;
    for (unsigned int i = 0; i < 60; ++i)
      {
        const Real c                                       = 0.5L * (low + high);
        ((p + q * c) * (1.L - c * c) > k * c ? low : high) = c;
      }
    const Real top = std::atanh(std::min(low, 1.L - 1e-18L)), highest = log_term(top);
    // a second one may be on the other side
    const Real other = q > k ? -std::atanh(std::sqrt(1.L - k / q)) : 0.L;
    // on panels that see the scale there, from the top to both sides
    const Real sharpness = A * A + B * B + p + k;
    Real       sum       = 0.L;
    for (const Real direction : {1.L, -1.L})
      for (Real t = top;;)
        {
          const Real cosh  = std::cosh(std::min(std::abs(t), 40.L));
          const Real width = 2.L / std::sqrt(1.L + sharpness / (cosh * cosh));
          const Real part  = Rule::integrate(
            [&](const Real u) { return std::exp(log_term(t + direction * u) - highest); },
            0.L,
            width);
          sum += part;
          t += direction * width;
          if (part < negligible * sum && (direction > 0.L || t < other))
            break;
        }
    return sum * boost::math::constants::one_div_root_two_pi<Real>() / y *
           std::exp(highest + log_norm + std::log(A) + k * std::log(B));
  }

  Transition::Exit
  RadialStep::exit(const Real x) const
  {
    using Rule       = boost::math::quadrature::gauss<Real, 20>;
    const Step from  = step(x);
    const Real width = 2.L * std::min(from.along, from.across);
    Exit       exit;
    // up to where the density falls, and all of it is behind
    const Real likely = std::hypot(from.mean, from.across * std::sqrt(k));
    for (Real r = right;; r += width)
      {
        Real distance = 0.L, probability = 0.L;
        for (unsigned int i = 0; i < Rule::abscissa().size(); ++i)
          for (const Real side : {-1.L, 1.L})
            {
              const Real y      = r + 0.5L * width * (1.L + side * Rule::abscissa()[i]);
              const Real weight = 0.5L * width * Rule::weights()[i] * density(from, y);
              probability += weight;
              distance += weight * (y - right);
            }
        exit.right += probability;
        exit.distance_right += distance;
        if (r > likely && distance <= negligible * exit.distance_right)
          return exit;
      }
  }
} // namespace dynkin
