// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "form/coarser_coefficients.h"

#include <deal.II/base/polynomial.h>

#include <algorithm>

#include "kernels/contract.h"

using namespace dealii;

namespace dynkin
{
  template <int dim, typename Number>
  CoarserCoefficients<dim, Number>::CoarserCoefficients(const Quadrature<1> &from,
                                                        const Quadrature<1> &to)
    : n_from(from.size())
    , n_to(to.size())
    , work(2 * power(std::max(n_from, n_to), dim))
  {
    const auto basis = Polynomials::generate_complete_Lagrange_basis(to.get_points());
    for (int i = 0; i < n_to; ++i)
      for (int q = 0; q < n_from; ++q)
        P.push_back(
          Values(Number(from.weight(q) * basis[i].value(from.point(q)[0]) / to.weight(i))));
  }

  template <int dim, typename Number>
  DYNKIN_FOR_ALL_PROCESSORS void
  CoarserCoefficients<dim, Number>::project(const Values *from, Values *to) const
  {
    for (int k = 0; k < dim; ++k)
      {
        Values *next = k == dim - 1 ? to : work.begin() + k * (work.size() / 2);
        contract<false>(
          P.begin(), n_to, n_from, power(n_to, k), power(n_from, dim - 1 - k), from, next);
        from = next;
      }
  }

  template class CoarserCoefficients<1, double>;
  template class CoarserCoefficients<2, double>;
  template class CoarserCoefficients<3, double>;
  template class CoarserCoefficients<1, float>;
  template class CoarserCoefficients<2, float>;
  template class CoarserCoefficients<3, float>;
} // namespace dynkin
