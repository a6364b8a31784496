// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "linear_algebra/degree_transfer.h"

#include <deal.II/base/polynomial.h>
#include <deal.II/base/quadrature_lib.h>

#include <algorithm>

#include "kernels/contract.h"

using namespace dealii;

namespace dynkin
{
  template <int dim, typename Number>
  DegreeTransfer<dim, Number>::DegreeTransfer(const CellOperator<dim, Number> &fine)
    : cells(fine)
    , hanging_nodes(fine)
    , n_coarse(fine.coarser_space().degree() + 1)
    , n_fine(fine.discretization().degree() + 1)
  {
    const std::vector<Point<1>> fine_nodes   = QGaussLobatto<1>(n_fine).get_points();
    const std::vector<Point<1>> coarse_nodes = QGaussLobatto<1>(n_coarse).get_points();
    const auto                  basis = Polynomials::generate_complete_Lagrange_basis(coarse_nodes);
    for (const Point<1> &node : fine_nodes)
      for (const Polynomials::Polynomial<double> &polynomial : basis)
        I.push_back(Values(Number(polynomial.value(node[0]))));
    work.resize(2 * power(n_fine, dim));

    cells.initialize(W);
    cells.initialize(weighted);
    Integrator cell = cells.integrator();
    cell.for_each_pack(cells.all_batches(), [&]() {
      std::fill_n(cell.begin_dof_values(), power(n_fine, dim), Values(Number(1.)));
      hanging_nodes.set(cell.pack(), Number(0.), cell.begin_dof_values());
      cell.distribute_local_to_global(W);
    });
    W.compress(VectorOperation::add);
    for (unsigned int i = 0; i < W.locally_owned_size(); ++i)
      if (W.local_element(i) != Number(0.))
        W.local_element(i) = Number(1.) / W.local_element(i);
  }

  template <int dim, typename Number>
  DYNKIN_FOR_ALL_PROCESSORS void
  DegreeTransfer<dim, Number>::embed(const Values *coarse, Values *fine) const
  {
    for (int k = 0; k < dim; ++k)
      {
        Values *to = k == dim - 1 ? fine : work.begin() + k * power(n_fine, dim);
        contract<false>(
          I.begin(), n_fine, n_coarse, power(n_fine, k), power(n_coarse, dim - 1 - k), coarse, to);
        coarse = to;
      }
  }

  template <int dim, typename Number>
  DYNKIN_FOR_ALL_PROCESSORS void
  DegreeTransfer<dim, Number>::embed_transposed(const Values *fine, Values *coarse) const
  {
    for (int k = dim - 1; k >= 0; --k)
      {
        Values *to = k == 0 ? coarse : work.begin() + (k - 1) * power(n_fine, dim);
        contract<true>(
          I.begin(), n_fine, n_coarse, power(n_fine, k), power(n_coarse, dim - 1 - k), fine, to);
        fine = to;
      }
  }

  template <int dim, typename Number>
  void
  DegreeTransfer<dim, Number>::prolongate_and_add(VectorType &fine, const VectorType &coarse) const
  {
    Integrator cell = cells.integrator(), coarse_cell = cells.coarser_integrator();
    weighted = Number(0.);
    coarse.update_ghost_values();
    cell.for_each_pack(cells.all_batches(), [&]() {
      coarse_cell.reinit(cell.pack());
      coarse_cell.read_dof_values(coarse);
      embed(coarse_cell.begin_dof_values(), cell.begin_dof_values());
      hanging_nodes.set(cell.pack(), Number(0.), cell.begin_dof_values());
      cell.distribute_local_to_global(weighted);
    });
    coarse.zero_out_ghost_values();
    weighted.compress(VectorOperation::add);
    weighted.scale(W);
    fine.add(Number(1.), weighted);
  }

  template <int dim, typename Number>
  void
  DegreeTransfer<dim, Number>::restrict_and_add(VectorType &coarse, const VectorType &fine) const
  {
    Integrator cell = cells.integrator(), coarse_cell = cells.coarser_integrator();
    weighted = fine;
    weighted.scale(W);
    weighted.update_ghost_values();
    cell.for_each_pack(cells.all_batches(), [&]() {
      coarse_cell.reinit(cell.pack());
      cell.read_dof_values(weighted);
      hanging_nodes.set(cell.pack(), Number(0.), cell.begin_dof_values());
      embed_transposed(cell.begin_dof_values(), coarse_cell.begin_dof_values());
      coarse_cell.distribute_local_to_global(coarse);
    });
    weighted.zero_out_ghost_values();
    coarse.compress(VectorOperation::add);
  }

  template class DegreeTransfer<1, double>;
  template class DegreeTransfer<2, double>;
  template class DegreeTransfer<3, double>;
  template class DegreeTransfer<1, float>;
  template class DegreeTransfer<2, float>;
  template class DegreeTransfer<3, float>;
} // namespace dynkin
