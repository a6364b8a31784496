// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/student_weight.h"

#include <deal.II/base/numbers.h>
#include <deal.II/base/quadrature_lib.h>
#include <deal.II/lac/full_matrix.h>
#include <deal.II/lac/vector.h>

#include <cmath>

#include "utilities/numerics.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    /** S with H S + S H^T = a, by the linear system for its entries. */
    template <int dim>
    SymmetricTensor<2, dim>
    solve_lyapunov(const Tensor<2, dim> &H, const SymmetricTensor<2, dim> &a)
    {
      constexpr unsigned int n = dim * dim;
      FullMatrix<double>     matrix(n, n);
      Vector<double>         right_hand_side(n), S(n);
      for (unsigned int i = 0; i < dim; ++i)
        for (unsigned int j = 0; j < dim; ++j)
          {
            for (unsigned int k = 0; k < dim; ++k)
              {
                matrix(i * dim + j, k * dim + j) += H[i][k];
                matrix(i * dim + j, i * dim + k) += H[j][k];
              }
            right_hand_side(i * dim + j) = a[i][j];
          }
      matrix.gauss_jordan();
      matrix.vmult(S, right_hand_side);
      SymmetricTensor<2, dim> result;
      for (unsigned int i = 0; i < dim; ++i)
        for (unsigned int j = i; j < dim; ++j)
          result[i][j] = 0.5 * (S(i * dim + j) + S(j * dim + i));
      return result;
    }

    /** Call `visit(t, weight)` for unit vectors that integrate smooth even functions well. */
    template <int dim, typename Visitor>
    void
    for_each_direction(const Visitor &visit)
    {
      constexpr unsigned int n_angles = 64;
      if constexpr (dim == 1)
        visit(Tensor<1, 1>({1.}), 1.);
      else if constexpr (dim == 2)
        for (unsigned int k = 0; k < n_angles; ++k)
          {
            const double angle = 2. * numbers::PI * k / n_angles;
            visit(Tensor<1, 2>({std::cos(angle), std::sin(angle)}), 1. / n_angles);
          }
      else
        {
          const QGauss<1> heights(n_angles / 2);
          for (unsigned int q = 0; q < heights.size(); ++q)
            {
              const double z = 2. * heights.point(q)[0] - 1., r = std::sqrt(1. - z * z);
              for (unsigned int k = 0; k < n_angles; ++k)
                {
                  const double angle = 2. * numbers::PI * k / n_angles;
                  visit(Tensor<1, 3>({r * std::cos(angle), r * std::sin(angle), z}),
                        heights.weight(q) / n_angles);
                }
            }
        }
    }
  } // namespace

  template <int dim>
  StudentWeight<dim>::StudentWeight(
    const Tensor<2, dim>                                                 &H,
    const SymmetricTensor<2, dim>                                        &a_0,
    const Tensor<2, dim>                                                 &D,
    const std::function<SymmetricTensor<2, dim>(const Tensor<1, dim> &)> &a_2,
    const double                                                          tail_index)
    : M(0.5 * invert(solve_lyapunov(H, a_0)) + 0.5 * symmetrize(Tensor<2, dim>(invert(a_0)) * D))
  {
    double drift = 0., noise = 0.;
    for_each_direction<dim>([&](const Tensor<1, dim> &t, const double weight) {
      const Tensor<1, dim> g = (M * t) / (t * (M * t));
      drift += weight * (g * ((H + 0.5 * D) * t));
      noise += weight * (g * (a_2(t) * g));
    });
    inverse_m            = drift > 0. ? noise / drift : 0.;
    const double by_tail = 2. / (tail_index + dim);
    if (tail_index > 0. && std::abs(by_tail - inverse_m) > 1e-8 * by_tail) // not by rounding only
      inverse_m = by_tail;
  }

  template <int dim>
  double
  StudentWeight<dim>::log_value(const Tensor<1, dim> &x) const
  {
    const double s = x * (M * x);
    return -s * log1p_over(inverse_m * s);
  }

  template <int dim>
  Tensor<1, dim>
  StudentWeight<dim>::log_gradient(const Tensor<1, dim> &x) const
  {
    const Tensor<1, dim> Mx = M * x;
    return -2. / (1. + inverse_m * (x * Mx)) * Mx;
  }

  template class StudentWeight<1>;
  template class StudentWeight<2>;
  template class StudentWeight<3>;
} // namespace dynkin
