// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "kernels/tensor_diagonal.h"

#include <deal.II/base/utilities.h>

using namespace dealii;

namespace dynkin
{
  template <int dim, typename Number>
  TensorDiagonal<dim, Number>::TensorDiagonal(const LineShape &line)
    : n_dofs(line.n)
    , n_q(line.n_q)
  {
    for (AlignedVector<Number> &product : products)
      product.resize(n_dofs * n_q);
    for (unsigned int i = 0; i < n_dofs; ++i)
      for (unsigned int q = 0; q < n_q; ++q)
        {
          const double value = line.values(i, q), slope = line.slopes(i, q);
          products[0][i * n_q + q] = value * value;
          products[1][i * n_q + q] = value * slope;
          products[2][i * n_q + q] = slope * slope;
        }
    for (AlignedVector<Values> &values : work)
      values.resize(Utilities::pow(std::max(n_dofs, n_q), dim));
  }

  template <int dim, typename Number>
  DYNKIN_FOR_ALL_PROCESSORS void
  TensorDiagonal<dim, Number>::add(const AlignedVector<Values> &coefficients,
                                   const Orders                &orders,
                                   Values                      *diagonal)
  {
    const unsigned int n    = Utilities::pow(n_dofs, dim);
    const Values      *in   = coefficients.begin();
    unsigned int       rest = Utilities::pow(n_q, dim - 1);
    // contract the fastest direction and append the result as the slowest: after dim
    // rounds the order is the old one
    for (unsigned int k = 0; k < dim; ++k)
      {
        const Number *product = products[orders[k]].begin();
        Values       *out     = work[k % 2].begin();
        for (unsigned int i = 0; i < n_dofs; ++i)
          for (unsigned int r = 0; r < rest; ++r)
            {
              Values sum = Number(0.);
              for (unsigned int q = 0; q < n_q; ++q)
                sum += Values(product[i * n_q + q]) * in[r * n_q + q];
              out[i * rest + r] = sum;
            }
        in   = out;
        rest = rest / n_q * n_dofs;
      }
    for (unsigned int i = 0; i < n; ++i)
      diagonal[i] += in[i];
  }

  template class TensorDiagonal<1, double>;
  template class TensorDiagonal<1, float>;
  template class TensorDiagonal<2, double>;
  template class TensorDiagonal<2, float>;
  template class TensorDiagonal<3, double>;
  template class TensorDiagonal<3, float>;
} // namespace dynkin
