// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "measure/distribution.h"

#include <deal.II/base/quadrature_lib.h>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr unsigned int newton_steps = 60;
  }

  Distribution::Distribution(const Sampler<1> &sampler, const Field<1> &density)
    : coordinates(&density.discretization->mesh().coordinates())
  {
    const LineWeight *line_weight = density.weight != nullptr ? density.weight->line() : nullptr;
    const GaussPolynomial              polynomial(density.discretization->degree() + 3);
    const unsigned int                 n = polynomial.size();
    std::vector<std::array<double, 2>> samples, gathered;
    sampler.for_each(density, [&](const Sample<1> &sample) {
      samples.push_back({{sample.x[0], static_cast<double>(sample.mass)}});
    });
    for (const auto &part : Utilities::MPI::all_gather(sampler.communicator(), samples))
      gathered.insert(gathered.end(), part.begin(), part.end());
    std::sort(gathered.begin(), gathered.end());

    std::vector<double> values(n);
    for (std::size_t first = 0; first + n <= gathered.size(); first += n)
      {
        Cell       cell = {};
        const auto y    = [&](const unsigned int j) {
          return coordinates->to_mesh(dealii::Point<1>(gathered[first + j][0]))[0];
        };
        const double size = (y(n - 1) - y(0)) / (polynomial.node(n - 1) - polynomial.node(0));
        cell.left         = y(0) - size * polynomial.node(0);
        cell.right        = cell.left + size;
        if (line_weight != nullptr)
          if (const auto *end = line_weight->power_cell(0.5 * (cell.left + cell.right)))
            {
              cell.power    = end->end.weight_exponent();
              cell.is_right = end->end.inward < 0.;
              const std::vector<double> factors =
                LineWeight::power_factors(QGauss<1>(n), cell.power);
              for (unsigned int j = 0; j < n; ++j)
                {
                  const double s = polynomial.node(j);
                  cell.points.push_back(s);
                  cell.weights.push_back(factors[j] * polynomial.weight(j) *
                                         std::pow(s, cell.power));
                }
            }
        for (unsigned int j = 0; j < n; ++j)
          {
            cell.mass += gathered[first + j][1];
            values[j] = gathered[first + j][1] / (cell.power == 0. ? polynomial.weight(j)
                                                  : cell.is_right  ? cell.weights[n - 1 - j]
                                                                   : cell.weights[j]);
          }
        cell.g     = polynomial.through(values);
        cell.below = line.empty() ? 0. : line.back().below + line.back().mass;
        line.push_back(cell);
      }
    for (std::size_t i = line.size(); i-- > 1;)
      line[i - 1].above = line[i].above + line[i].mass;
    for (std::size_t i = 0; i < line.size(); ++i)
      for (unsigned int j = 0; j < n; ++j)
        all.push_back({gathered[i * n + j][0],
                       gathered[i * n + j][1],
                       line[i].below + mass(line[i], polynomial.node(j), false),
                       line[i].above + mass(line[i], polynomial.node(j), true)});
  }

  const std::vector<Distribution::Point> &
  Distribution::points() const
  {
    return all;
  }

  const Distribution::Cell &
  Distribution::find(const double x, double &t) const
  {
    const double y = coordinates->to_mesh(dealii::Point<1>(x))[0];
    const auto   next =
      std::upper_bound(line.begin() + 1, line.end(), y, [](const double value, const Cell &cell) {
        return value < cell.left;
      });
    const Cell &cell = *(next - 1);
    t                = std::clamp((y - cell.left) / (cell.right - cell.left), 0., 1.);
    return cell;
  }

  double
  Distribution::below(const double x) const
  {
    double      t;
    const Cell &cell = find(x, t);
    return cell.below + mass(cell, t, false);
  }

  double
  Distribution::above(const double x) const
  {
    double      t;
    const Cell &cell = find(x, t);
    return cell.above + mass(cell, t, true);
  }

  double
  Distribution::quantile(const double below, const double above) const
  {
    const bool   backwards = above < below;
    const double P         = backwards ? above : below;
    // the cell: monotone up to rounding
    std::size_t i = backwards ? line.size() - 1 : 0;
    if (backwards)
      while (i > 0 && line[i].above + line[i].mass < P)
        --i;
    else
      while (i + 1 < line.size() && line[i].below + line[i].mass < P)
        ++i;
    const Cell &cell = line[i];
    return position(cell, part(cell, P - (backwards ? cell.above : cell.below), backwards));
  }

  double
  Distribution::rounding(const double x) const
  {
    double      t;
    const Cell &cell = find(x, t);
    return std::numeric_limits<double>::epsilon() *
           (std::abs(x) + position(cell, 1.) - position(cell, 0.));
  }

  const std::vector<Distribution::Cell> &
  Distribution::cells() const
  {
    return line;
  }

  double
  Distribution::position(const Cell &cell, const double t) const
  {
    return coordinates->to_space(dealii::Point<1>(cell.left + t * (cell.right - cell.left)))[0];
  }

  double
  Distribution::mass(const Cell &cell, const double t, const bool backwards)
  {
    if (cell.power == 0.)
      return backwards ? cell.g.above(t) : cell.g.below(t);
    const double s       = cell.is_right ? 1. - t : t;
    double       next_to = 0.;
    for (unsigned int q = 0; q < cell.points.size(); ++q)
      next_to += cell.weights[q] *
                 cell.g.value(cell.is_right ? 1. - s * cell.points[q] : s * cell.points[q]);
    next_to *= std::pow(s, cell.power + 1.);
    return backwards == cell.is_right ? next_to : cell.mass - next_to;
  }

  double
  Distribution::density(const Cell &cell, const double t)
  {
    const double g = cell.g.value(t);
    return cell.power == 0. ? g : g * std::pow(cell.is_right ? 1. - t : t, cell.power);
  }

  double
  Distribution::part(const Cell &cell, const double rest, const bool backwards)
  {
    double lower = 0., upper = 1., t = 0.5;
    for (unsigned int step = 0; step < newton_steps; ++step)
      {
        const double excess = backwards ? rest - mass(cell, t, true) : mass(cell, t, false) - rest;
        (excess > 0. ? upper : lower) = t;
        double next                   = t - excess / density(cell, t);
        if (!(next > lower && next < upper))
          next = 0.5 * (lower + upper);
        if (std::abs(next - t) < 1e-15 * std::min(t, 1. - t))
          break;
        t = next;
      }
    return t;
  }
} // namespace dynkin
