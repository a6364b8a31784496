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
        [&](const Cells &cells, Coefficients &coefficients) {
          compute_coefficients(discretization.mesh().coordinates(), cells, coefficients);
        },
        killing_rate)
  {
  }

  template <int dim>
  void
  GeneratorForm<dim>::compute_coefficients(const CoordinateMap<dim> &coordinates,
                                           const Cells              &cells,
                                           Coefficients             &coefficients)
  {
    FEEvaluation<dim, -1, 0, 1, double> cell(cells);
    auto &[diffusion, drift, mass]  = coefficients;
    const unsigned int     n_q      = cell.n_q_points;
    const Quadrature<dim> &unit     = cells.get_quadrature();
    const MPI_Comm         everyone = cells.get_dof_handler().get_communicator();
    // lanes without a cell: nothing
    diffusion.resize(std::size_t(Integrator::n_packs(cells)) * n_q);
    mass.resize(diffusion.size(), Pack<double>(0.));
    if (!is_symmetric())
      drift.resize(diffusion.size());

    // operation(q, lane of the batch, entry of the coefficients, lane of the pack)
    const auto for_each_point = [&](const auto &operation) {
      for (unsigned int batch = 0; batch < cells.n_cell_batches(); ++batch)
        {
          cell.reinit(batch);
          const std::size_t  first = std::size_t(batch / Integrator::n_batches) * n_q;
          const unsigned int shift = batch % Integrator::n_batches * Integrator::n_lanes_of_batch;
          for (unsigned int lane = 0; lane < cells.n_active_entries_per_cell_batch(batch); ++lane)
            for (unsigned int q = 0; q < n_q; ++q)
              operation(q, lane, first + q, shift + lane);
        }
    };
    const auto position = [&](const unsigned int q, const unsigned int lane) {
      Point<dim> y;
      for (unsigned int i = 0; i < dim; ++i)
        y[i] = cell.quadrature_point(q)[i][lane];
      return y;
    };

    // in the coordinates of the mesh: a -> J^-1 a J^-T, c -> J^-1 c, w -> w det J, J = dx/dy
    // the diffusion first: a model may find here that it is not positive definite
    for_each_point([&](const unsigned int q,
                       const unsigned int lane,
                       const std::size_t  entry,
                       const unsigned int to) {
      const Point<dim>        y = position(q, lane);
      SymmetricTensor<2, dim> a = sde->diffusion(coordinates.to_space(y));
      if (!coordinates.is_identity())
        {
          const Tensor<2, dim> J = coordinates.inverse_jacobian(y);
          a                      = symmetrize(J * Tensor<2, dim>(a) * transpose(J));
        }
      for (unsigned int k = 0; k < a.n_independent_components; ++k)
        diffusion[entry].access_raw_entry(k)[to] = 0.5 * a.access_raw_entry(k);
    });

    double psi_max = -std::numeric_limits<double>::max(), psi_min = -psi_max;
    for_each_point([&](const unsigned int q,
                       const unsigned int lane,
                       const std::size_t  entry,
                       const unsigned int to) {
      const Point<dim> y = position(q, lane);
      const double     psi =
        reference.log_value(coordinates.to_space(y)) + coordinates.log_determinant(y);
      psi_max         = std::max(psi_max, psi);
      psi_min         = std::min(psi_min, psi);
      mass[entry][to] = psi; // for now
    });
    psi_max = Utilities::MPI::max(psi_max, everyone);
    psi_min = Utilities::MPI::min(psi_min, everyone);
    // the largest weight is 1, or more where the smallest would leave the range of a double
    const double psi_one =
      psi_max - std::clamp(psi_max - psi_min - log_smallest_weight, 0., log_largest_weight);
    reference.set_unit(psi_one);

    // to the coordinates of the unit cell
    for_each_point([&](const unsigned int q,
                       const unsigned int lane,
                       const std::size_t  entry,
                       const unsigned int to) {
      Tensor<2, dim> inverse; // J^-1
      for (unsigned int k = 0; k < dim; ++k)
        for (unsigned int l = 0; l < dim; ++l)
          inverse[k][l] = cell.inverse_jacobian(q)[l][k][lane];
      const double w  = std::exp(mass[entry][to] - psi_one) * cell.JxW(q)[lane] / unit.weight(q);
      mass[entry][to] = w;
      SymmetricTensor<2, dim> a;
      for (unsigned int k = 0; k < a.n_independent_components; ++k)
        a.access_raw_entry(k) = diffusion[entry].access_raw_entry(k)[to];
      for (unsigned int k = 0; k < dim; ++k)
        for (unsigned int l = k; l < dim; ++l)
          diffusion[entry][k][l][to] = w * (inverse[k] * (a * inverse[l]));
      if (drift.empty())
        return;
      const Point<dim> y = position(q, lane);
      Tensor<1, dim>   c = reference.nonreversible_drift(coordinates.to_space(y));
      if (!coordinates.is_identity())
        c = coordinates.inverse_jacobian(y) * c;
      c = w * (inverse * c);
      for (unsigned int k = 0; k < dim; ++k)
        drift[entry][k][to] = c[k];
    });
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
