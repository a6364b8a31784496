// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_kernels_line_shape_h
#define dynkin_kernels_line_shape_h

#include <deal.II/base/quadrature.h>
#include <deal.II/base/table.h>

namespace dynkin
{
  /**
   * The shape functions phi_i of an element along a line of the unit cell, at the points x_q of
   * a quadrature: all that tensor products are made of.
   */
  struct LineShape
  {
    LineShape(const dealii::Quadrature<1> &quadrature, const unsigned int degree);

    dealii::Quadrature<1>    quadrature;
    unsigned int             n, n_q;         // nodes and points
    dealii::Table<2, double> values, slopes; // phi_i(x_q) and phi_i'(x_q), at (i, q)
    dealii::Table<2, double> point_slopes;   // the same of the polynomials that are 1 at a point
  };
} // namespace dynkin

#endif
