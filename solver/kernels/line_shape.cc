// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "kernels/line_shape.h"

#include <deal.II/base/polynomial.h>
#include <deal.II/base/quadrature_lib.h>

#include <vector>

using namespace dealii;

namespace dynkin
{
  LineShape::LineShape(const Quadrature<1> &quadrature, const unsigned int degree)
    : quadrature(quadrature)
    , n(degree + 1)
    , n_q(quadrature.size())
    , values(n, n_q)
    , slopes(n, n_q)
    , point_slopes(n_q, n_q)
  {
    const auto through_nodes =
      Polynomials::generate_complete_Lagrange_basis(QGaussLobatto<1>(n).get_points());
    const auto through_points =
      Polynomials::generate_complete_Lagrange_basis(quadrature.get_points());
    std::vector<double> derivatives(2); // of order 0 and 1
    for (unsigned int q = 0; q < n_q; ++q)
      {
        const double x = quadrature.point(q)[0];
        for (unsigned int i = 0; i < n; ++i)
          {
            through_nodes[i].value(x, derivatives);
            values(i, q) = derivatives[0];
            slopes(i, q) = derivatives[1];
          }
        for (unsigned int i = 0; i < n_q; ++i)
          {
            through_points[i].value(x, derivatives);
            point_slopes(i, q) = derivatives[1];
          }
      }
  }
} // namespace dynkin
