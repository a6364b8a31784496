// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "kernels/fast_diagonalization.h"

#include <deal.II/base/aligned_vector.h>

#include <Eigen/Eigenvalues>

#include <utility>
#include <vector>

#include "kernels/contract.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr int largest_known_line = 9; // degree 8

    /** Of a size that the compiler knows, or, if that is 0, of any. */
    template <int dim, typename Number, int size>
    class DiagonalizationOfSize : public FastDiagonalization<dim, Number>
    {
    public:
      using Values   = typename FastDiagonalization<dim, Number>::Values;
      using Matrices = typename FastDiagonalization<dim, Number>::Matrices;

      explicit DiagonalizationOfSize(const int n)
        : any_size(n)
      {
      }

      void
      add(const Matrices &mass, const Matrices &stiffness) override
      {
        const int                                                n = matrix_size();
        std::array<std::array<Values, largest_contraction>, dim> lambda;
        Eigen::MatrixXd                                          M(n, n), K(n, n);
        for (int k = 0; k < dim; ++k)
          {
            AlignedVector<Values> V(n * n);
            for (unsigned int lane = 0; lane < Values::size(); ++lane)
              {
                for (int i = 0; i < n; ++i)
                  for (int j = 0; j < n; ++j)
                    {
                      M(i, j) = mass[k](i, j)[lane];
                      K(i, j) = stiffness[k](i, j)[lane];
                    }
                solver.compute(K, M);
                for (int e = 0; e < n; ++e)
                  {
                    lambda[k][e][lane] = solver.eigenvalues()(e);
                    for (int i = 0; i < n; ++i)
                      V[i * n + e][lane] = solver.eigenvectors()(i, e);
                  }
              }
            data.insert_back(V.begin(), V.end());
          }
        for (int i = 0; i < power(n, dim); ++i)
          {
            Values sum = Number(0.);
            for (int k = 0, rest = i; k < dim; ++k, rest /= n)
              sum += lambda[k][rest % n];
            data.push_back(Values(Number(1.)) / sum);
          }
        work.resize(power(n, dim));
      }

      void
      apply(const unsigned int pack, Values *values) const override
      {
        apply_inverse(
          data.data() + std::size_t(pack) * (dim * power(matrix_size(), 2) + work.size()), values);
      }

    private:
      int
      matrix_size() const
      {
        return size > 0 ? size : any_size;
      }

      DYNKIN_FOR_ALL_PROCESSORS void
      apply_inverse(const Values *V, Values *values) const
      {
        const int n = matrix_size(), n_values = power(n, dim);
        Values   *from = values, *to = work.data();
        multiply<0, true>(V, from, to);
        if constexpr (dim > 1)
          multiply<1, true>(V + n * n, to, from);
        if constexpr (dim > 2)
          multiply<2, true>(V + 2 * n * n, from, to);
        if constexpr (dim == 2)
          std::swap(from, to);
        for (int i = 0; i < n_values; ++i)
          to[i] *= V[dim * n * n + i];
        multiply<0, false>(V, to, from);
        if constexpr (dim > 1)
          multiply<1, false>(V + n * n, from, to);
        if constexpr (dim > 2)
          multiply<2, false>(V + 2 * n * n, to, from);
        if constexpr (dim == 2)
          std::swap(from, to);
        if (from != values)
          for (int i = 0; i < n_values; ++i)
            values[i] = from[i];
      }

      template <int direction, bool transpose>
      [[gnu::always_inline]] void
      multiply(const Values *V, const Values *from, Values *to) const
      {
        const int n = matrix_size();
        contract<transpose>(V, n, n, power(n, direction), power(n, dim - 1 - direction), from, to);
      }

      const int                     any_size;
      AlignedVector<Values>         data; // of a pack V for each direction, then 1 / Lambda
      mutable AlignedVector<Values> work;

      Eigen::GeneralizedSelfAdjointEigenSolver<Eigen::MatrixXd> solver;
    };

    template <int dim, typename Number, int size>
    std::unique_ptr<FastDiagonalization<dim, Number>>
    create_diagonalization(const int n)
    {
      if constexpr (size <= largest_known_line)
        {
          if (n == size)
            return std::make_unique<DiagonalizationOfSize<dim, Number, size>>(n);
          return create_diagonalization<dim, Number, size + 1>(n);
        }
      else
        return std::make_unique<DiagonalizationOfSize<dim, Number, 0>>(n);
    }
  } // namespace

  template <int dim, typename Number>
  std::unique_ptr<FastDiagonalization<dim, Number>>
  FastDiagonalization<dim, Number>::create(const unsigned int size)
  {
    return create_diagonalization<dim, Number, 2>(size);
  }

  template class FastDiagonalization<1, double>;
  template class FastDiagonalization<2, double>;
  template class FastDiagonalization<3, double>;
  template class FastDiagonalization<1, float>;
  template class FastDiagonalization<2, float>;
  template class FastDiagonalization<3, float>;
} // namespace dynkin
