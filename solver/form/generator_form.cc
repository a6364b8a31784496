// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "form/generator_form.h"

#include <algorithm>
#include <limits>

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
    , reference(model, weight)
    , sum_over_cells(
        discretization,
        [&](CellIntegrator &cell, const Cells &cells, Coefficients &coefficients) {
          compute_coefficients(discretization.mesh().coordinates(), cell, cells, coefficients);
        },
        killing_rate)
  {
  }

  template <int dim>
  void
  GeneratorForm<dim>::compute_coefficients(const CoordinateMap<dim> &coordinates,
                                           CellIntegrator           &cell,
                                           const Cells              &cells,
                                           Coefficients             &coefficients)
  {
    auto &[diffusion, drift, mass]  = coefficients;
    const unsigned int     n_q      = cell.n_q_points;
    const Quadrature<dim> &unit     = cells.get_quadrature();
    const MPI_Comm         everyone = cells.get_dof_handler().get_communicator();
    diffusion.resize(std::size_t(cells.n_cell_batches()) * n_q);
    mass.resize(diffusion.size());
    if (!is_symmetric())
      drift.resize(diffusion.size());

    const auto for_each_lane = [&](const auto &operation) {
      for (unsigned int batch = 0; batch < cells.n_cell_batches(); ++batch)
        {
          cell.reinit(batch);
          for (unsigned int q = 0; q < n_q; ++q)
            {
              const Point<dim, Lanes> points = cell.quadrature_point(q);
              for (unsigned int lane = 0; lane < Lanes::size(); ++lane)
                {
                  // lanes without a cell repeat the first one: their values are never used
                  const unsigned int filled =
                    lane < cells.n_active_entries_per_cell_batch(batch) ? lane : 0;
                  Point<dim> y;
                  for (unsigned int i = 0; i < dim; ++i)
                    y[i] = points[i][filled];
                  operation(y, std::size_t(batch) * n_q + q, lane);
                }
            }
        }
    };

    // in the coordinates of the mesh: a -> J^-1 a J^-T, c -> J^-1 c, w -> w det J, J = dx/dy
    // the diffusion first: a model may find here that it is not positive definite
    for_each_lane([&](const Point<dim> &y, const std::size_t index, const unsigned int lane) {
      SymmetricTensor<2, dim> a = sde->diffusion(coordinates.to_space(y));
      if (!coordinates.is_identity())
        {
          const Tensor<2, dim> J = coordinates.inverse_jacobian(y);
          a                      = symmetrize(J * Tensor<2, dim>(a) * transpose(J));
        }
      for (unsigned int i = 0; i < dim; ++i)
        for (unsigned int j = i; j < dim; ++j)
          diffusion[index][i][j][lane] = 0.5 * a[i][j];
    });

    double psi_max = -std::numeric_limits<double>::max(), psi_min = -psi_max;
    for_each_lane([&](const Point<dim> &y, const std::size_t index, const unsigned int lane) {
      // psi, for now
      mass[index][lane] =
        reference.log_value(coordinates.to_space(y)) + coordinates.log_determinant(y);
      psi_max = std::max(psi_max, mass[index][lane]);
      psi_min = std::min(psi_min, mass[index][lane]);
    });
    psi_max = Utilities::MPI::max(psi_max, everyone);
    psi_min = Utilities::MPI::min(psi_min, everyone);
    // the largest weight is 1, or more where the smallest would leave the range of a double
    const double psi_one =
      psi_max - std::clamp(psi_max - psi_min - log_smallest_weight, 0., log_largest_weight);
    reference.set_unit(psi_one);

    if (!drift.empty())
      for_each_lane([&](const Point<dim> &y, const std::size_t index, const unsigned int lane) {
        Tensor<1, dim> c = reference.nonreversible_drift(coordinates.to_space(y));
        if (!coordinates.is_identity())
          c = coordinates.inverse_jacobian(y) * c;
        for (unsigned int i = 0; i < dim; ++i)
          drift[index][i][lane] = c[i];
      });

    // to the coordinates of the unit cell
    for (unsigned int batch = 0; batch < cells.n_cell_batches(); ++batch)
      {
        cell.reinit(batch);
        for (unsigned int q = 0; q < n_q; ++q)
          {
            const std::size_t              index   = std::size_t(batch) * n_q + q;
            const Tensor<2, dim, Lanes>    inverse = transpose(cell.inverse_jacobian(q)); // J^-1
            SymmetricTensor<2, dim, Lanes> unit_diffusion;
            mass[index] = std::exp(mass[index] - psi_one) * cell.JxW(q) / unit.weight(q);
            for (unsigned int k = 0; k < dim; ++k)
              for (unsigned int l = k; l < dim; ++l)
                unit_diffusion[k][l] = mass[index] * (inverse[k] * (diffusion[index] * inverse[l]));
            diffusion[index] = unit_diffusion;
            if (!drift.empty())
              drift[index] = mass[index] * (inverse * drift[index]);
          }
      }
  }

  template <int dim>
  void
  GeneratorForm<dim>::initialize(Vector &vector) const
  {
    sum_over_cells.initialize(vector);
  }

  template <int dim>
  void
  GeneratorForm<dim>::apply(Vector &dst, const Vector &src, const Direction direction) const
  {
    sum_over_cells.apply(dst, src, direction);
  }

  template <int dim>
  void
  GeneratorForm<dim>::assemble(TrilinosWrappers::SparseMatrix  &matrix,
                               const AffineConstraints<double> &constraints,
                               const Direction                  direction) const
  {
    sum_over_cells.assemble(matrix, constraints, direction);
  }

  template <int dim>
  void
  GeneratorForm<dim>::diagonal(Vector &diagonal) const
  {
    sum_over_cells.diagonal(diagonal);
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
    return sum_over_cells.killing_rate();
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
    return sum_over_cells.discretization();
  }

  template <int dim>
  const Model<dim> &
  GeneratorForm<dim>::model() const
  {
    return *sde;
  }

  template <int dim>
  const CellOperator<dim, double> &
  GeneratorForm<dim>::cell_operator() const
  {
    return sum_over_cells;
  }

  template class GeneratorForm<1>;
  template class GeneratorForm<2>;
  template class GeneratorForm<3>;
} // namespace dynkin
