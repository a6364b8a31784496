// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "form/cell_operator.h"

#include <deal.II/dofs/dof_tools.h>
#include <deal.II/lac/dynamic_sparsity_pattern.h>
#include <deal.II/lac/sparsity_tools.h>
#include <deal.II/matrix_free/tools.h>

#include <algorithm>
#include <type_traits>

#include "form/hanging_nodes.h"
#include "form/tensor_diagonal.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    /** Maps the unit cell onto itself, whatever the cell. */
    template <int dim>
    std::unique_ptr<MappingQCache<dim>>
    unit_cells(const Triangulation<dim> &triangulation)
    {
      std::vector<Point<dim>> vertices;
      for (const unsigned int v : GeometryInfo<dim>::vertex_indices())
        vertices.push_back(GeometryInfo<dim>::unit_cell_vertex(v));
      auto mapping = std::make_unique<MappingQCache<dim>>(1);
      mapping->initialize(triangulation, [&](const auto &) { return vertices; });
      return mapping;
    }
  } // namespace

  template <int dim, typename Number>
  CellOperator<dim, Number>::CellOperator(const Discretization<dim> &discretization,
                                          const Compute             &compute,
                                          const double               killing_rate)
    : space(&discretization)
    , killing(killing_rate)
  {
    reinit(discretization.mapping(), discretization.quadrature());
    CellIntegrator cell(matrix_free);
    compute(cell, matrix_free, coefficient);
    matrix_free.update_mapping(*unit_cells(discretization.mesh().triangulation()));
  }

  template <int dim, typename Number>
  CellOperator<dim, Number>::CellOperator(const CellOperator<dim, double> &other,
                                          const Discretization<dim>       &discretization,
                                          const double                     factor)
    : space(&discretization)
    , killing(other.killing_rate())
  {
    reinit(*unit_cells(discretization.mesh().triangulation()), other.discretization().quadrature());

    // where a cell stands among the other's: batch and lane
    const auto                                        &others = other.cells();
    std::vector<std::pair<unsigned int, unsigned int>> place(
      discretization.mesh().triangulation().n_active_cells());
    for (unsigned int batch = 0; batch < others.n_cell_batches(); ++batch)
      for (unsigned int lane = 0; lane < others.n_active_entries_per_cell_batch(batch); ++lane)
        place[others.get_cell_iterator(batch, lane)->active_cell_index()] = {batch, lane};

    const auto        &from = other.coefficients();
    const unsigned int n_q  = others.get_n_q_points();
    coefficient.diffusion.resize(std::size_t(n_q) * matrix_free.n_cell_batches());
    coefficient.mass.resize(coefficient.diffusion.size());
    coefficient.drift.resize(from.drift.empty() ? 0 : coefficient.diffusion.size());
    for (unsigned int batch = 0; batch < matrix_free.n_cell_batches(); ++batch)
      for (unsigned int lane = 0; lane < matrix_free.n_active_entries_per_cell_batch(batch); ++lane)
        {
          const auto [other_batch, other_lane] =
            place[matrix_free.get_cell_iterator(batch, lane)->active_cell_index()];
          std::size_t to = std::size_t(batch) * n_q, at = std::size_t(other_batch) * n_q;
          for (unsigned int q = 0; q < n_q; ++q, ++to, ++at)
            {
              for (unsigned int k = 0; k < coefficient.diffusion[to].n_independent_components; ++k)
                coefficient.diffusion[to].access_raw_entry(k)[lane] =
                  factor * from.diffusion[at].access_raw_entry(k)[other_lane];
              coefficient.mass[to][lane] = factor * from.mass[at][other_lane];
              if (!from.drift.empty())
                for (unsigned int k = 0; k < dim; ++k)
                  coefficient.drift[to][k][lane] = factor * from.drift[at][k][other_lane];
            }
        }
  }

  template <int dim, typename Number>
  void
  CellOperator<dim, Number>::reinit(const Mapping<dim> &mapping, const Quadrature<1> &quadrature)
  {
    typename Cells::AdditionalData data;
    data.tasks_parallel_scheme = Cells::AdditionalData::none;
    data.mapping_update_flags  = update_gradients | update_JxW_values | update_quadrature_points;
    AffineConstraints<Number> constraints;
    constraints.copy_from(space->hanging_nodes());
    matrix_free.reinit(mapping, space->dof_handler(), constraints, quadrature, data);
  }

  template <int dim, typename Number>
  void
  CellOperator<dim, Number>::cell_operation(CellIntegrator &cell, const Direction direction) const
  {
    const std::size_t first = std::size_t(cell.get_current_cell_index()) * cell.n_q_points;
    const auto &[diffusion, drift, mass] = coefficient;

    const bool backward = direction == Direction::backward;
    const auto value    = EvaluationFlags::values;
    const auto none     = EvaluationFlags::nothing;
    const bool drifts = !drift.empty(), dies = killing > 0.;

    cell.evaluate(EvaluationFlags::gradients | ((drifts && !backward) || dies ? value : none));
    if (!drifts && !dies)
      for (unsigned int q = 0; q < cell.n_q_points; ++q)
        cell.submit_gradient(diffusion[first + q] * cell.get_gradient(q), q);
    else
      for (unsigned int q = 0; q < cell.n_q_points; ++q)
        {
          const Tensor<1, dim, Lanes> gradient = cell.get_gradient(q);
          Tensor<1, dim, Lanes>       flux     = diffusion[first + q] * gradient;
          Lanes                       source   = Number(0.);
          if (dies)
            source = Number(killing) * mass[first + q] * cell.get_value(q);
          if (drifts && backward)
            source -= drift[first + q] * gradient;
          else if (drifts)
            flux -= drift[first + q] * cell.get_value(q);
          cell.submit_gradient(flux, q);
          if ((drifts && backward) || dies)
            cell.submit_value(source, q);
        }
    cell.integrate(EvaluationFlags::gradients | ((drifts && backward) || dies ? value : none));
  }

  template <int dim, typename Number>
  void
  CellOperator<dim, Number>::initialize(VectorType &vector) const
  {
    matrix_free.initialize_dof_vector(vector);
  }

  template <int dim, typename Number>
  void
  CellOperator<dim, Number>::apply(
    VectorType                                                        &dst,
    const VectorType                                                  &src,
    const Direction                                                    direction,
    const std::function<void(const unsigned int, const unsigned int)> &before,
    const std::function<void(const unsigned int, const unsigned int)> &after) const
  {
    const auto operation =
      [&](const Cells &data, VectorType &result, const VectorType &argument, const auto &range) {
        CellIntegrator cell(data);
        for (unsigned int batch = range.first; batch < range.second; ++batch)
          {
            cell.reinit(batch);
            cell.read_dof_values(argument);
            cell_operation(cell, direction);
            cell.distribute_local_to_global(result);
          }
      };
    if (before)
      matrix_free.template cell_loop<VectorType, VectorType>(operation, dst, src, before, after);
    else
      matrix_free.template cell_loop<VectorType, VectorType>(operation, dst, src, true);
  }

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
        MatrixFreeTools::compute_matrix<dim, -1, 0, 1, Number, Lanes>(
          matrix_free, constraints, matrix, [&](CellIntegrator &cell) {
            cell_operation(cell, direction);
          });
      }
    else
      AssertThrow(false, ExcNotImplemented());
  }

  template <int dim, typename Number>
  void
  CellOperator<dim, Number>::diagonal(VectorType &diagonal) const
  {
    initialize(diagonal);
    const auto &[diffusion, drift, mass] = coefficient;
    CellIntegrator              cell(matrix_free);
    TensorDiagonal<dim, Number> terms(cell.get_shape_info());
    AlignedVector<Lanes>        values(cell.n_q_points);
    HangingNodes<dim, Number>   hanging_nodes(*this);
    for (unsigned int batch = 0; batch < matrix_free.n_cell_batches(); ++batch)
      {
        cell.reinit(batch);
        const std::size_t first = std::size_t(batch) * cell.n_q_points;
        std::fill_n(cell.begin_dof_values(), cell.dofs_per_cell, Lanes(Number(0.)));
        const auto add = [&](const auto &at_point, const auto &orders) {
          for (unsigned int q = 0; q < cell.n_q_points; ++q)
            values[q] = cell.JxW(q) * at_point(first + q); // JxW of a unit cell
          terms.add(values, orders, cell.begin_dof_values());
        };
        using Orders = typename TensorDiagonal<dim, Number>::Orders;
        // sum_kl D_kl d_k phi d_l phi - sum_k C_k d_k phi phi + gamma m phi phi
        if (killing > 0.)
          add([&](const std::size_t q) { return Number(killing) * mass[q]; }, Orders());
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
                    return Number(k == l ? 1. : 2.) * diffusion[q][k][l];
                  },
                  both);
              }
            if (!drift.empty())
              add([&](const std::size_t q) { return -drift[q][k]; }, orders);
          }
        hanging_nodes.distribute_diagonal(cell, diagonal);
      }
    diagonal.compress(VectorOperation::add);
  }

  template <int dim, typename Number>
  const typename CellOperator<dim, Number>::Cells &
  CellOperator<dim, Number>::cells() const
  {
    return matrix_free;
  }

  template <int dim, typename Number>
  const typename CellOperator<dim, Number>::Coefficients &
  CellOperator<dim, Number>::coefficients() const
  {
    return coefficient;
  }

  template <int dim, typename Number>
  const Discretization<dim> &
  CellOperator<dim, Number>::discretization() const
  {
    return *space;
  }

  template <int dim, typename Number>
  double
  CellOperator<dim, Number>::killing_rate() const
  {
    return killing;
  }

  template class CellOperator<1, double>;
  template class CellOperator<2, double>;
  template class CellOperator<3, double>;
  template class CellOperator<1, float>;
  template class CellOperator<2, float>;
  template class CellOperator<3, float>;
} // namespace dynkin
