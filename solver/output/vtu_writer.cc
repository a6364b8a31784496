// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "output/vtu_writer.h"

#include <deal.II/numerics/data_out.h>
#include <deal.II/numerics/data_postprocessor.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    /**
     * One file for all processes, curved cells as Lagrange cells of the element's
     * degree (in 1-D each cell as `degree` straight ones); under a temporary name first, so that a file with the right name is whole.
     */
    /** Writes the cells in the coordinates x of the process. */
    template <int dim>
    class MappedDataOut : public DataOut<dim>
    {
    public:
      void
      map(const CoordinateMap<dim> &coordinates)
      {
        for (auto &patch : this->patches)
          {
            for (Point<dim> &vertex : patch.vertices)
              vertex = coordinates.to_space(vertex);
            const unsigned int first = patch.data.n_rows() - dim; // the points come last
            for (unsigned int k = 0; k < patch.data.n_cols(); ++k)
              {
                Point<dim> y;
                for (unsigned int i = 0; i < dim; ++i)
                  y[i] = patch.data(first + i, k);
                const Point<dim> x = coordinates.to_space(y);
                for (unsigned int i = 0; i < dim; ++i)
                  patch.data(first + i, k) = static_cast<float>(x[i]);
              }
          }
      }
    };

    template <int dim>
    void
    write(MappedDataOut<dim> &out, const Discretization<dim> &space, const std::string &filename)
    {
      DataOutBase::VtkFlags flags;
      flags.write_higher_order_cells = dim > 1 && space.degree() > 1; // deal.II has none in 1-D
      out.set_flags(flags);
      out.build_patches(space.mapping(), space.degree(), DataOut<dim>::curved_inner_cells);
      if (!space.mesh().coordinates().is_identity())
        out.map(space.mesh().coordinates());

      const std::string temporary = filename + ".part";
      out.write_vtu_in_parallel(temporary, space.communicator());
      MPI_Barrier(space.communicator());
      if (Utilities::MPI::this_mpi_process(space.communicator()) == 0)
        AssertThrow(std::rename(temporary.c_str(), filename.c_str()) == 0,
                    ExcMessage("cannot write " + filename));
    }

    using Interpretation = DataComponentInterpretation::DataComponentInterpretation;

    template <int dim>
    class ExitTimeFields : public DataPostprocessor<dim>
    {
    public:
      explicit ExitTimeFields(const long double scale)
        : scale(scale)
      {
      }

      std::vector<std::string>
      get_names() const override
      {
        return {"mean_exit_time", "log10_mean_exit_time"};
      }

      std::vector<Interpretation>
      get_data_component_interpretation() const override
      {
        return {2, DataComponentInterpretation::component_is_scalar};
      }

      UpdateFlags
      get_needed_update_flags() const override
      {
        return update_values;
      }

      void
      evaluate_scalar_field(const DataPostprocessorInputs::Scalar<dim> &input,
                            std::vector<dealii::Vector<double>>        &output) const override
      {
        for (unsigned int q = 0; q < output.size(); ++q)
          {
            const double relative = input.solution_values[q];
            output[q][0]          = static_cast<double>(scale * relative);
            output[q][1] =
              static_cast<double>(std::log10(scale) + std::log10(std::max(relative, 1e-16)));
          }
      }

    private:
      const long double scale;
    };

    template <int dim>
    class OccupationDensityField : public DataPostprocessorScalar<dim>
    {
    public:
      explicit OccupationDensityField(const Field<dim> &density)
        : DataPostprocessorScalar<dim>("occupation_density",
                                       update_values | update_quadrature_points)
        , density(density)
      {
      }

      void
      evaluate_scalar_field(const DataPostprocessorInputs::Scalar<dim> &input,
                            std::vector<dealii::Vector<double>>        &output) const override
      {
        for (unsigned int q = 0; q < output.size(); ++q)
          output[q][0] = density.value(input.evaluation_points[q], input.solution_values[q]);
      }

    private:
      const Field<dim> &density;
    };

    template <int dim>
    class DensityFields : public DataPostprocessor<dim>
    {
    public:
      DensityFields(const Field<dim> &density, const Model<dim> &model)
        : density(density)
        , model(model)
      {
      }

      std::vector<std::string>
      get_names() const override
      {
        std::vector<std::string> names = {"stationary_density", "log10_stationary_density"};
        names.insert(names.end(), dim, "probability_current");
        return names;
      }

      std::vector<Interpretation>
      get_data_component_interpretation() const override
      {
        std::vector<Interpretation> kinds(2, DataComponentInterpretation::component_is_scalar);
        kinds.insert(kinds.end(), dim, DataComponentInterpretation::component_is_part_of_vector);
        return kinds;
      }

      UpdateFlags
      get_needed_update_flags() const override
      {
        return update_values | update_gradients | update_quadrature_points;
      }

      void
      evaluate_scalar_field(const DataPostprocessorInputs::Scalar<dim> &input,
                            std::vector<dealii::Vector<double>>        &output) const override
      {
        for (unsigned int q = 0; q < output.size(); ++q)
          {
            const auto          &coordinates = density.discretization->mesh().coordinates();
            const Point<dim>    &y           = input.evaluation_points[q];
            const Point<dim>     x           = coordinates.to_space(y);
            const double         u           = input.solution_values[q];
            const Tensor<1, dim> grad_u =
              transpose(coordinates.inverse_jacobian(y)) * input.solution_gradients[q];
            const Tensor<1, dim> J =
              density.weight->value(x) *
              (u * density.weight->nonreversible_drift(x) - 0.5 * (model.diffusion(x) * grad_u));
            output[q][0] = density.value(x, u);
            output[q][1] = (density.weight->log_value(x) + std::log(u)) / std::log(10.);
            for (unsigned int i = 0; i < dim; ++i)
              output[q][2 + i] = J[i];
          }
      }

    private:
      const Field<dim> &density;
      const Model<dim> &model;
    };
  } // namespace

  template <int dim>
  void
  write_exit_time(const Field<dim>            &mean_exit_time,
                  const Field<dim>            &occupation_density,
                  const dealii::Vector<float> &error_indicator,
                  const std::string           &filename)
  {
    const Discretization<dim>        &space = *mean_exit_time.discretization;
    const ExitTimeFields<dim>         times(mean_exit_time.scale);
    const OccupationDensityField<dim> occupation(occupation_density);
    MappedDataOut<dim>                out;
    out.attach_dof_handler(space.dof_handler());
    out.add_data_vector(*mean_exit_time.u, times);
    out.add_data_vector(*occupation_density.u, occupation);
    out.add_data_vector(error_indicator, "error_indicator");
    write(out, space, filename);
  }

  template <int dim>
  void
  write_density(const Field<dim>  &density,
                const Model<dim>  &model,
                const std::string &filename,
                const double       window)
  {
    const DensityFields<dim> fields(density, model);
    MappedDataOut<dim>       out;
    const auto               is_visible = [&](const auto &cell) {
      const CoordinateMap<dim> &coordinates = density.discretization->mesh().coordinates();
      bool                      any         = false;
      for (const unsigned int v : cell->vertex_indices())
        any = any || coordinates.to_space(cell->vertex(v)).distance(model.center()) <= window;
      return cell->is_locally_owned() && any;
    };
    if (window > 0.)
      out.set_cell_selection(
        [&](const Triangulation<dim> &tria) {
          auto cell = tria.begin_active();
          while (cell != tria.end() && !is_visible(cell))
            ++cell;
          return typename Triangulation<dim>::cell_iterator(cell);
        },
        [&](const Triangulation<dim> &tria, const auto &previous) {
          typename Triangulation<dim>::active_cell_iterator cell(previous);
          do
            ++cell;
          while (cell != tria.end() && !is_visible(cell));
          return typename Triangulation<dim>::cell_iterator(cell);
        });
    out.attach_dof_handler(density.discretization->dof_handler());
    out.add_data_vector(*density.u, fields);
    write(out, *density.discretization, filename);
  }

#define INSTANTIATE(dim)                                                                         \
  template void write_exit_time<dim>(                                                            \
    const Field<dim> &, const Field<dim> &, const dealii::Vector<float> &, const std::string &); \
  template void write_density<dim>(                                                              \
    const Field<dim> &, const Model<dim> &, const std::string &, const double);
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
