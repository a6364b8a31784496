// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "measure/sampler.h"

#include <deal.II/base/quadrature_lib.h>

using namespace dealii;

namespace dynkin
{
  template <int dim>
  Sampler<dim>::Sampler(const Discretization<dim> &discretization, const unsigned int n_points)
    : mpi_communicator(discretization.communicator())
    , coordinates(&discretization.mesh().coordinates())
    , mirror(discretization.mesh().domain())
  {
    typename MatrixFree<dim, double>::AdditionalData data;
    data.tasks_parallel_scheme = MatrixFree<dim, double>::AdditionalData::none;
    data.mapping_update_flags =
      update_values | update_gradients | update_JxW_values | update_quadrature_points;
    matrix_free.reinit(discretization.mapping(),
                       discretization.dof_handler(),
                       discretization.constraints(),
                       QGauss<1>(n_points > 0 ? n_points : discretization.degree() + 3),
                       data);
  }

  template <int dim>
  void
  Sampler<dim>::for_each(const Field<dim>                               &field,
                         const std::function<void(const Sample<dim> &)> &visit) const
  {
    FEEvaluation<dim, -1, 0, 1, double> cell(matrix_free);
    Sample<dim>                         sample;
    sample.cell = 0;
    std::vector<Point<dim>> y(cell.n_q_points), x(cell.n_q_points); // of the mesh, of the process
    for (unsigned int batch = 0; batch < matrix_free.n_cell_batches(); ++batch)
      {
        cell.reinit(batch);
        cell.read_dof_values_plain(*field.u);
        cell.evaluate(EvaluationFlags::values | EvaluationFlags::gradients);
        for (unsigned int lane = 0; lane < matrix_free.n_active_entries_per_cell_batch(batch);
             ++lane)
          {
            sample.active_cell_index =
              matrix_free.get_cell_iterator(batch, lane)->active_cell_index();
            for (unsigned int q = 0; q < cell.n_q_points; ++q)
              {
                const auto point = cell.quadrature_point(q);
                for (unsigned int i = 0; i < dim; ++i)
                  y[q][i] = point[i][lane];
                x[q] = coordinates->to_space(y[q]);
              }
            const std::vector<long double> factors = field.factors(x);
            for (unsigned int image = 0; image < mirror.n_images(); ++image, ++sample.cell)
              for (unsigned int q = 0; q < cell.n_q_points; ++q)
                {
                  const auto     gradient = cell.get_gradient(q);
                  Tensor<1, dim> grad_u;
                  for (unsigned int i = 0; i < dim; ++i)
                    grad_u[i] = gradient[i][lane];
                  const double u = cell.get_value(q)[lane];
                  sample.JxW     = cell.JxW(q)[lane];
                  if constexpr (dim == 1)
                    if (field.weight != nullptr && field.weight->line() != nullptr)
                      if (const auto *end = field.weight->line()->power_cell(y[q][0])) // exactly
                        sample.JxW *= LineWeight::power_factors(
                          *end, QGauss<1>(cell.n_q_points), end->end.weight_exponent())[q];
                  if (!coordinates->is_identity())
                    grad_u = transpose(coordinates->inverse_jacobian(y[q])) * grad_u;
                  if (!coordinates->is_identity() || coordinates->has_groups())
                    sample.JxW *=
                      std::exp(static_cast<long double>(coordinates->log_determinant(y[q])));
                  sample.x     = mirror.image(x[q], image);
                  sample.value = static_cast<double>(factors[q] * u);
                  sample.mass  = factors[q] * u * sample.JxW;
                  sample.gradient =
                    mirror.image(field.gradient(x[q], factors[q], u, grad_u), image);
                  visit(sample);
                }
          }
      }
  }

  template <int dim>
  MPI_Comm
  Sampler<dim>::communicator() const
  {
    return mpi_communicator;
  }

  template class Sampler<1>;
  template class Sampler<2>;
  template class Sampler<3>;
} // namespace dynkin
