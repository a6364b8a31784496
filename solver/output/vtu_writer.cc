// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "output/vtu_writer.h"

#include <deal.II/numerics/data_postprocessor.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "output/space_data_out.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr unsigned int no_vector = 1000;

    /**
     * One file for all processes, curved cells as Lagrange cells of the element's
     * degree (in 1-D each cell as `degree` straight ones); under a temporary name first, so that a file with the right name is whole.
     */
    template <int dim>
    void
    write(SpaceDataOut<dim> &out, const Discretization<dim> &space, const std::string &filename)
    {
      DataOutBase::VtkFlags flags;
      flags.write_higher_order_cells = dim > 1 && space.degree() > 1; // deal.II has none in 1-D
      out.set_flags(flags);
      out.build_patches(space.mapping(), space.degree(), DataOut<dim>::curved_inner_cells);
      out.add_images();

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

    /** The values of a field. */
    template <int dim>
    class ScaledField : public DataPostprocessorScalar<dim>
    {
    public:
      explicit ScaledField(const NamedField<dim> &named)
        : DataPostprocessorScalar<dim>(named.name, update_values | update_quadrature_points)
        , field(named.field)
      {
      }

      void
      evaluate_scalar_field(const DataPostprocessorInputs::Scalar<dim> &input,
                            std::vector<dealii::Vector<double>>        &output) const override
      {
        const std::vector<long double> factors = field.factors(input.evaluation_points);
        for (unsigned int q = 0; q < output.size(); ++q)
          output[q][0] = static_cast<double>(factors[q] * input.solution_values[q]);
      }

    private:
      const Field<dim> field;
    };

    template <int dim>
    class DensityFields : public DataPostprocessor<dim>
    {
    public:
      DensityFields(const Field<dim> &density, const Model<dim> &model, const std::string &name)
        : density(density)
        , model(model)
        , name(name)
      {
      }

      std::vector<std::string>
      get_names() const override
      {
        std::vector<std::string> names = {name, "log10_" + name};
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
        const auto             &coordinates = density.discretization->mesh().coordinates();
        const unsigned int      n           = output.size();
        std::vector<Point<dim>> points(n);
        for (unsigned int q = 0; q < n; ++q)
          points[q] = coordinates.to_space(input.evaluation_points[q]);
        const std::vector<double>      log_w   = density.weight->log_values(points);
        const std::vector<long double> factors = density.factors(points);
        for (unsigned int q = 0; q < n; ++q)
          {
            const Point<dim>    &x = points[q];
            const double         u = input.solution_values[q];
            const Tensor<1, dim> grad_u =
              transpose(coordinates.inverse_jacobian(input.evaluation_points[q])) *
              input.solution_gradients[q];
            const Tensor<1, dim> J =
              std::exp(log_w[q]) * (u * density.weight->nonreversible_drift(x) -
                                    0.5 * (model.diffusion(density.weight->inside(x)) * grad_u));
            output[q][0] = static_cast<double>(factors[q] * u);
            output[q][1] = (log_w[q] + std::log(u)) / std::log(10.);
            for (unsigned int i = 0; i < dim; ++i)
              output[q][2 + i] = J[i];
          }
      }

    private:
      const Field<dim> &density;
      const Model<dim> &model;
      const std::string name;
    };
  } // namespace

  template <int dim>
  void
  write_exit_time(const Field<dim>            &mean_exit_time,
                  const Field<dim>            &occupation_density,
                  const dealii::Vector<float> &error_indicator,
                  const std::string           &filename)
  {
    const Discretization<dim> &space = *mean_exit_time.discretization;
    const ExitTimeFields<dim>  times(mean_exit_time.scale);
    const ScaledField<dim>     occupation({"occupation_density", occupation_density});
    SpaceDataOut<dim>          out(space.mesh(), no_vector);
    out.attach_dof_handler(space.dof_handler());
    out.add_data_vector(*mean_exit_time.u, times);
    out.add_data_vector(*occupation_density.u, occupation);
    out.add_data_vector(error_indicator, "error_indicator");
    write(out, space, filename);
  }

  template <int dim>
  void
  write_fields(const std::vector<NamedField<dim>> &fields,
               const dealii::Vector<float>        &error_indicator,
               const std::string                  &filename)
  {
    const Discretization<dim>                     &space = *fields.front().field.discretization;
    std::vector<std::unique_ptr<ScaledField<dim>>> scaled;
    SpaceDataOut<dim>                              out(space.mesh(), no_vector);
    out.attach_dof_handler(space.dof_handler());
    for (const NamedField<dim> &named : fields)
      {
        scaled.push_back(std::make_unique<ScaledField<dim>>(named));
        out.add_data_vector(*named.field.u, *scaled.back());
      }
    if (error_indicator.size() > 0)
      out.add_data_vector(error_indicator, "error_indicator");
    write(out, space, filename);
  }

  template <int dim>
  void
  write_density(const Field<dim>            &density,
                const Model<dim>            &model,
                const std::string           &filename,
                const double                 window,
                const std::string           &name,
                const dealii::Vector<float> &error_indicator)
  {
    const DensityFields<dim> fields(density, model, name);
    SpaceDataOut<dim>        out(density.discretization->mesh(), 2);
    if (window > 0.)
      out.select_window(model.center(), window);
    out.attach_dof_handler(density.discretization->dof_handler());
    out.add_data_vector(*density.u, fields);
    if (error_indicator.size() > 0)
      out.add_data_vector(error_indicator, "error_indicator");
    write(out, *density.discretization, filename);
  }

#define INSTANTIATE(dim)                                                                         \
  template void write_exit_time<dim>(                                                            \
    const Field<dim> &, const Field<dim> &, const dealii::Vector<float> &, const std::string &); \
  template void write_fields<dim>(                                                               \
    const std::vector<NamedField<dim>> &, const dealii::Vector<float> &, const std::string &);   \
  template void write_density<dim>(const Field<dim> &,                                           \
                                   const Model<dim> &,                                           \
                                   const std::string &,                                          \
                                   const double,                                                 \
                                   const std::string &,                                          \
                                   const dealii::Vector<float> &);
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
