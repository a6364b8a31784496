// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "chain/panels.h"

#include <boost/math/quadrature/gauss.hpp>

#include <algorithm>
#include <array>

namespace dynkin
{
  namespace
  {
    using Real = Panels::Real;

    /** Gauss points in [-1, 1], increasing. */
    struct Points
    {
      std::array<Real, Panels::n_points> s, weights;

      Points()
      {
        using Rule       = boost::math::quadrature::gauss<Real, Panels::n_points>;
        const unsigned m = Panels::n_points / 2;
        for (unsigned int i = 0; i < m; ++i)
          {
            s[m + i]       = Rule::abscissa()[i];
            s[m - 1 - i]   = -Rule::abscissa()[i];
            weights[m + i] = weights[m - 1 - i] = Rule::weights()[i];
          }
      }
    };

    const Points &
    points()
    {
      static const Points points;
      return points;
    }
  } // namespace

  Panels::Panels(const std::vector<Real> &ends)
    : ends(ends.begin(), ends.end())
  {
    for (std::size_t k = 0; k + 1 < ends.size(); ++k)
      for (unsigned int i = 0; i < n_points; ++i)
        {
          const Real half = 0.5L * (ends[k + 1] - ends[k]);
          nodes.push_back(ends[k] + half * (1.L + points().s[i]));
          weights.push_back(half * points().weights[i]);
        }
  }

  std::size_t
  Panels::find(const double y) const
  {
    const auto after = std::upper_bound(ends.begin() + 1, ends.end() - 1, y);
    return after - ends.begin() - 1;
  }

  Panels::Law::Law(const Panels &panels)
    : panels(panels)
    , moments(panels.size(), 0.)
  {
  }

  void
  Panels::Law::find_row(Real *row) const
  {
    for (std::size_t k = 0; k < panels.n_panels(); ++k)
      for (unsigned int i = 0; i < n_points; ++i)
        {
          const Real    s      = points().s[i];
          const double *moment = &moments[k * n_points];
          Real          last = 1.L, next = s, sum = 0.5L * moment[0] + 1.5L * s * moment[1];
          for (unsigned int n = 2; n < n_points; ++n)
            {
              const Real p = (2.L - 1.L / n) * s * next - (1.L - 1.L / n) * last;
              last         = next;
              next         = p;
              sum += (n + 0.5L) * p * moment[n];
            }
          row[k * n_points + i] = points().weights[i] * sum;
        }
  }
} // namespace dynkin
