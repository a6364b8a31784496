// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/exit/scale_speed_table.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace dynkin
{
  namespace
  {
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

  ScaleSpeedTable::ScaleSpeedTable(const ScalarDiffusion &diffusion,
                                   const Function        &source,
                                   const double           left,
                                   const double           right)
    : diffusion(diffusion)
    , source(source)
  {
    if (!(left < right))
      throw std::domain_error("An exit time needs an interval with left < right.");
    if (diffusion.dimension > 1 && left != 0.)
      throw std::domain_error("A radial exit time needs a ball, left = 0.");

    start_at(left, right);
    std::vector<IntervalIntegrals> panels;
    auto                           next = diffusion.breakpoints.begin();
    // panels that double in width lead away from the centre of a ball
    while (nodes.back() < right)
      {
        const long double l = nodes.back();
        long double r = diffusion.dimension > 1 ? std::min<long double>(2.L * l, right) : right;
        while (next != diffusion.breakpoints.end() && *next <= l)
          ++next;
        if (next != diffusion.breakpoints.end())
          r = std::min(r, *next);
        add_panels(l, r, integrals(l, r), 0, panels);
      }

    prefixes.resize(nodes.size());
    suffixes.resize(nodes.size());
    for (unsigned int k = 0; k < panels.size(); ++k)
      prefixes[k + 1] = IntervalIntegrals::combine(prefixes[k], panels[k]);
    for (unsigned int k = panels.size(); k-- > 0;)
      suffixes[k] = IntervalIntegrals::combine(panels[k], suffixes[k + 1]);

    const IntervalIntegrals &whole = suffixes[0];
    if (!std::isfinite(whole.scale + whole.speed + whole.lower + whole.upper))
      throw std::domain_error("The mean exit time exceeds the range of the closed form (1e4900).");
  }

  void
  ScaleSpeedTable::start_at(const double left, const double right)
  {
    prefixes.resize(1);
    nodes = {left};
    if (diffusion.dimension > 1)
      {
        const long double r0 = std::ldexp(static_cast<long double>(right), -30);
        const long double d  = diffusion.dimension;
        const long double density =
          2.L * source(r0) / diffusion.a(r0); // m = density r^(d-1), phi = 0
        nodes             = {r0};
        prefixes[0].speed = density * std::exp(-diffusion.phi(r0)) * std::pow(r0, d) / d;
        prefixes[0].upper = density * r0 * r0 / (2.L * d);
      }
  }

  IntervalIntegrals
  ScaleSpeedTable::integrals(const long double l, const long double r) const
  {
    return IntervalIntegrals::compute(diffusion, source, l, r);
  }

  void
  ScaleSpeedTable::add_panels(const long double               l,
                              const long double               r,
                              const IntervalIntegrals        &whole,
                              const unsigned int              depth,
                              std::vector<IntervalIntegrals> &panels)
  {
    constexpr unsigned int max_depth  = 40;
    constexpr std::size_t  most_nodes = 4000; // one of 400 is a lot

    const long double       midpoint   = 0.5L * (l + r);
    const IntervalIntegrals left_half  = integrals(l, midpoint);
    const IntervalIntegrals right_half = integrals(midpoint, r);
    if (agree(whole, IntervalIntegrals::combine(left_half, right_half)))
      {
        nodes.insert(nodes.end(), {midpoint, r});
        panels.insert(panels.end(), {left_half, right_half});
        return;
      }
    if (depth == max_depth || nodes.size() > most_nodes)
      throw std::domain_error("The exit-time integral cannot resolve the coefficients near x = " +
                              std::to_string(midpoint) + ".");
    add_panels(l, midpoint, left_half, depth + 1, panels);
    add_panels(midpoint, r, right_half, depth + 1, panels);
  }

  ScaleSpeedTable::Sides
  ScaleSpeedTable::sides(const long double point) const
  {
    const long double x          = std::max(point, nodes.front());
    const auto        right_node = std::upper_bound(nodes.begin() + 1, nodes.end() - 1, x);
    const auto        k          = std::distance(nodes.begin(), right_node) - 1;
    return {IntervalIntegrals::combine(prefixes[k], integrals(nodes[k], x)),
            IntervalIntegrals::combine(integrals(x, nodes[k + 1]), suffixes[k + 1])};
  }

  const std::vector<long double> &
  ScaleSpeedTable::breakpoints() const
  {
    return nodes;
  }
} // namespace dynkin
