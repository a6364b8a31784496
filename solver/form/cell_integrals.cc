// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "form/generator_form.h"

using namespace dealii;

namespace dynkin
{
  template <int dim>
  void
  GeneratorForm<dim>::load(Vector &dst, const Vector *g) const
  {
    initialize(dst);
    const auto integrate = [&](const auto &data, auto &result, const auto &, const auto &range) {
      CellIntegrator cell(data);
      for (unsigned int batch = range.first; batch < range.second; ++batch)
        {
          cell.reinit(batch);
          if (g != nullptr)
            {
              cell.read_dof_values(*g);
              cell.evaluate(EvaluationFlags::values);
            }
          for (unsigned int q = 0; q < cell.n_q_points; ++q)
            cell.submit_value(g != nullptr ? w[batch * cell.n_q_points + q] * cell.get_value(q)
                                           : w[batch * cell.n_q_points + q],
                              q);
          cell.integrate(EvaluationFlags::values);
          cell.distribute_local_to_global(result);
        }
    };
    const bool needs_ghosts = g != nullptr && !g->has_ghost_elements();
    if (needs_ghosts)
      g->update_ghost_values();
    matrix_free.template cell_loop<Vector, int>(integrate, dst, 0, true);
    if (needs_ghosts)
      g->zero_out_ghost_values();
  }

  template <int dim>
  std::vector<double>
  GeneratorForm<dim>::cell_products(const Vector &f, const Vector &v) const
  {
    std::vector<double> products(space->mesh().triangulation().n_active_cells(), 0.);
    CellIntegrator      cell(matrix_free), tested(matrix_free);
    for (unsigned int batch = 0; batch < matrix_free.n_cell_batches(); ++batch)
      {
        cell.reinit(batch);
        tested.reinit(batch);
        cell.read_dof_values(f);
        tested.read_dof_values(v);
        cell_operation(cell, Direction::backward);
        Lanes sum = 0.;
        for (unsigned int i = 0; i < cell.dofs_per_cell; ++i)
          sum += cell.begin_dof_values()[i] * tested.begin_dof_values()[i];
        for (unsigned int lane = 0; lane < matrix_free.n_active_entries_per_cell_batch(batch);
             ++lane)
          products[matrix_free.get_cell_iterator(batch, lane)->active_cell_index()] = sum[lane];
      }
    return products;
  }

  template <int dim>
  std::vector<double>
  GeneratorForm<dim>::cell_masses(const Vector &v) const
  {
    std::vector<double> masses(space->mesh().triangulation().n_active_cells(), 0.);
    CellIntegrator      cell(matrix_free);
    for (unsigned int batch = 0; batch < matrix_free.n_cell_batches(); ++batch)
      {
        cell.reinit(batch);
        cell.read_dof_values(v);
        cell.evaluate(EvaluationFlags::values);
        Lanes sum = 0.;
        for (unsigned int q = 0; q < cell.n_q_points; ++q)
          sum += w[batch * cell.n_q_points + q] * cell.get_value(q) * cell.JxW(q);
        for (unsigned int lane = 0; lane < matrix_free.n_active_entries_per_cell_batch(batch);
             ++lane)
          masses[matrix_free.get_cell_iterator(batch, lane)->active_cell_index()] = sum[lane];
      }
    return masses;
  }

#define INSTANTIATE(dim)                                                                         \
  template void                GeneratorForm<dim>::load(Vector &, const Vector *) const;         \
  template std::vector<double> GeneratorForm<dim>::cell_products(const Vector &, const Vector &) \
    const;                                                                                       \
  template std::vector<double> GeneratorForm<dim>::cell_masses(const Vector &) const;
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
