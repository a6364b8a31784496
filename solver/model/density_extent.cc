// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/density_extent.h"

#include "model/line_integrals.h"
#include "utilities/exceptions.h"
#include "utilities/log.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr int          first_octave = -100, last_octave = 100, nodes_per_octave = 4;
    constexpr double       fallen        = 80.;   // below the largest psi
    constexpr double       deep          = 1000.; // so far below it that nothing more is asked
    constexpr double       representable = 690.;  // further below, a density is 0 in a double
    constexpr unsigned int most_moves    = 100;   // towards the maximum
    constexpr double       margin        = 0.05;  // of the box, for directions between the lines

    /** What grad psi is for, along lines: without the jumps that a may have in 1-D. */
    template <int dim>
    Tensor<1, dim>
    slope(const Model<dim> &model, const Point<dim> &x)
    {
      if constexpr (dim == 1)
        {
          Tensor<1, 1> g;
          g[0] = 2. * model.drift(x)[0] / model.diffusion(x)[0][0];
          return g;
        }
      else
        return model.log_weight_gradient(x);
    }

    /** What is missing in it. */
    template <int dim>
    double
    rest(const Model<dim> &model, const Point<dim> &x)
    {
      return dim == 1 ? -std::log(model.diffusion(x)[0][0]) : 0.;
    }

    /** psi - psi(origin) along a ray. */
    template <int dim>
    struct Profile
    {
      std::vector<double> distance, psi;
      bool                is_deep = false; // did it end because psi had fallen so far?
    };

    template <int dim>
    double
    difference(const Model<dim> &model, const Point<dim> &from, const Point<dim> &to)
    {
      const VectorField<dim> field = [&](const auto &points, auto &values) {
        for (std::size_t q = 0; q < points.size(); ++q)
          values[q] = slope(model, points[q]);
      };
      return line_integrals<dim>(field, {{from, to}}, 1e-6).front() + rest(model, to) -
             rest(model, from);
    }

    template <int dim>
    Profile<dim>
    profile(const Model<dim> &model, const Point<dim> &origin, const Tensor<1, dim> &direction)
    {
      Profile<dim> result;
      double       top = 0., r = 0., psi = 0.;
      for (int k = first_octave * nodes_per_octave; k <= last_octave * nodes_per_octave; ++k)
        {
          const double next = std::exp2(static_cast<double>(k) / nodes_per_octave);
          double       step = std::numeric_limits<double>::quiet_NaN();
          try
            {
              step = difference(model, origin + r * direction, origin + next * direction);
            }
          catch (const InputError &)
            {
              // the diffusion is not positive there
            }
          if (!std::isfinite(step))
            break;
          r = next;
          psi += step;
          result.distance.push_back(r);
          result.psi.push_back(psi);
          top            = std::max(top, psi);
          result.is_deep = psi < top - deep && step < 0.;
          if (result.is_deep)
            break;
        }
      return result;
    }

    /** Largest psi - psi(origin) along the ray, and where. */
    template <int dim>
    std::pair<double, double>
    maximum(const Model<dim>     &model,
            const Point<dim>     &origin,
            const Tensor<1, dim> &direction,
            const Profile<dim>   &line)
    {
      std::pair<double, double> best(0., 0.);
      const auto                along = [&](const double r) {
        return slope<dim>(model, origin + r * direction) * direction;
      };
      for (std::size_t k = 0; k < line.psi.size(); ++k)
        {
          best = std::max(best, {line.psi[k], line.distance[k]});
          // between the nodes
          double l = k > 0 ? line.distance[k - 1] : 0., r = line.distance[k];
          if (!(along(l) > 0. && along(r) < 0.))
            continue;
          const double start = l, psi = k > 0 ? line.psi[k - 1] : 0.;
          while (r - l > 1e-10 * r)
            (along(0.5 * (l + r)) > 0. ? l : r) = 0.5 * (l + r);
          best = std::max(
            best,
            {psi + difference<dim>(model, origin + start * direction, origin + l * direction), l});
        }
      return best;
    }

    template <int dim>
    std::vector<Tensor<1, dim>>
    directions()
    {
      std::vector<Tensor<1, dim>> all;
      const auto                  add = [&](const std::array<double, 3> &e) {
        Tensor<1, dim> direction;
        for (unsigned int i = 0; i < dim; ++i)
          direction[i] = e[i];
        all.push_back(direction / direction.norm());
      };
      if (dim == 1)
        for (const double e : {1., -1.})
          add({{e, 0., 0.}});
      else if (dim == 2)
        for (unsigned int k = 0; k < 64; ++k)
          add({{std::cos(k * numbers::PI / 32.), std::sin(k * numbers::PI / 32.), 0.}});
      else
        for (int i = -3; i <= 3; ++i)
          for (int j = -3; j <= 3; ++j)
            for (int k = -3; k <= 3; ++k)
              if (std::max({std::abs(i), std::abs(j), std::abs(k)}) == 3)
                add({{double(i), double(j), double(k)}});
      return all;
    }

    /** -d psi/d log r where the ray ends, or infinity if it is not the same some octaves before. */
    template <int dim>
    double
    power(const Profile<dim> &line)
    {
      const std::size_t n = line.psi.size(), octaves = 20 * nodes_per_octave;
      if (line.is_deep || n < 2 * octaves)
        return std::numeric_limits<double>::infinity();
      const auto rate = [&](const std::size_t end) {
        return (line.psi[end - nodes_per_octave] - line.psi[end]) / std::log(2.);
      };
      const double here = rate(n - 1), before = rate(n - 1 - octaves);
      return std::abs(here - before) < 1e-3 * std::abs(here) || here < dim
               ? here
               : std::numeric_limits<double>::infinity();
    }
    /** The first node from which on psi is below -fall for good. */
    template <int dim>
    std::size_t
    last_above(const Profile<dim> &line, const double fall)
    {
      std::size_t n = line.psi.size();
      while (n > 0 && line.psi[n - 1] < -fall)
        --n;
      return n;
    }
  } // namespace

  template <int dim>
  DensityExtent<dim>
  find_density_extent(const Model<dim> &model, const std::vector<Point<dim>> &points)
  {
    const auto         lines = directions<dim>();
    DensityExtent<dim> extent;
    extent.top = model.center();
    for (unsigned int move = 0; move < most_moves; ++move)
      {
        std::pair<double, double> best(1e-6, 0.);
        Tensor<1, dim>            towards;
        // uphill, and along the axes: other hills
        std::vector<Tensor<1, dim>> ways;
        if (const Tensor<1, dim> g = slope(model, extent.top); g.norm() > 0.)
          ways.push_back(g / g.norm());
        for (unsigned int i = 0; i < 2 * dim; ++i)
          {
            ways.emplace_back();
            ways.back()[i / 2] = i % 2 == 0 ? 1. : -1.;
          }
        for (const Tensor<1, dim> &way : ways)
          if (const auto peak = maximum(model, extent.top, way, profile(model, extent.top, way));
              peak > best)
            {
              best    = peak;
              towards = way;
            }
        if (best.second == 0.)
          break;
        extent.top += best.second * towards;
      }

    extent.lower = extent.upper = extent.top;
    extent.width                = std::numeric_limits<double>::max();
    extent.tail_index           = std::numeric_limits<double>::infinity();
    const auto include          = [&](const Point<dim> &x) {
      for (unsigned int i = 0; i < dim; ++i)
        {
          extent.lower[i] = std::min(extent.lower[i], x[i]);
          extent.upper[i] = std::max(extent.upper[i], x[i]);
        }
    };
    for (const Tensor<1, dim> &way : lines)
      {
        const Profile<dim> line  = profile(model, extent.top, way);
        const double       alpha = power(line) - dim;
        if (alpha <= 0.)
          throw InputError("Domain/shape",
                           "needs a stationary law for the whole space, but the density would " +
                             (alpha > -dim ? "fall like |x|^-" + format_number(alpha + dim, 4)
                                           : std::string("grow outwards")) +
                             ": its mass is infinite");
        extent.tail_index   = std::min(extent.tail_index, alpha);
        const std::size_t n = last_above(line, fallen);
        if (n >= line.psi.size())
          {
            if (std::isfinite(alpha))
              continue; // a power law reaches further than its box
            throw InputError("Domain/shape",
                             "needs coefficients that are finite until the density has fallen; "
                             "they are not along the line from the place where it is largest; set "
                             "an interval or a box");
          }
        extent.width = std::min(extent.width, line.distance[std::min(last_above(line, 1.), n)]);
        include(extent.top + (dim == 1 ? 1. : 1. + margin) * line.distance[n] * way);
      }
    for (const Point<dim> &x : points)
      if (difference(model, extent.top, x) > -representable)
        include(x);
    return extent;
  }

  template <int dim>
  bool
  is_representable(const Model<dim> &model,
                   const Point<dim> &top,
                   const Point<dim> &center,
                   const double      radius)
  {
    for (const Tensor<1, dim> &way : directions<dim>())
      if (!(difference(model, top, center + radius * way) > -representable))
        return false;
    return true;
  }

#define INSTANTIATE(dim)                                                                 \
  template DensityExtent<dim> find_density_extent<dim>(const Model<dim> &,               \
                                                       const std::vector<Point<dim>> &); \
  template bool               is_representable<dim>(                                     \
    const Model<dim> &, const Point<dim> &, const Point<dim> &, const double);
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
