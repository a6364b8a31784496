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
    , dof_info(cells.get_dof_info(space))
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
    const Number      *from    = vector.begin();
    const unsigned int n_nodes = nodes.size();
    for (unsigned int b = active.first; b < active.second; ++b)
      {
        const unsigned int first = b % n_batches * n_lanes_of_batch;
        const bool         plain = is_plain(b);
        if (!plain)
          {
            batch.reinit(b);
            batch.read_dof_values(vector);
          }
        for (unsigned int lane = 0; lane < n_lanes_of_batch; ++lane)
          {
            Number *to = &nodes[0][first + lane]; // then every Values::size()-th
            if (plain)
              {
                const unsigned int *index = indices(b, lane);
                for (unsigned int i = 0; i < n_nodes; ++i)
                  to[i * Values::size()] = from[index[i]];
              }
            else
              for (unsigned int i = 0; i < n_nodes; ++i)
                to[i * Values::size()] = batch.begin_dof_values()[i][lane];
          }
      }
  }

  template <int dim, typename Number>
  void
  CellIntegrator<dim, Number>::distribute_local_to_global(VectorType &vector)
  {
    Number            *to      = vector.begin();
    const unsigned int n_nodes = nodes.size();
    for (unsigned int b = active.first; b < active.second; ++b)
      {
        const unsigned int first = b % n_batches * n_lanes_of_batch;
        const bool         plain = is_plain(b);
        if (!plain)
          batch.reinit(b);
        for (unsigned int lane = 0; lane < n_lanes_of_batch; ++lane)
          {
            const Number *from = &nodes[0][first + lane];
            if (plain)
              {
                const unsigned int *index = indices(b, lane);
                for (unsigned int i = 0; i < n_nodes; ++i)
                  to[index[i]] += from[i * Values::size()];
              }
            else
              for (unsigned int i = 0; i < n_nodes; ++i)
                batch.begin_dof_values()[i][lane] = from[i * Values::size()];
          }
        if (!plain)
          batch.distribute_local_to_global(vector);
      }
  }

  template <int dim, typename Number>
  bool
  CellIntegrator<dim, Number>::is_plain(const unsigned int b) const
  {
    const auto &starts = dof_info.row_starts;
    const auto &masks  = dof_info.hanging_node_constraint_masks;
    for (unsigned int cell = b * n_lanes_of_batch; cell < (b + 1) * n_lanes_of_batch; ++cell)
      if (starts[cell + 1].first - starts[cell].first != nodes.size() ||
          starts[cell + 1].second != starts[cell].second || (!masks.empty() && masks[cell] != 0))
        return false;
    return true;
  }

  template <int dim, typename Number>
  const unsigned int *
  CellIntegrator<dim, Number>::indices(const unsigned int b, const unsigned int lane) const
  {
    return dof_info.dof_indices.data() + dof_info.row_starts[b * n_lanes_of_batch + lane].first;
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
