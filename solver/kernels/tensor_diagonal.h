// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_kernels_tensor_diagonal_h
#define dynkin_kernels_tensor_diagonal_h

#include <deal.II/base/aligned_vector.h>

#include <array>

#include "kernels/line_shape.h"
#include "kernels/pack.h"

namespace dynkin
{
  /**
   * Contracts coefficients at the tensor-product quadrature points of a cell with
   * products of 1-D functions of the shape functions phi_i = prod_k phi_{i_k}(x_k):
   *
   *   d_i += sum_q c_q prod_k f_k(i_k, q_k),   f_k = phi^2, phi phi' or phi'^2.
   *
   * The diagonal of a form is a sum of such terms, for O(p^{d+1}) operations a
   * cell instead of the O(p^{2d+1}) of applying the form to every unit vector.
   */
  template <int dim, typename Number>
  class TensorDiagonal
  {
  public:
    using Values = Pack<Number>;

    /** How often the derivative of the shape function enters, per direction: 0, 1 or 2. */
    using Orders = std::array<unsigned int, dim>;

    explicit TensorDiagonal(const LineShape &line);

    /** Adds the term to `diagonal`, lexicographic as in FEEvaluation. */
    void
    add(const dealii::AlignedVector<Values> &coefficients, const Orders &orders, Values *diagonal);

  private:
    unsigned int                                 n_dofs, n_q; // in one direction
    std::array<dealii::AlignedVector<Number>, 3> products;    // by order, [i * n_q + q]
    std::array<dealii::AlignedVector<Values>, 2> work;
  };
} // namespace dynkin

#endif
