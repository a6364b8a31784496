// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "geometry/sphere_grid.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double snap = 0.25; // radii, from one line to another that stands in for it
    constexpr double largest_in_ball = 1. / 6., largest_in_box = 0.5; // cells, in the extension
    constexpr unsigned int most_cells = 20000;
    constexpr unsigned int samples    = 2000; // of the size of cells between two lines

    /** Adds a line at x between the first two, unless another one stands in for it. */
    void
    place(std::vector<double> &lines, const double x, const double tolerance)
    {
      if (x > lines[0] && x < lines[1] &&
          std::none_of(lines.begin(), lines.end(), [&](const double other) {
            return std::abs(other - x) <= tolerance;
          }))
        lines.push_back(x);
    }
  } // namespace

  std::vector<GridChoice>
  grid_choices()
  {
    std::vector<GridChoice> choices;
    for (const double gap : {1e3, 0.8, 0.4})
      for (const double growth : {1., 0.6})
        for (const double outer : {0.85, 0.75, 0.93})
          for (const double side : {1.8, 1.5})
            for (const double margin : {0.25, 0.12})
              choices.push_back({side, margin, outer, growth, gap});
    return choices;
  }

  template <int dim>
  SphereGrid<dim>::SphereGrid(const Point<dim>                   &lower,
                              const Point<dim>                   &upper,
                              const std::vector<SphereWall<dim>> &spheres,
                              const GridChoice                   &choice)
    : spheres(spheres)
    , choice(choice)
    , largest(std::numeric_limits<double>::max())
  {
    for (const SphereWall<dim> &sphere : spheres)
      is_ball = is_ball || sphere.is_outer;
    for (unsigned int k = 0; k < dim; ++k)
      largest =
        std::min(largest, (is_ball ? largest_in_ball : largest_in_box) * (upper[k] - lower[k]));
    for (const SphereWall<dim> &sphere : spheres)
      sizes.push_back(sphere.is_outer ? largest : size_at(sphere));
    unsigned int n = 1;
    for (unsigned int k = 0; k < dim; ++k)
      {
        set_lines(k, lower[k], upper[k]);
        n *= lines[k].size() - 1;
      }
    possible = n <= most_cells;
    lost_to.assign(possible ? n : 0, none);
    for (unsigned int cell = 0; cell < lost_to.size(); ++cell)
      assign(cell);
  }

  template <int dim>
  double
  SphereGrid<dim>::size_at(const SphereWall<dim> &hole) const
  {
    double gap = std::numeric_limits<double>::max();
    for (const SphereWall<dim> &other : spheres)
      {
        const double distance = hole.center.distance(other.center);
        if (other.is_outer)
          gap = std::min(gap, other.radius - distance - hole.radius);
        else if (other.id != hole.id)
          gap = std::min(gap, distance - hole.radius - other.radius);
      }
    return std::min({largest, choice.side * hole.radius, choice.gap * gap});
  }

  template <int dim>
  void
  SphereGrid<dim>::set_lines(const unsigned int k, const double lower, const double upper)
  {
    std::vector<SphereWall<dim>> holes = spheres;
    std::stable_sort(
      holes.begin(), holes.end(), [](const auto &a, const auto &b) { return a.radius < b.radius; });
    std::vector<double> fixed = {lower, upper};
    for (const SphereWall<dim> &hole : holes)
      if (!hole.is_outer)
        for (const double side : {-1., 0., 1.})
          place(fixed, hole.center[k] + side * choice.side * hole.radius, snap * hole.radius);
    std::sort(fixed.begin(), fixed.end());
    const auto density = [&](const double x) {
      double size = largest;
      for (unsigned int s = 0; s < spheres.size(); ++s)
        if (const SphereWall<dim> &hole = spheres[s]; !hole.is_outer)
          size = std::min(
            size,
            sizes[s] + choice.growth *
                         std::max(0., std::abs(x - hole.center[k]) - choice.side * hole.radius));
      return 1. / size;
    };
    lines[k] = {lower};
    for (unsigned int i = 0; i + 1 < fixed.size(); ++i)
      {
        const double        a = fixed[i], h = (fixed[i + 1] - a) / samples;
        std::vector<double> sums = {0.};
        for (unsigned int q = 0; q < samples; ++q)
          sums.push_back(sums.back() + h * density(a + (q + 0.5) * h));
        const unsigned int n = std::max(1., std::round(sums.back() - 0.2));
        for (unsigned int cell = 1; cell < n; ++cell)
          {
            const auto next = std::lower_bound(sums.begin(), sums.end(), sums.back() * cell / n);
            lines[k].push_back(a + h * (next - sums.begin()));
          }
        lines[k].push_back(fixed[i + 1]);
      }
  }

  template <int dim>
  void
  SphereGrid<dim>::assign(const unsigned int cell)
  {
    const Point<dim> low    = vertex(vertex_of(cell, 0)),
                     high   = vertex(vertex_of(cell, GeometryInfo<dim>::vertices_per_cell - 1));
    const Point<dim> middle = low + 0.5 * (high - low);
    double           least  = std::numeric_limits<double>::max();
    unsigned int     n_cut  = 0;
    for (unsigned int s = 0; s < spheres.size(); ++s)
      {
        const SphereWall<dim> &sphere = spheres[s];
        Tensor<1, dim>         nearest, farthest; // from the centre
        for (unsigned int k = 0; k < dim; ++k)
          {
            const double a = low[k] - sphere.center[k], b = high[k] - sphere.center[k];
            nearest[k]  = std::max({0., a, -b});
            farthest[k] = std::max(std::abs(a), std::abs(b));
          }
        const double inside   = sphere.radius - farthest.norm(),
                     outside  = nearest.norm() - sphere.radius;
        const bool   is_close = sphere.is_outer
                                  ? inside < (1. - choice.outer) * sphere.radius
                                  : outside < choice.margin * std::min(sphere.radius, sizes[s]);
        const bool   is_cut   = sphere.is_outer ? inside <= 0. : outside <= 0.;
        const double distance =
          is_cut ? -1. : std::abs(middle.distance(sphere.center) - sphere.radius);
        n_cut += is_cut;
        if (is_close && distance < least)
          {
            least         = distance;
            lost_to[cell] = s;
          }
      }
    if (n_cut > 1)
      possible = false;
    if (is_ball)
      for (unsigned int face = 0; face < 2 * dim; ++face)
        if (neighbor(cell, face) == none &&
            (lost_to[cell] == none || !spheres[lost_to[cell]].is_outer))
          possible = false;
  }

  template <int dim>
  typename SphereGrid<dim>::Index
  SphereGrid<dim>::index_of(unsigned int number, const unsigned int extra) const
  {
    Index index;
    for (unsigned int k = 0; k < dim; ++k)
      {
        const unsigned int n = lines[k].size() - 1 + extra;
        index[k]             = number % n;
        number /= n;
      }
    return index;
  }

  template <int dim>
  unsigned int
  SphereGrid<dim>::number_of(const Index &index, const unsigned int extra) const
  {
    unsigned int number = 0;
    for (unsigned int k = dim; k-- > 0;)
      number = number * (lines[k].size() - 1 + extra) + index[k];
    return number;
  }

  template <int dim>
  bool
  SphereGrid<dim>::is_possible() const
  {
    return possible;
  }

  template <int dim>
  unsigned int
  SphereGrid<dim>::n_cells() const
  {
    return lost_to.size();
  }

  template <int dim>
  unsigned int
  SphereGrid<dim>::sphere_of(const unsigned int cell) const
  {
    return lost_to[cell];
  }

  template <int dim>
  unsigned int
  SphereGrid<dim>::neighbor(const unsigned int cell, const unsigned int face) const
  {
    Index              index = index_of(cell, 0);
    const unsigned int k     = face / 2;
    if (index[k] == (face % 2 == 0 ? 0 : lines[k].size() - 2))
      return none;
    index[k] += face % 2 == 0 ? -1 : 1;
    return number_of(index, 0);
  }

  template <int dim>
  unsigned int
  SphereGrid<dim>::vertex_of(const unsigned int cell, const unsigned int v) const
  {
    Index index = index_of(cell, 0);
    for (unsigned int k = 0; k < dim; ++k)
      index[k] += (v >> k) % 2;
    return number_of(index, 1);
  }

  template <int dim>
  Point<dim>
  SphereGrid<dim>::vertex(const unsigned int v) const
  {
    const Index index = index_of(v, 1);
    Point<dim>  x;
    for (unsigned int k = 0; k < dim; ++k)
      x[k] = lines[k][index[k]];
    return x;
  }

  template <int dim>
  bool
  SphereGrid<dim>::is_on_wall(const unsigned int v, const unsigned int k) const
  {
    const unsigned int i = index_of(v, 1)[k];
    return !is_ball && (i == 0 || i + 1 == lines[k].size());
  }

  template class SphereGrid<2>;
  template class SphereGrid<3>;
} // namespace dynkin
