// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "form/line_weight.h"

#include <deal.II/base/quadrature_lib.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "utilities/exceptions.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    /** P_0 ... P_n at t. */
    std::vector<double>
    legendre_values(const unsigned int n, const double t)
    {
      std::vector<double> P(n + 1, 1.);
      if (n > 0)
        P[1] = t;
      for (unsigned int k = 1; k < n; ++k)
        P[k + 1] = ((2. * k + 1.) * t * P[k] - k * P[k - 1]) / (k + 1.);
      return P;
    }

    /** How near to a singular end anything is evaluated: output takes limits there. */
    double
    smallest_distance(const LineWeight::EndCell &cell)
    {
      return std::max(1e-6 * cell.size,
                      4. * std::numeric_limits<double>::epsilon() * std::abs(cell.end.position));
    }

    double
    distance(const LineWeight::EndCell &cell, const double y)
    {
      return std::max(cell.end.inward * (y - cell.end.position), smallest_distance(cell));
    }
  } // namespace

  LineWeight::LineWeight(const Model<1>      &model,
                         const Mesh<1>       &mesh,
                         const Quadrature<1> &quadrature,
                         const double         share)
    : all_of_it(share == 1.)
  {
    const CoordinateMap<1> &map = mesh.coordinates();
    for (const auto &cell : mesh.triangulation().active_cell_iterators())
      cells.push_back({cell->vertex(0)[0], cell->vertex(1)[0], 0., {}});
    std::sort(
      cells.begin(), cells.end(), [](const Cell &a, const Cell &b) { return a.left < b.left; });
    const double left = cells.front().left, right = cells.back().right;
    for (unsigned int i = 0; i < 2; ++i)
      {
        LineEnd &end = end_cells[i].end;
        if (map.is_identity())
          end = find_line_end(model, i == 0 ? left : right, i == 0 ? 1. : -1., right - left);
        else
          {
            end.position = i == 0 ? left : right;
            end.inward   = i == 0 ? 1. : -1.;
          }
        const Cell &cell          = i == 0 ? cells.front() : cells.back();
        const auto  walls         = mesh.domain().boundary_ids(BoundaryKind::absorbing);
        const bool  absorbs       = end.is_singular && walls.count(i) > 0;
        end_cells[i].size         = cell.right - cell.left;
        end_cells[i].is_absorbing = absorbs;
        end_cells[i].power        = absorbs && std::isfinite(end.conductance) && end.is_attracting()
                                      ? 1. / (1. - end.conductance)
                                      : 1.;
      }

    const bool is_periodic = !mesh.domain().periodic_axes().empty();
    if (has_singular_end() && is_periodic)
      throw InputError("Domain/boundary",
                       "'periodic' needs coefficients that are regular at both ends");

    const unsigned int n   = quadrature.size();
    double             sum = 0., variation = 0.;
    for (Cell &cell : cells)
      {
        cell.start = sum;
        cell.legendre.assign(n, 0.);
        const double length = cell.right - cell.left;
        for (unsigned int q = 0; q < n; ++q)
          {
            const double y = cell.left + quadrature.point(q)[0] * length;
            const auto   x = map.to_space(Point<1>(inside(y)));
            double       h = is_empty(y) ? 0. : 2. * model.drift(x)[0] / model.diffusion(x)[0][0];
            if (!map.is_identity())
              h *= std::exp(map.log_determinant(Point<1>(y)));
            for (const auto &[end, size, power, is_absorbing] : end_cells)
              if (end.is_singular && std::isfinite(end.conductance))
                h -= end.conductance / (y - end.position);
            const auto P = legendre_values(n, 2. * quadrature.point(q)[0] - 1.);
            for (unsigned int k = 0; k < n; ++k)
              cell.legendre[k] +=
                share * (2. * k + 1.) * quadrature.weight(q) * P[k] * 0.5 * length * h;
            variation += share * quadrature.weight(q) * length * std::abs(h);
          }
        sum += 2. * cell.legendre[0];
      }
    if (!is_periodic)
      return;
    constexpr double rounding = 1e-14;
    all_of_it                 = all_of_it && std::abs(sum) <= rounding * variation;
    const double tilt         = sum / (right - left);
    sum                       = 0.;
    for (Cell &cell : cells)
      {
        cell.legendre[0] -= 0.5 * (cell.right - cell.left) * tilt;
        cell.start = sum;
        sum += 2. * cell.legendre[0];
      }
  }

  bool
  LineWeight::is_exact() const
  {
    return all_of_it;
  }

  const LineWeight::Cell &
  LineWeight::cell_at(const double y) const
  {
    const auto next =
      std::upper_bound(cells.begin() + 1, cells.end(), y, [](const double value, const Cell &cell) {
        return value < cell.left;
      });
    return *(next - 1);
  }

  double
  LineWeight::regular_part(const double y) const
  {
    const Cell  &cell  = cell_at(y);
    const double t     = 2. * (y - cell.left) / (cell.right - cell.left) - 1.;
    const auto   P     = legendre_values(cell.legendre.size(), t);
    double       value = cell.start + cell.legendre[0] * (t + 1.);
    for (unsigned int k = 1; k < cell.legendre.size(); ++k)
      value += cell.legendre[k] * (P[k + 1] - P[k - 1]) / (2. * k + 1.);
    return value;
  }

  double
  LineWeight::log_conductance(const double y) const
  {
    double value = regular_part(y);
    for (const EndCell &cell : end_cells)
      if (cell.end.is_singular && std::isfinite(cell.end.conductance))
        value += cell.end.conductance * std::log(distance(cell, y));
    return value;
  }

  double
  LineWeight::log_conductance(const EndCell &at_end, const double d) const
  {
    const double y     = at_end.end.position + at_end.end.inward * d;
    double       value = regular_part(y);
    for (const EndCell &cell : end_cells)
      if (cell.end.is_singular && std::isfinite(cell.end.conductance))
        value += cell.end.conductance *
                 std::log(cell.end.inward == at_end.end.inward ? d : distance(cell, y));
    return value;
  }

  double
  LineWeight::slope(const double y) const
  {
    const Cell  &cell  = cell_at(y);
    const double scale = 2. / (cell.right - cell.left);
    const auto   P     = legendre_values(cell.legendre.size(), scale * (y - cell.left) - 1.);
    double       value = 0.;
    for (unsigned int k = 0; k < cell.legendre.size(); ++k)
      value += scale * cell.legendre[k] * P[k];
    for (const EndCell &cell : end_cells)
      if (cell.end.is_singular && std::isfinite(cell.end.conductance))
        value += cell.end.inward * cell.end.conductance / distance(cell, y);
    return value;
  }

  double
  LineWeight::inside(const double y) const
  {
    for (const EndCell &cell : end_cells)
      if (cell.end.is_singular && cell.end.inward * (y - cell.end.position) < cell.size)
        return cell.end.position + cell.end.inward * distance(cell, y);
    return y;
  }

  bool
  LineWeight::EndCell::contains(const double y) const
  {
    return end.inward * (y - end.position) <= size;
  }

  bool
  LineWeight::has_singular_end() const
  {
    return !singular_end_cells().empty();
  }

  bool
  LineWeight::is_empty(const double y) const
  {
    return std::any_of(end_cells.begin(), end_cells.end(), [&](const EndCell &cell) {
      return cell.end.inward * (y - cell.end.position) < cell.end.empty;
    });
  }

  const LineWeight::EndCell *
  LineWeight::end_cell(const double y) const
  {
    for (const EndCell &cell : end_cells)
      if (cell.end.is_singular && cell.contains(y))
        return &cell;
    return nullptr;
  }

  const LineWeight::EndCell *
  LineWeight::power_cell(const double y) const
  {
    const EndCell *cell = end_cell(y);
    return cell != nullptr && !cell->is_absorbing && std::isfinite(cell->end.weight_exponent())
             ? cell
             : nullptr;
  }

  std::vector<LineWeight::EndCell>
  LineWeight::singular_end_cells() const
  {
    std::vector<EndCell> singular;
    for (const EndCell &cell : end_cells)
      if (cell.end.is_singular)
        singular.push_back(cell);
    return singular;
  }

  std::vector<double>
  LineWeight::power_factors(const EndCell       &cell,
                            const Quadrature<1> &quadrature,
                            const double         exponent)
  {
    std::vector<double> factors = power_factors(quadrature, exponent);
    if (cell.end.inward < 0.)
      std::reverse(factors.begin(), factors.end());
    return factors;
  }

  std::vector<double>
  LineWeight::power_factors(const Quadrature<1> &quadrature, const double exponent)
  {
    std::vector<double> factors(quadrature.size(), 1.);
    const double        vanishing = exponent > -1. ? 0. : 1.; // power of t that g brings
    if (exponent == 0. || !(exponent + vanishing > -1.) || !std::isfinite(exponent))
      return factors;
    const unsigned int n = quadrature.size();
    // int_0^1 t^s P_k(2 t - 1) dt = prod_{j=0}^{k-1} (s - j) / prod_{j=1}^{k+1} (s + j)
    std::vector<double> moments(n);
    const double        s = exponent + vanishing;
    moments[0]            = 1. / (s + 1.);
    for (unsigned int k = 1; k < n; ++k)
      moments[k] = moments[k - 1] * (s - (k - 1.)) / (s + k + 1.);
    for (unsigned int q = 0; q < n; ++q)
      {
        const double t      = quadrature.point(q)[0];
        const auto   P      = legendre_values(n, 2. * t - 1.);
        double       weight = 0.; // relative to that of the quadrature
        for (unsigned int k = 0; k < n; ++k)
          weight += (2. * k + 1.) * P[k] * moments[k];
        factors[q] = weight / std::pow(t, s);
      }
    return factors;
  }
} // namespace dynkin
