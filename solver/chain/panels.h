// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_chain_panels_h
#define dynkin_chain_panels_h

#include <cstddef>
#include <vector>

namespace dynkin
{
  /** An interval cut into panels with 20 Gauss points on each: a rule, and polynomials through the values there. */
  class Panels
  {
  public:
    using Real = long double;

    static constexpr unsigned int n_points = 20; // of a panel

    Panels() = default;

    /** Between `ends`, which increase. */
    explicit Panels(const std::vector<Real> &ends);

    std::vector<Real>   nodes, weights;
    std::vector<double> ends;

    std::size_t
    size() const
    {
      return nodes.size();
    }

    std::size_t
    n_panels() const
    {
      return ends.size() - 1;
    }

    /** The panel with y inside. */
    std::size_t
    find(const double y) const;

    /**
     * E u(Y) = sum_j row_j u(node j) of a random place Y, which is given by points with weights: with Legendre's
     * polynomials P_n in the coordinate -1 <= s <= 1 of a panel and the Gauss weights omega_j there
     *
     *   row_j = omega_j sum_n (n + 1/2) P_n(s_j) E P_n(s(Y)),   n < 20,
     *
     * exact for polynomials of degree 19 on each panel.
     */
    class Law
    {
    public:
      explicit Law(const Panels &panels);

      void
      add(const std::size_t panel, const double y, const double weight)
      {
        const double left = panels.ends[panel], right = panels.ends[panel + 1];
        const double s      = (2. * y - left - right) / (right - left);
        double      *moment = &moments[panel * n_points];
        double       last = weight, next = weight * s;
        moment[0] += last;
        moment[1] += next;
        for (unsigned int n = 2; n < n_points; ++n)
          {
            const double p = (2. - 1. / n) * s * next - (1. - 1. / n) * last;
            last           = next;
            next           = p;
            moment[n] += p;
          }
      }

      void
      find_row(Real *row) const;

    private:
      const Panels       &panels;
      std::vector<double> moments; // E P_n, panel by panel
    };
  };
} // namespace dynkin

#endif
