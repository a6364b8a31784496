// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "measure/distribution.h"

#include <deal.II/base/quadrature_lib.h>

#include <algorithm>
#include <cmath>

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
    const QGauss<1>    quadrature(density.discretization->degree() + 3);
    const unsigned int n = quadrature.size();
    for (unsigned int j = 0; j < n; ++j)
      {
        nodes.push_back(quadrature.point(j)[0]);
        weights.push_back(quadrature.weight(j));
        double product = 1.;
        for (unsigned int k = 0; k < n; ++k)
          if (k != j)
            product *= quadrature.point(j)[0] - quadrature.point(k)[0];
        barycentric.push_back(1. / product);
      }

    std::vector<std::array<double, 2>> samples, gathered;
    sampler.for_each(density, [&](const Sample<1> &sample) {
      samples.push_back({{sample.x[0], sample.value * sample.JxW}});
    });
    for (const auto &part : Utilities::MPI::all_gather(sampler.communicator(), samples))
      gathered.insert(gathered.end(), part.begin(), part.end());
    std::sort(gathered.begin(), gathered.end());

    for (std::size_t first = 0; first + n <= gathered.size(); first += n)
      {
        Cell       cell = {};
        const auto y    = [&](const unsigned int j) {
          return coordinates->to_mesh(dealii::Point<1>(gathered[first + j][0]))[0];
        };
        const double size = (y(n - 1) - y(0)) / (nodes[n - 1] - nodes[0]);
        cell.left         = y(0) - size * nodes[0];
        cell.right        = cell.left + size;
        for (unsigned int j = 0; j < n; ++j)
          {
            cell.mass += gathered[first + j][1];
            cell.g.push_back(gathered[first + j][1] / weights[j]);
          }
        cell.below = cells.empty() ? 0. : cells.back().below + cells.back().mass;
        cells.push_back(cell);
      }
    for (std::size_t i = cells.size(); i-- > 1;)
      cells[i - 1].above = cells[i].above + cells[i].mass;
    for (std::size_t i = 0; i < cells.size(); ++i)
      for (unsigned int j = 0; j < n; ++j)
        all.push_back({gathered[i * n + j][0],
                       gathered[i * n + j][1],
                       cells[i].below + integral(cells[i], nodes[j], false),
                       cells[i].above + integral(cells[i], 1. - nodes[j], true)});
  }

  double
  Distribution::interpolate(const Cell &cell, const double t) const
  {
    double sum = 0., scale = 0.;
    for (unsigned int j = 0; j < nodes.size(); ++j)
      {
        if (t == nodes[j])
          return cell.g[j];
        sum += cell.g[j] * barycentric[j] / (t - nodes[j]);
        scale += barycentric[j] / (t - nodes[j]);
      }
    return sum / scale;
  }

  double
  Distribution::integral(const Cell &cell, const double t, const bool backwards) const
  {
    double sum = 0.;
    for (unsigned int q = 0; q < nodes.size(); ++q)
      sum += t * weights[q] * interpolate(cell, backwards ? 1. - t * nodes[q] : t * nodes[q]);
    return sum;
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
      std::upper_bound(cells.begin() + 1, cells.end(), y, [](const double value, const Cell &cell) {
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
    return cell.below + integral(cell, t, false);
  }

  double
  Distribution::above(const double x) const
  {
    double      t;
    const Cell &cell = find(x, t);
    return cell.above + integral(cell, 1. - t, true);
  }

  double
  Distribution::quantile(const double below, const double above) const
  {
    const bool   backwards = above < below;
    const double P         = backwards ? above : below;
    // the cell: monotone up to rounding
    std::size_t i = backwards ? cells.size() - 1 : 0;
    if (backwards)
      while (i > 0 && cells[i].above + cells[i].mass < P)
        --i;
    else
      while (i + 1 < cells.size() && cells[i].below + cells[i].mass < P)
        ++i;
    const Cell  &cell  = cells[i];
    const double rest  = P - (backwards ? cell.above : cell.below);
    double       lower = 0., upper = 1., t = 0.5;
    for (unsigned int step = 0; step < newton_steps; ++step)
      {
        const double excess           = integral(cell, t, backwards) - rest;
        (excess > 0. ? upper : lower) = t;
        double next                   = t - excess / interpolate(cell, backwards ? 1. - t : t);
        if (!(next > lower && next < upper))
          next = 0.5 * (lower + upper);
        if (std::abs(next - t) < 1e-15)
          break;
        t = next;
      }
    const double y = cell.left + (backwards ? 1. - t : t) * (cell.right - cell.left);
    return coordinates->to_space(dealii::Point<1>(y))[0];
  }
} // namespace dynkin
