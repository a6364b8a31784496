// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_form_coarser_coefficients_h
#define dynkin_form_coarser_coefficients_h

#include <deal.II/base/aligned_vector.h>
#include <deal.II/base/quadrature.h>

#include "kernels/pack.h"

namespace dynkin
{
  /**
   * Coefficients at fewer points of the unit cell with the same integrals against all
   * polynomials r of a degree below the number m of the new points x_i along a line:
   *
   *   w_i a_i = sum_q w_q L_i(x_q) a_q,   sum_i w_i a_i r(x_i) = sum_q w_q a_q r(x_q),
   *
   * L_i the Lagrange polynomials of the new points. With m = 2p + 1 the matrices of a
   * space of degree p stay what they were.
   */
  template <int dim, typename Number>
  class CoarserCoefficients
  {
  public:
    using Values = Pack<Number>;

    CoarserCoefficients(const dealii::Quadrature<1> &from, const dealii::Quadrature<1> &to);

    /** At all points of a cell, lexicographic. */
    void
    project(const Values *from, Values *to) const;

  private:
    const int                             n_from, n_to;
    dealii::AlignedVector<Values>         P; // n_to x n_from, w_q L_i(x_q) / w_i
    mutable dealii::AlignedVector<Values> work;
  };
} // namespace dynkin

#endif
