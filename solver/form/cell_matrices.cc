// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <deal.II/dofs/dof_tools.h>
#include <deal.II/fe/fe_tools.h>
#include <deal.II/lac/dynamic_sparsity_pattern.h>
#include <deal.II/lac/sparsity_tools.h>

#include <algorithm>
#include <type_traits>
#include <vector>

#include "form/cell_operator.h"
#include "form/hanging_nodes.h"
#include "kernels/tensor_diagonal.h"

using namespace dealii;

// The entries of the matrix of a cell operator: all, or its diagonal.

namespace dynkin
{
  template <int dim, typename Number>
  void
  CellOperator<dim, Number>::assemble(TrilinosWrappers::SparseMatrix  &matrix,
                                      const AffineConstraints<double> &constraints,
                                      const Direction                  direction) const
  {
    if constexpr (std::is_same_v<Number, double>)
      {
        const DoFHandler<dim> &dofs = space->dof_handler();
        DynamicSparsityPattern pattern(space->relevant_dofs());
        DoFTools::make_sparsity_pattern(dofs, pattern, constraints, false);
        SparsityTools::distribute_sparsity_pattern(
          pattern, dofs.locally_owned_dofs(), space->communicator(), space->relevant_dofs());
        matrix.reinit(
          dofs.locally_owned_dofs(), dofs.locally_owned_dofs(), pattern, space->communicator());
        for_each_cell_matrix(direction,
                             [&](const auto &, const auto &cell_matrix, const auto &dofs) {
                               constraints.distribute_local_to_global(cell_matrix, dofs, matrix);
                             });
        matrix.compress(VectorOperation::add);
      }
    else
      AssertThrow(false, ExcNotImplemented());
  }

  template <int dim, typename Number>
  void
  CellOperator<dim, Number>::for_each_cell_matrix(const Direction     direction,
                                                  const OnCellMatrix &action) const
  {
    const unsigned int              n = kernels->n_nodes();
    const std::vector<unsigned int> numbering =
      FETools::lexicographic_to_hierarchic_numbering<dim>(space->degree());
    std::vector<types::global_dof_index> hierarchic(n), dofs(n);
    FullMatrix<double>                   cell_matrix(n, n);
    Table<2, Values>                     entries(n, n); // by column
    Integrator                           cell = integrator();
    cell.for_each_pack(all_batches(), [&]() {
      for (unsigned int j = 0; j < n; ++j)
        {
          std::fill_n(cell.begin_dof_values(), n, Values(Number(0.)));
          cell.begin_dof_values()[j] = Number(1.);
          cell_operation(cell, direction);
          std::copy_n(cell.begin_dof_values(), n, &entries(j, 0));
        }
      Integrator::for_each_cell(
        matrix_free, cell.pack(), [&](const unsigned int lane, const auto &iterator) {
          iterator->get_dof_indices(hierarchic);
          for (unsigned int i = 0; i < n; ++i)
            {
              dofs[i] = hierarchic[numbering[i]];
              for (unsigned int j = 0; j < n; ++j)
                cell_matrix(i, j) = entries(j, i)[lane];
            }
          action(iterator, cell_matrix, dofs);
        });
    });
  }

  template <int dim, typename Number>
  void
  CellOperator<dim, Number>::diagonal(VectorType &diagonal) const
  {
    initialize(diagonal);
    const auto &[diffusion, drift, mass, killing] = coefficient;
    const unsigned int          n_q               = kernels->n_points();
    TensorDiagonal<dim, Number> terms(kernels->line());
    AlignedVector<Values>       values(n_q);
    HangingNodes<dim, Number>   hanging_nodes(*this);
    Integrator                  cell = integrator();
    cell.for_each_pack(all_batches(), [&]() {
      const std::size_t first = std::size_t(cell.pack()) * n_q;
      std::fill_n(cell.begin_dof_values(), kernels->n_nodes(), Values(Number(0.)));
      const auto add = [&](const auto &at_point, const auto &orders) {
        for (unsigned int q = 0; q < n_q; ++q)
          values[q] = Values(kernels->weight(q)) * at_point(first + q);
        terms.add(values, orders, cell.begin_dof_values());
      };
      using Orders = typename TensorDiagonal<dim, Number>::Orders;
      // sum_kl D_kl d_k phi d_l phi - sum_k C_k d_k phi phi + k m phi phi
      if (!killing.empty())
        add([&, &k_m = killing](const std::size_t q) { return k_m[q]; }, Orders());
      for (unsigned int k = 0; k < dim; ++k)
        {
          Orders orders = {};
          ++orders[k];
          for (unsigned int l = k; l < dim; ++l)
            {
              Orders both = orders;
              ++both[l];
              add(
                [&](const std::size_t q) {
                  return Values(Number(k == l ? 1. : 2.)) * diffusion[q][k][l];
                },
                both);
            }
          if (!drift.empty())
            add([&](const std::size_t q) { return Values(Number(-1.)) * drift[q][k]; }, orders);
        }
      hanging_nodes.distribute_diagonal(cell, diagonal);
    });
    diagonal.compress(VectorOperation::add);
  }

#define INSTANTIATE(dim, Number)                                                                 \
  template void CellOperator<dim, Number>::assemble(                                             \
    TrilinosWrappers::SparseMatrix &, const AffineConstraints<double> &, const Direction) const; \
  template void CellOperator<dim, Number>::for_each_cell_matrix(const Direction,                 \
                                                                const OnCellMatrix &) const;     \
  template void CellOperator<dim, Number>::diagonal(VectorType &) const;
  INSTANTIATE(1, double)
  INSTANTIATE(2, double)
  INSTANTIATE(3, double)
  INSTANTIATE(1, float)
  INSTANTIATE(2, float)
  INSTANTIATE(3, float)
#undef INSTANTIATE
} // namespace dynkin
