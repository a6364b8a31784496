// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "measure/absolute_integral.h"

#include <cmath>

namespace dynkin
{
  namespace
  {
    constexpr unsigned int illinois_steps = 60;
    constexpr unsigned int halved         = 10;
    constexpr double       accuracy_in_3d = 1e-6, accuracy_in_2d = 1e-10; // of a cell, relative

    /** By the Illinois method: values f, g of both signs at a and b. An error counts squared. */
    template <typename Function>
    double
    zero_between(double a, double b, double f, double g, const Function &value)
    {
      constexpr double close = 1e-11;
      for (unsigned int k = 0; k < illinois_steps && std::abs(b - a) > close && g != 0.; ++k)
        {
          const double c = b - g * (b - a) / (g - f), h = value(c);
          if (std::signbit(h) != std::signbit(g))
            {
              a = b;
              f = g;
            }
          else
            f *= 0.5;
          if (std::abs(c - b) < close)
            return c;
          b = c;
          g = h;
        }
      return b;
    }
  } // namespace

  AbsoluteIntegral::AbsoluteIntegral(const unsigned int n, const unsigned int dim)
    : line(n)
    , accuracy(dim == 3 ? accuracy_in_3d : accuracy_in_2d)
  {
  }

  double
  AbsoluteIntegral::operator()(const std::vector<double> &g) const
  {
    return of_slices(g).value;
  }

  AbsoluteIntegral::Part
  AbsoluteIntegral::of_line(const std::vector<double> &g) const
  {
    const LegendreSeries series = line.through(g);
    double               left = 0., at_left = series.value(0.), from = 0., sum = 0.;
    for (unsigned int j = 0; j <= line.size(); ++j)
      {
        const double right    = j < line.size() ? line.node(j) : 1.;
        const double at_right = series.value(right);
        if (std::signbit(at_left) != std::signbit(at_right))
          {
            const double zero = zero_between(
              left, right, at_left, at_right, [&](const double t) { return series.value(t); });
            sum += std::abs(series.below(zero) - series.below(from));
            from = zero;
          }
        left    = right;
        at_left = at_right;
      }
    return {sum + std::abs(series.above(from)), from > 0.};
  }

  AbsoluteIntegral::Part
  AbsoluteIntegral::of_slices(const std::vector<double> &g) const
  {
    if (g.size() == line.size())
      return of_line(g);
    Part part = rule(g, 0., 1.);
    for (const double end : {0., 1.})
      part.changes_sign = part.changes_sign || of_slice(g, end).changes_sign;
    if (part.changes_sign)
      part.value = refined(g, 0., 1., part.value, accuracy * part.value, halved);
    return part;
  }

  AbsoluteIntegral::Part
  AbsoluteIntegral::of_slice(const std::vector<double> &g, const double t) const
  {
    const std::vector<double> factors = line.factors(t);
    std::vector<double>       slice(g.size() / line.size(), 0.);
    for (unsigned int j = 0; j < line.size(); ++j)
      for (std::size_t k = 0; k < slice.size(); ++k)
        slice[k] += factors[j] * g[j * slice.size() + k];
    return of_slices(slice);
  }

  AbsoluteIntegral::Part
  AbsoluteIntegral::rule(const std::vector<double> &g, const double from, const double to) const
  {
    Part sum = {0., false};
    for (unsigned int j = 0; j < line.size(); ++j)
      {
        const Part part = of_slice(g, from + (to - from) * line.node(j));
        sum.value += (to - from) * line.weight(j) * part.value;
        sum.changes_sign = sum.changes_sign || part.changes_sign;
      }
    return sum;
  }

  double
  AbsoluteIntegral::refined(const std::vector<double> &g,
                            const double               from,
                            const double               to,
                            const double               whole,
                            const double               error,
                            const unsigned int         depth) const
  {
    const double middle = 0.5 * (from + to);
    const double left = rule(g, from, middle).value, right = rule(g, middle, to).value;
    if (depth == 0 || std::abs(left + right - whole) <= error)
      return left + right;
    return refined(g, from, middle, left, error, depth - 1) +
           refined(g, middle, to, right, error, depth - 1);
  }
} // namespace dynkin
