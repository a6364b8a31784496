// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "form/cell_integrator.h"

#include <algorithm>

using namespace dealii;

namespace dynkin
{
  template <int dim, typename Number>
  CellIntegrator<dim, Number>::CellIntegrator(const Cells                 &cells,
                                              const UnitCell<dim, Number> &unit_cell,
                                              const unsigned int           space)
    : cell(unit_cell)
    , batch(cells, space)
    , n_all_batches(cells.n_cell_batches())
    , nodes(unit_cell.n_nodes())
    , values(unit_cell.n_points())
    , gradients(dim * unit_cell.n_points())
    , work(unit_cell.work_size())
  {
  }

  template <int dim, typename Number>
  unsigned int
  CellIntegrator<dim, Number>::n_packs(const Cells &cells)
  {
    return (cells.n_cell_batches() + n_batches - 1) / n_batches;
  }

  template <int dim, typename Number>
  void
  CellIntegrator<dim, Number>::reinit(const unsigned int pack)
  {
    reinit(pack, {0, n_all_batches});
  }

  template <int dim, typename Number>
  void
  CellIntegrator<dim, Number>::reinit(const unsigned int pack, const Range &batches)
  {
    current       = pack;
    active.first  = std::max(pack * n_batches, batches.first);
    active.second = std::min((pack + 1) * n_batches, batches.second);
  }

  template <int dim, typename Number>
  unsigned int
  CellIntegrator<dim, Number>::pack() const
  {
    return current;
  }

  template <int dim, typename Number>
  typename CellIntegrator<dim, Number>::Values *
  CellIntegrator<dim, Number>::begin_dof_values()
  {
    return nodes.begin();
  }

  template <int dim, typename Number>
  typename CellIntegrator<dim, Number>::Values *
  CellIntegrator<dim, Number>::begin_values()
  {
    return values.begin();
  }

  template <int dim, typename Number>
  typename CellIntegrator<dim, Number>::Values *
  CellIntegrator<dim, Number>::begin_gradients()
  {
    return gradients.begin();
  }

  template <int dim, typename Number>
  void
  CellIntegrator<dim, Number>::read_dof_values(const VectorType &vector)
  {
    if (active.second - active.first < n_batches)
      std::fill(nodes.begin(), nodes.end(), Values(Number(0.)));
    for (unsigned int b = active.first; b < active.second; ++b)
      {
        batch.reinit(b);
        batch.read_dof_values(vector);
        const auto        *from  = batch.begin_dof_values();
        const unsigned int first = b % n_batches * n_lanes_of_batch;
        for (unsigned int i = 0; i < nodes.size(); ++i)
          for (unsigned int lane = 0; lane < n_lanes_of_batch; ++lane)
            nodes[i][first + lane] = from[i][lane];
      }
  }

  template <int dim, typename Number>
  void
  CellIntegrator<dim, Number>::distribute_local_to_global(VectorType &vector)
  {
    for (unsigned int b = active.first; b < active.second; ++b)
      {
        batch.reinit(b);
        auto              *to    = batch.begin_dof_values();
        const unsigned int first = b % n_batches * n_lanes_of_batch;
        for (unsigned int i = 0; i < nodes.size(); ++i)
          for (unsigned int lane = 0; lane < n_lanes_of_batch; ++lane)
            to[i][lane] = nodes[i][first + lane];
        batch.distribute_local_to_global(vector);
      }
  }

  template <int dim, typename Number>
  void
  CellIntegrator<dim, Number>::evaluate()
  {
    cell.evaluate(nodes.begin(), values.begin(), gradients.begin(), work.begin());
  }

  template <int dim, typename Number>
  void
  CellIntegrator<dim, Number>::integrate()
  {
    cell.integrate(values.begin(), gradients.begin(), nodes.begin(), work.begin());
  }

  template <int dim, typename Number>
  void
  CellIntegrator<dim, Number>::evaluate_values()
  {
    cell.evaluate(nodes.begin(), values.begin(), work.begin());
  }

  template <int dim, typename Number>
  void
  CellIntegrator<dim, Number>::integrate_values()
  {
    cell.integrate(values.begin(), nodes.begin(), work.begin());
  }

  template class CellIntegrator<1, double>;
  template class CellIntegrator<2, double>;
  template class CellIntegrator<3, double>;
  template class CellIntegrator<1, float>;
  template class CellIntegrator<2, float>;
  template class CellIntegrator<3, float>;
} // namespace dynkin
