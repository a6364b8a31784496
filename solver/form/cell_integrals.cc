// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "form/cell_geometry.h"
#include "form/generator_form.h"

using namespace dealii;

namespace dynkin
{
  template <int dim>
  void
  GeneratorForm<dim>::load(Vector &dst, const Vector *g) const
  {
    integrate(dst, sum_over_cells.coefficients().mass, g);
  }

  template <int dim>
  void
  GeneratorForm<dim>::source_load(Vector                                          &dst,
                                  const std::function<double(const Point<dim> &)> &g) const
  {
    CellGeometry<dim>         cell(discretization(), sum_over_cells.cells());
    const CoordinateMap<dim> &coordinates = discretization().mesh().coordinates();
    Weights                   weights     = sum_over_cells.coefficients().mass;
    cell.for_each_point(
      [&](const unsigned int q, const unsigned int lane, const std::size_t entry) {
        weights[entry][lane] *= g(reference.inside(coordinates.to_space(cell.position(q, lane))));
      });
    integrate(dst, weights, nullptr);
  }

  template <int dim>
  void
  GeneratorForm<dim>::killing_load(Vector &dst) const
  {
    integrate(dst, sum_over_cells.coefficients().killing, nullptr);
  }

  template <int dim>
  void
  GeneratorForm<dim>::integrate(Vector &dst, const Weights &w, const Vector *g) const
  {
    initialize(dst);
    if (w.empty())
      return;
    const unsigned int n_q  = sum_over_cells.unit_cell().n_points();
    Integrator         cell = sum_over_cells.integrator();
    const auto over_cells   = [&](const auto &, auto &result, const auto &, const auto &range) {
      cell.for_each_pack(range, [&]() {
        if (g != nullptr)
          {
            cell.read_dof_values(*g);
            cell.evaluate_values();
          }
        for (unsigned int q = 0; q < n_q; ++q)
          cell.submit_value(g != nullptr ? w[std::size_t(cell.pack()) * n_q + q] * cell.get_value(q)
                                         : w[std::size_t(cell.pack()) * n_q + q],
                            q);
        cell.integrate_values();
        cell.distribute_local_to_global(result);
      });
    };
    const bool needs_ghosts = g != nullptr && !g->has_ghost_elements();
    if (needs_ghosts)
      g->update_ghost_values();
    sum_over_cells.cells().template cell_loop<Vector, int>(over_cells, dst, 0, true);
    if (needs_ghosts)
      g->zero_out_ghost_values();
  }

  template <int dim>
  std::vector<double>
  GeneratorForm<dim>::cell_products(const Vector &f, const Vector &v) const
  {
    const Cells        &cells = sum_over_cells.cells();
    const unsigned int  n     = sum_over_cells.unit_cell().n_nodes();
    std::vector<double> products(discretization().mesh().triangulation().n_active_cells(), 0.);
    Integrator          cell = sum_over_cells.integrator(), tested = sum_over_cells.integrator();
    cell.for_each_pack(sum_over_cells.all_batches(), [&]() {
      tested.reinit(cell.pack());
      cell.read_dof_values(f);
      tested.read_dof_values(v);
      sum_over_cells.cell_operation(cell, Direction::backward);
      Pack<double> sum = 0.;
      for (unsigned int i = 0; i < n; ++i)
        sum += cell.begin_dof_values()[i] * tested.begin_dof_values()[i];
      Integrator::for_each_cell(
        cells, cell.pack(), [&](const unsigned int lane, const auto &iterator) {
          products[iterator->active_cell_index()] = sum[lane];
        });
    });
    return products;
  }

  template <int dim>
  std::vector<double>
  GeneratorForm<dim>::cell_masses(const Vector &v) const
  {
    const Cells        &cells = sum_over_cells.cells();
    const auto         &w     = sum_over_cells.coefficients().mass;
    const unsigned int  n_q   = sum_over_cells.unit_cell().n_points();
    std::vector<double> masses(discretization().mesh().triangulation().n_active_cells(), 0.);
    Integrator          cell = sum_over_cells.integrator();
    cell.for_each_pack(sum_over_cells.all_batches(), [&]() {
      cell.read_dof_values(v);
      cell.evaluate_values();
      Pack<double> sum = 0.;
      for (unsigned int q = 0; q < n_q; ++q)
        sum += w[std::size_t(cell.pack()) * n_q + q] * cell.get_value(q) *
               Pack<double>(sum_over_cells.unit_cell().weight(q));
      Integrator::for_each_cell(
        cells, cell.pack(), [&](const unsigned int lane, const auto &iterator) {
          masses[iterator->active_cell_index()] = sum[lane];
        });
    });
    return masses;
  }

#define INSTANTIATE(dim)                                                                         \
  template void GeneratorForm<dim>::load(Vector &, const Vector *) const;                        \
  template void GeneratorForm<dim>::killing_load(Vector &) const;                                \
  template void GeneratorForm<dim>::source_load(                                                 \
    Vector &, const std::function<double(const Point<dim> &)> &) const;                          \
  template void GeneratorForm<dim>::integrate(Vector &, const Weights &, const Vector *) const;  \
  template std::vector<double> GeneratorForm<dim>::cell_products(const Vector &, const Vector &) \
    const;                                                                                       \
  template std::vector<double> GeneratorForm<dim>::cell_masses(const Vector &) const;
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
