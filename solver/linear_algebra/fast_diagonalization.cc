// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "linear_algebra/fast_diagonalization.h"

#include <deal.II/base/aligned_vector.h>
#include <deal.II/lac/lapack_full_matrix.h>

#include <algorithm>
#include <vector>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    /** Degree 10, and of error estimates 12; 11 in space. */
    template <int dim>
    constexpr int largest_size = dim == 3 ? 12 : 13;

    /** With the number of nodes in each direction known to the compiler. */
    template <int dim, typename Number, int n>
    class OfSize : public FastDiagonalization<dim, Number>
    {
    public:
      using Lanes    = typename FastDiagonalization<dim, Number>::Lanes;
      using Matrices = typename FastDiagonalization<dim, Number>::Matrices;

      void
      add(const Matrices &mass, const Matrices &stiffness) override
      {
        std::array<std::array<Lanes, n>, dim> lambda;
        for (unsigned int k = 0; k < dim; ++k)
          {
            std::array<Lanes, n * n> V;
            for (unsigned int lane = 0; lane < Lanes::size(); ++lane)
              {
                LAPACKFullMatrix<double> M(n), K(n);
                for (unsigned int i = 0; i < n; ++i)
                  for (unsigned int j = 0; j < n; ++j)
                    {
                      M(i, j) = mass[k](i, j)[lane];
                      K(i, j) = stiffness[k](i, j)[lane];
                    }
                std::vector<dealii::Vector<double>> eigenvectors(n);
                K.compute_generalized_eigenvalues_symmetric(M, eigenvectors);
                for (unsigned int e = 0; e < n; ++e)
                  {
                    lambda[k][e][lane] = K.eigenvalue(e).real();
                    for (unsigned int i = 0; i < n; ++i)
                      V[i * n + e][lane] = eigenvectors[e][i];
                  }
              }
            data.insert_back(V.begin(), V.end());
          }
        for (unsigned int i = 0; i < size; ++i)
          {
            Lanes sum = Number(0.);
            for (unsigned int k = 0, rest = i; k < dim; ++k, rest /= n)
              sum += lambda[k][rest % n];
            data.push_back(Number(1.) / sum);
          }
      }

      void
      apply(const unsigned int batch, Lanes *values) const override
      {
        const Lanes *V = data.data() + std::size_t(batch) * (dim * n * n + size);
        Lanes        other[size], *from = values, *to = other;
        sweep<0, true>(V, from, to);
        if constexpr (dim > 1)
          sweep<1, true>(V + n * n, to, from);
        if constexpr (dim > 2)
          sweep<2, true>(V + 2 * n * n, from, to);
        if constexpr (dim == 2)
          std::swap(from, to);
        for (unsigned int i = 0; i < size; ++i)
          to[i] *= V[dim * n * n + i];
        sweep<0, false>(V, to, from);
        if constexpr (dim > 1)
          sweep<1, false>(V + n * n, from, to);
        if constexpr (dim > 2)
          sweep<2, false>(V + 2 * n * n, to, from);
        if constexpr (dim == 2)
          std::swap(from, to);
        if (from != values)
          std::copy_n(from, size, values);
      }

    private:
      static constexpr int size = dim == 1 ? n : dim == 2 ? n * n : n * n * n;

      /** to = V from, or V^T from, along a direction. */
      template <int direction, bool transpose>
      static void
      sweep(const Lanes *V, const Lanes *from, Lanes *to)
      {
        constexpr int stride = direction == 0 ? 1 : direction == 1 ? n : n * n;
        for (int block = 0; block < size; block += stride * n)
          for (int offset = block; offset < block + stride; ++offset)
            for (int i = 0; i < n; ++i)
              {
                Lanes sum = (transpose ? V[i] : V[i * n]) * from[offset];
                for (int j = 1; j < n; ++j)
                  sum += (transpose ? V[j * n + i] : V[i * n + j]) * from[offset + j * stride];
                to[offset + i * stride] = sum;
              }
      }

      AlignedVector<Lanes> data; // of a batch V for each direction, then 1 / Lambda
    };

    template <int dim, typename Number, int n>
    std::unique_ptr<FastDiagonalization<dim, Number>>
    create_of_size(const unsigned int n_nodes)
    {
      if constexpr (n <= largest_size<dim>)
        {
          if (n == n_nodes)
            return std::make_unique<OfSize<dim, Number, n>>();
          return create_of_size<dim, Number, n + 1>(n_nodes);
        }
      AssertThrow(false, ExcNotImplemented());
      return nullptr;
    }
  } // namespace

  template <int dim, typename Number>
  std::unique_ptr<FastDiagonalization<dim, Number>>
  FastDiagonalization<dim, Number>::create(const unsigned int n_nodes)
  {
    return create_of_size<dim, Number, 2>(n_nodes);
  }

  template class FastDiagonalization<1, double>;
  template class FastDiagonalization<2, double>;
  template class FastDiagonalization<3, double>;
  template class FastDiagonalization<1, float>;
  template class FastDiagonalization<2, float>;
  template class FastDiagonalization<3, float>;
} // namespace dynkin
