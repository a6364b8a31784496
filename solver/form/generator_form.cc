// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "form/generator_form.h"

#include <deal.II/dofs/dof_tools.h>
#include <deal.II/lac/dynamic_sparsity_pattern.h>
#include <deal.II/lac/sparsity_tools.h>
#include <deal.II/matrix_free/tools.h>

#include <algorithm>
#include <limits>

#include "form/tensor_diagonal.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double log_smallest_weight = 690., log_largest_weight = 690.; // 1e300
  }

  template <int dim>
  GeneratorForm<dim>::GeneratorForm(const Model<dim>          &model,
                                    const Discretization<dim> &discretization,
                                    const std::string         &weight,
                                    const double               killing_rate)
    : sde(&model)
    , space(&discretization)
    , reference(model, weight)
    , killing(killing_rate)
  {
    typename MatrixFree<dim, double>::AdditionalData data;
    data.tasks_parallel_scheme = MatrixFree<dim, double>::AdditionalData::none;
    data.mapping_update_flags =
      update_values | update_gradients | update_JxW_values | update_quadrature_points;
    matrix_free.reinit(discretization.mapping(),
                       discretization.dof_handler(),
                       discretization.hanging_nodes(),
                       discretization.quadrature(),
                       data);
    compute_coefficients();
  }

  template <int dim>
  void
  GeneratorForm<dim>::compute_coefficients()
  {
    CellIntegrator     cell(matrix_free);
    const unsigned int n_q = cell.n_q_points, n_batches = matrix_free.n_cell_batches();
    w.resize(n_batches * n_q);
    half_wa.resize(w.size());
    if (!is_symmetric())
      wc.resize(w.size());

    const auto for_each_lane = [&](const auto &operation) {
      for (unsigned int batch = 0; batch < n_batches; ++batch)
        {
          cell.reinit(batch);
          for (unsigned int q = 0; q < n_q; ++q)
            {
              const Point<dim, Lanes> points = cell.quadrature_point(q);
              for (unsigned int lane = 0; lane < Lanes::size(); ++lane)
                {
                  // lanes without a cell repeat the first one: their values are never used
                  const unsigned int filled =
                    lane < matrix_free.n_active_entries_per_cell_batch(batch) ? lane : 0;
                  Point<dim> y;
                  for (unsigned int i = 0; i < dim; ++i)
                    y[i] = points[i][filled];
                  operation(y, batch * n_q + q, lane);
                }
            }
        }
    };

    // in the coordinates of the mesh: a -> J^-1 a J^-T, c -> J^-1 c, w -> w det J, J = dx/dy
    const CoordinateMap<dim> &coordinates = space->mesh().coordinates();
    // the diffusion first: a model may find here that it is not positive definite
    for_each_lane([&](const Point<dim> &y, const unsigned int index, const unsigned int lane) {
      SymmetricTensor<2, dim> a = sde->diffusion(coordinates.to_space(y));
      if (!coordinates.is_identity())
        {
          const Tensor<2, dim> J = coordinates.inverse_jacobian(y);
          a                      = symmetrize(J * Tensor<2, dim>(a) * transpose(J));
        }
      for (unsigned int i = 0; i < dim; ++i)
        for (unsigned int j = i; j < dim; ++j)
          half_wa[index][i][j][lane] = 0.5 * a[i][j];
    });

    double psi_max = -std::numeric_limits<double>::max(), psi_min = -psi_max;
    for_each_lane([&](const Point<dim> &y, const unsigned int index, const unsigned int lane) {
      // its logarithm, for now
      w[index][lane] =
        reference.log_value(coordinates.to_space(y)) + coordinates.log_determinant(y);
      psi_max = std::max(psi_max, w[index][lane]);
      psi_min = std::min(psi_min, w[index][lane]);
    });
    psi_max = Utilities::MPI::max(psi_max, space->communicator());
    psi_min = Utilities::MPI::min(psi_min, space->communicator());
    // the largest weight is 1, or more where the smallest would leave the range of a double
    const double psi_one =
      psi_max - std::clamp(psi_max - psi_min - log_smallest_weight, 0., log_largest_weight);
    reference.set_unit(psi_one);

    for_each_lane([&](const Point<dim> &y, const unsigned int index, const unsigned int lane) {
      const double weight = std::exp(w[index][lane] - psi_one);
      w[index][lane]      = weight;
      for (unsigned int i = 0; i < dim; ++i)
        for (unsigned int j = i; j < dim; ++j)
          half_wa[index][i][j][lane] *= weight;
      if (!wc.empty())
        {
          Tensor<1, dim> c = reference.nonreversible_drift(coordinates.to_space(y));
          if (!coordinates.is_identity())
            c = coordinates.inverse_jacobian(y) * c;
          for (unsigned int i = 0; i < dim; ++i)
            wc[index][i][lane] = weight * c[i];
        }
    });
  }

  template <int dim>
  void
  GeneratorForm<dim>::cell_operation(CellIntegrator &cell, const Direction direction) const
  {
    const unsigned int first = cell.get_current_cell_index() * cell.n_q_points;

    const bool backward = direction == Direction::backward;
    const auto value    = EvaluationFlags::values;
    const auto none     = EvaluationFlags::nothing;
    const bool drifts = !wc.empty(), dies = killing > 0.;

    cell.evaluate(EvaluationFlags::gradients | ((drifts && !backward) || dies ? value : none));
    for (unsigned int q = 0; q < cell.n_q_points; ++q)
      {
        const Tensor<1, dim, Lanes> gradient = cell.get_gradient(q);
        Tensor<1, dim, Lanes>       flux     = half_wa[first + q] * gradient;
        Lanes                       source   = 0.;
        if (dies)
          source = killing * w[first + q] * cell.get_value(q);
        if (drifts && backward)
          source -= wc[first + q] * gradient;
        else if (drifts)
          flux -= wc[first + q] * cell.get_value(q);
        cell.submit_gradient(flux, q);
        if ((drifts && backward) || dies)
          cell.submit_value(source, q);
      }
    cell.integrate(EvaluationFlags::gradients | ((drifts && backward) || dies ? value : none));
  }

  template <int dim>
  void
  GeneratorForm<dim>::initialize(Vector &vector) const
  {
    matrix_free.initialize_dof_vector(vector);
  }

  template <int dim>
  void
  GeneratorForm<dim>::apply(Vector &dst, const Vector &src, const Direction direction) const
  {
    matrix_free.template cell_loop<Vector, Vector>(
      [&](const auto &data, auto &result, const auto &argument, const auto &range) {
        CellIntegrator cell(data);
        for (unsigned int batch = range.first; batch < range.second; ++batch)
          {
            cell.reinit(batch);
            cell.read_dof_values(argument);
            cell_operation(cell, direction);
            cell.distribute_local_to_global(result);
          }
      },
      dst,
      src,
      true);
  }

  template <int dim>
  void
  GeneratorForm<dim>::assemble(TrilinosWrappers::SparseMatrix  &matrix,
                               const AffineConstraints<double> &constraints,
                               const Direction                  direction) const
  {
    const DoFHandler<dim> &dofs = space->dof_handler();
    DynamicSparsityPattern pattern(space->relevant_dofs());
    DoFTools::make_sparsity_pattern(dofs, pattern, constraints, false);
    SparsityTools::distribute_sparsity_pattern(
      pattern, dofs.locally_owned_dofs(), space->communicator(), space->relevant_dofs());
    matrix.reinit(
      dofs.locally_owned_dofs(), dofs.locally_owned_dofs(), pattern, space->communicator());
    MatrixFreeTools::compute_matrix<dim, -1, 0, 1, double, Lanes>(
      matrix_free, constraints, matrix, [&](CellIntegrator &cell) {
        cell_operation(cell, direction);
      });
  }

  template <int dim>
  void
  GeneratorForm<dim>::diagonal(Vector &diagonal) const
  {
    initialize(diagonal);
    CellIntegrator       cell(matrix_free);
    TensorDiagonal<dim>  terms(cell.get_shape_info());
    AlignedVector<Lanes> coefficient(cell.n_q_points);
    for (unsigned int batch = 0; batch < matrix_free.n_cell_batches(); ++batch)
      {
        cell.reinit(batch);
        const unsigned int first = batch * cell.n_q_points;
        std::fill_n(cell.begin_dof_values(), cell.dofs_per_cell, Lanes(0.));
        // in the coordinates of the unit cell, where grad phi = J^-T grad_unit phi:
        // sum_kl (J^-1 w a/2 J^-T)_kl d_k phi d_l phi - sum_k (J^-1 w c)_k d_k phi phi,
        // and gamma w phi phi
        if (killing > 0.)
          {
            for (unsigned int q = 0; q < cell.n_q_points; ++q)
              coefficient[q] = cell.JxW(q) * killing * w[first + q];
            terms.add(coefficient, {}, cell.begin_dof_values());
          }
        for (unsigned int k = 0; k < dim; ++k)
          {
            for (unsigned int l = k; l < dim; ++l)
              {
                for (unsigned int q = 0; q < cell.n_q_points; ++q)
                  {
                    const Tensor<2, dim, Lanes> J = transpose(cell.inverse_jacobian(q));
                    coefficient[q] =
                      (k == l ? 1. : 2.) * cell.JxW(q) * (J[k] * (half_wa[first + q] * J[l]));
                  }
                typename TensorDiagonal<dim>::Orders orders = {};
                ++orders[k];
                ++orders[l];
                terms.add(coefficient, orders, cell.begin_dof_values());
              }
            if (wc.empty())
              continue;
            for (unsigned int q = 0; q < cell.n_q_points; ++q)
              coefficient[q] =
                -cell.JxW(q) * (transpose(cell.inverse_jacobian(q))[k] * wc[first + q]);
            typename TensorDiagonal<dim>::Orders orders = {};
            orders[k]                                   = 1;
            terms.add(coefficient, orders, cell.begin_dof_values());
          }
        cell.distribute_local_to_global(diagonal);
      }
    diagonal.compress(VectorOperation::add);
  }

  template <int dim>
  bool
  GeneratorForm<dim>::is_symmetric() const
  {
    return reference.is_reversible();
  }

  template <int dim>
  double
  GeneratorForm<dim>::killing_rate() const
  {
    return killing;
  }

  template <int dim>
  const ReferenceWeight<dim> &
  GeneratorForm<dim>::weight() const
  {
    return reference;
  }

  template <int dim>
  const Discretization<dim> &
  GeneratorForm<dim>::discretization() const
  {
    return *space;
  }

  template <int dim>
  const Model<dim> &
  GeneratorForm<dim>::model() const
  {
    return *sde;
  }

  template class GeneratorForm<1>;
  template class GeneratorForm<2>;
  template class GeneratorForm<3>;
} // namespace dynkin
