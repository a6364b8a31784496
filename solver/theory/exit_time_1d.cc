// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/exit_time_1d.h"

#include "theory/require_decoupled.h"
#include "utilities/numerics.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace dynkin
{
  namespace
  {
    DecoupledParameters
    coefficients(const ModelParameters &model)
    {
      require_decoupled(model, 1, "The 1-D exit-time integral");
      return model.decoupled;
    }

    ExitTime1D::Function
    decoupled_potential(const ModelParameters &model)
    {
      const DecoupledParameters p = coefficients(model);
      const long double         h = p.h[0], sigma = p.sigma[0], rho = p.rho[0];
      const long double         center = model.center[0], eta = model.eta;
      return [=](const long double x) {
        const long double z2 = (x - center) * (x - center) / sigma;
        const long double t  = rho * z2;
        return h / eta * z2 * log1p_over(t);
      };
    }

    ExitTime1D::Function
    decoupled_diffusion(const ModelParameters &model)
    {
      const DecoupledParameters p     = coefficients(model);
      const long double         sigma = p.sigma[0], rho = p.rho[0];
      const long double         center = model.center[0], eta = model.eta;
      return [=](const long double x) { return eta * (sigma + rho * (x - center) * (x - center)); };
    }

    bool
    agree(const IntervalIntegrals &one, const IntervalIntegrals &other)
    {
      const auto close = [](const long double x, const long double y) {
        return std::abs(x - y) <= 1e-12L * y; // false for NaN
      };
      return close(one.scale, other.scale) && close(one.speed, other.speed) &&
             close(one.lower, other.lower) && close(one.upper, other.upper);
    }
  } // namespace

  ExitTime1D::ExitTime1D(const ModelParameters &model,
                         const double           left,
                         const double           right,
                         const ReflectingEnd    reflecting_end)
    : ExitTime1D(decoupled_potential(model),
                 decoupled_diffusion(model),
                 left,
                 right,
                 reflecting_end)
  {
  }

  ExitTime1D::ExitTime1D(const Function     &potential,
                         const Function     &diffusion,
                         const double        left,
                         const double        right,
                         const ReflectingEnd reflecting_end)
    : a(diffusion)
    , reflecting_end(reflecting_end)
  {
    if (!(left < right))
      throw std::domain_error("The 1-D exit-time integral needs left < right.");
    const long double shift = potential(0.5L * left + 0.5L * right);

    phi   = [=](const long double x) { return potential(x) - shift; };
    nodes = {left};
    std::vector<IntervalIntegrals> panels;
    add_panels(left, right, IntervalIntegrals::compute(phi, a, left, right), 0, panels);

    prefixes.resize(nodes.size());
    suffixes.resize(nodes.size());
    for (unsigned int k = 0; k < panels.size(); ++k)
      prefixes[k + 1] = IntervalIntegrals::combine(prefixes[k], panels[k]);
    for (unsigned int k = panels.size(); k-- > 0;)
      suffixes[k] = IntervalIntegrals::combine(panels[k], suffixes[k + 1]);

    const IntervalIntegrals &whole = suffixes[0];
    if (!std::isfinite(whole.scale + whole.lower + whole.upper))
      throw std::domain_error("The mean exit time exceeds the range of the closed form (1e4900).");
  }

  void
  ExitTime1D::add_panels(const long double               l,
                         const long double               r,
                         const IntervalIntegrals        &whole,
                         const unsigned int              depth,
                         std::vector<IntervalIntegrals> &panels)
  {
    constexpr unsigned int max_depth = 40;

    const long double       midpoint   = 0.5L * (l + r);
    const IntervalIntegrals left_half  = IntervalIntegrals::compute(phi, a, l, midpoint);
    const IntervalIntegrals right_half = IntervalIntegrals::compute(phi, a, midpoint, r);
    if (agree(whole, IntervalIntegrals::combine(left_half, right_half)))
      {
        nodes.insert(nodes.end(), {midpoint, r});
        panels.insert(panels.end(), {left_half, right_half});
        return;
      }
    if (depth == max_depth)
      throw std::domain_error(
        "The 1-D exit-time integral cannot resolve the coefficients near x = " +
        std::to_string(midpoint) + ".");
    add_panels(l, midpoint, left_half, depth + 1, panels);
    add_panels(midpoint, r, right_half, depth + 1, panels);
  }

  ExitTime1D::Sides
  ExitTime1D::split_at(const double point) const
  {
    const long double x = std::clamp<long double>(point, nodes.front(), nodes.back());
    if (!(std::abs(x - point) <= 1e-12L * (nodes.back() - nodes.front())))
      throw std::domain_error("The mean exit time is asked for at x = " + std::to_string(point) +
                              ", outside the interval.");
    const auto right_node = std::upper_bound(nodes.begin() + 1, nodes.end() - 1, x);
    const auto k          = std::distance(nodes.begin(), right_node) - 1;
    return {
      IntervalIntegrals::combine(prefixes[k], IntervalIntegrals::compute(phi, a, nodes[k], x)),
      IntervalIntegrals::combine(IntervalIntegrals::compute(phi, a, x, nodes[k + 1]),
                                 suffixes[k + 1])};
  }

  long double
  ExitTime1D::exact_value(const double x) const
  {
    const auto [left, right] = split_at(x);
    const long double scale  = left.scale + right.scale;
    switch (reflecting_end)
      {
        case ReflectingEnd::left:
          return right.scale * left.speed + right.upper;
        case ReflectingEnd::right:
          return left.scale * right.speed + left.lower;
        default:
          return right.scale / scale * left.lower + left.scale / scale * right.upper;
      }
  }

  double
  ExitTime1D::log_value(const double x) const
  {
    return std::log(exact_value(x));
  }

  double
  ExitTime1D::value(const double x) const
  {
    return exact_value(x);
  }

  double
  ExitTime1D::derivative(const double x) const
  {
    const auto [left, right]        = split_at(x);
    const long double scale_density = std::exp(phi(x));
    switch (reflecting_end)
      {
        case ReflectingEnd::left:
          return -scale_density * left.speed;
        case ReflectingEnd::right:
          return scale_density * right.speed;
        default:
          return scale_density / (left.scale + right.scale) * (right.upper - left.lower);
      }
  }
} // namespace dynkin
