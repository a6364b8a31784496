// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/density_extent.h"

#include "model/line_integrals.h"
#include "utilities/exceptions.h"
#include "utilities/log.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr int          first_octave = -100, last_octave = 100, nodes_per_octave = 4;
    constexpr double       fallen        = 80.;   // below the largest psi
    constexpr double       deep          = 1000.; // so far below it that this is no power law
    constexpr double       bottomless    = 1e7;  // so far below it that no other well is looked for
    constexpr double       representable = 690.; // further below, a density is 0 in a double
    constexpr unsigned int most_moves    = 100;  // towards the maximum
    constexpr double       margin        = 0.05; // of the box, for directions between the lines

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

    /** Where psi has a maximum on a part of the ray: its slope falls through 0. */
    template <int dim>
    std::vector<double>
    peaks(const Model<dim>     &model,
          const Point<dim>     &origin,
          const Tensor<1, dim> &direction,
          const double          from,
          const double          to)
    {
      const auto along = [&](const double r) {
        return slope<dim>(model, origin + r * direction) * direction;
      };
      // in 1-D parts where the drift has a sign are left out, and what is left is cut further
      const bool          encloses = dim == 1 && model.has_enclosures();
      const double        smallest = (to - from) / (encloses ? 256. : 8.) * (1. + 1e-9);
      std::vector<double> found;
      const std::function<void(double, double)> search = [&](double l, double r) {
        if (encloses)
          {
            const auto a = origin + l * direction, b = origin + r * direction;
            const auto drift =
              model.coefficient_ranges(a[0] < b[0] ? a : b, a[0] < b[0] ? b : a)[0];
            if (drift.first > 0. || drift.second < 0.)
              return;
          }
        if (r - l > smallest)
          {
            search(l, 0.5 * (l + r));
            search(0.5 * (l + r), r);
            return;
          }
        if (!(along(l) > 0. && along(r) <= 0.))
          return;
        for (double c = 0.5 * (l + r); r - l > 1e-10 * r && l < c && c < r; c = 0.5 * (l + r))
          (along(c) > 0. ? l : r) = c;
        found.push_back(l);
      };
      search(from, to);
      return found;
    }

    template <int dim>
    Profile<dim>
    profile(const Model<dim> &model, const Point<dim> &origin, const Tensor<1, dim> &direction)
    {
      Profile<dim> result;
      double       top = 0., r = 0., psi = 0.;
      const auto   reaches = [&](const double next) {
        const double step = difference(model, origin + r * direction, origin + next * direction);
        if (!std::isfinite(step))
          return false;
        r = next;
        psi += step;
        result.distance.push_back(r);
        result.psi.push_back(psi);
        top            = std::max(top, psi);
        result.is_deep = psi < top - deep && step < 0.;
        return true;
      };
      try
        {
          for (int k = first_octave * nodes_per_octave;
               k <= last_octave * nodes_per_octave && psi > top - bottomless;
               ++k)
            {
              const double next = std::exp2(static_cast<double>(k) / nodes_per_octave);
              for (const double peak : peaks(model, origin, direction, r, next))
                if (peak > r && !reaches(peak))
                  return result;
              if (!reaches(next))
                return result;
            }
        }
      catch (const InputError &)
        {
          // the diffusion is not positive there
        }
      return result;
    }

    /** Largest psi - psi(origin) along the ray, and where. */
    template <int dim>
    std::pair<double, double>
    maximum(const Profile<dim> &line)
    {
      std::pair<double, double> best(0., 0.);
      for (std::size_t k = 0; k < line.psi.size(); ++k)
        best = std::max(best, {line.psi[k], line.distance[k]});
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
        const std::size_t begin = end - nodes_per_octave;
        return (line.psi[begin] - line.psi[end]) /
               std::log(line.distance[end] / line.distance[begin]);
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

    /** From a place to a maximum along lines, uphill and along the axes, where other hills may be. */
    template <int dim>
    Point<dim>
    highest_from(const Model<dim> &model, Point<dim> top)
    {
      for (unsigned int move = 0; move < most_moves; ++move)
        {
          std::pair<double, double>   best(1e-6, 0.);
          Tensor<1, dim>              towards;
          std::vector<Tensor<1, dim>> ways;
          if (const Tensor<1, dim> g = slope(model, top); g.norm() > 0.)
            ways.push_back(g / g.norm());
          for (unsigned int i = 0; i < 2 * dim; ++i)
            {
              ways.emplace_back();
              ways.back()[i / 2] = i % 2 == 0 ? 1. : -1.;
            }
          for (const Tensor<1, dim> &way : ways)
            if (const auto peak = maximum(profile(model, top, way)); peak > best)
              {
                best    = peak;
                towards = way;
              }
          if (best.second == 0.)
            break;
          top += best.second * towards;
        }
      return top;
    }

    /** The next maximum uphill. */
    template <int dim>
    Point<dim>
    climb(const Model<dim> &model, Point<dim> x)
    {
      for (unsigned int move = 0; move < most_moves; ++move)
        {
          const Tensor<1, dim> g = slope(model, x);
          if (!(g.norm() > 0.) || !std::isfinite(g.norm()))
            break;
          const Tensor<1, dim> way   = g / g.norm();
          const auto           rises = [&](const double r) {
            return slope<dim>(model, x + r * way) * way > 0.;
          };
          double l = 0., r = 1e-3 / g.norm(); // psi rises by 1e-3
          while (rises(r) && r < 1e30)
            {
              l = r;
              r *= 2.;
            }
          if (l == 0.)
            break;
          while (r - l > 1e-6 * r)
            (rises(0.5 * (l + r)) ? l : r) = 0.5 * (l + r);
          x += l * way;
        }
      return x;
    }

    template <int dim>
    void
    include(const Point<dim> &x, DensityExtent<dim> &extent)
    {
      for (unsigned int i = 0; i < dim; ++i)
        {
          extent.lower[i] = std::min(extent.lower[i], x[i]);
          extent.upper[i] = std::max(extent.upper[i], x[i]);
        }
    }

    template <int dim>
    bool
    contains(const DensityExtent<dim> &extent, const Point<dim> &x)
    {
      for (unsigned int i = 0; i < dim; ++i)
        if (!(extent.lower[i] <= x[i] && x[i] <= extent.upper[i]))
          return false;
      return true;
    }

    /** A maximum, and psi there less that at the top. */
    template <int dim>
    struct Hill
    {
      Point<dim> peak;
      double     psi;
    };

    /**
     * Includes what lies about a hill in all directions, and says where else psi has maxima along them. Throws
     * InputError where the density does not exist.
     */
    template <int dim>
    std::vector<Point<dim>>
    include_hill(const Model<dim> &model, const Hill<dim> &hill, DensityExtent<dim> &extent)
    {
      std::vector<Point<dim>> others;
      for (const Tensor<1, dim> &way : directions<dim>())
        {
          const Profile<dim> line  = profile(model, hill.peak, way);
          const double       alpha = power(line) - dim;
          if (alpha <= 0.)
            throw InputError("Domain/shape",
                             "needs a stationary law for the whole space, but the density would " +
                               (alpha > -dim ? "fall like |x|^-" + format_number(alpha + dim, 4)
                                             : std::string("grow outwards")) +
                               ": its mass is infinite");
          extent.tail_index   = std::min(extent.tail_index, alpha);
          const std::size_t n = last_above(line, fallen + hill.psi);
          if (n >= line.psi.size())
            {
              if (std::isfinite(alpha))
                continue; // a power law reaches further than its box
              throw InputError(
                "Domain/shape",
                "needs coefficients that are finite, and diffusion, until the density has fallen; "
                "they are not along the line from the place where it is largest; "
                "set an interval or a box");
            }
          extent.width = std::min(extent.width, line.distance[std::min(last_above(line, 1.), n)]);
          include(hill.peak + (dim == 1 ? 1. : 1. + margin) * line.distance[n] * way, extent);
          for (std::size_t k = 1; k + 1 < line.psi.size(); ++k)
            if (line.psi[k] > line.psi[k - 1] && line.psi[k] >= line.psi[k + 1])
              others.push_back(hill.peak + line.distance[k] * way);
        }
      return others;
    }
  } // namespace

  template <int dim>
  DensityExtent<dim>
  find_density_extent(const Model<dim> &model, const std::vector<Point<dim>> &points)
  {
    DensityExtent<dim> extent;
    extent.top = highest_from(model, model.center());
    for (unsigned int move = 0; move < most_moves; ++move)
      {
        extent.lower = extent.upper = extent.top;
        extent.width                = std::numeric_limits<double>::max();
        extent.tail_index           = std::numeric_limits<double>::infinity();
        std::vector<Hill<dim>> hills{{extent.top, 0.}};
        bool                   is_highest = true;
        for (std::size_t k = 0; k < hills.size() && is_highest; ++k)
          for (const Point<dim> &x : include_hill(model, hills[k], extent))
            {
              if (contains(extent, x))
                continue;
              const Point<dim> peak = climb(model, x);
              const double     psi  = difference(model, extent.top, peak);
              if (psi > 1e-6)
                {
                  extent.top = highest_from(model, peak);
                  is_highest = false;
                  break;
                }
              if (psi > -fallen && !contains(extent, peak) && hills.size() < most_moves)
                hills.push_back({peak, psi});
            }
        if (is_highest)
          break;
      }
    for (const Point<dim> &x : points)
      if (difference(model, extent.top, x) > -representable)
        include(x, extent);
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
