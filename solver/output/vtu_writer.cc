// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "output/vtu_writer.h"

#include <deal.II/numerics/data_postprocessor.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <memory>
#include <sstream>

#include "output/space_data_out.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr unsigned int no_vector = 1000;

    /** Was the last line of the file written? A disk may have been full before. */
    bool
    is_whole(const std::string &filename)
    {
      const std::string last = "</VTKFile>";
      std::ifstream     file(filename);
      std::string       end(last.size() + 8, ' ');
      file.seekg(-static_cast<int>(end.size()), std::ios::end);
      file.read(end.data(), end.size());
      return file && end.find(last) != std::string::npos;
    }

    /**
     * One file for all processes, curved cells as Lagrange cells of the element's
     * degree (in 1-D each cell as `degree` straight ones); under a temporary name first, so that a file with the right name is whole.
     */
    template <int dim>
    void
    write(SpaceDataOut<dim>         &out,
          const Discretization<dim> &space,
          const ResultFiles         &files,
          const std::string         &name)
    {
      DataOutBase::VtkFlags flags;
      flags.write_higher_order_cells = dim > 1 && space.degree() > 1; // deal.II has none in 1-D
      out.set_flags(flags);
      out.build_patches(space.mapping(), space.degree(), DataOut<dim>::curved_inner_cells);
      out.add_images();

      const std::string temporary = files.path(name + ".part");
      try
        {
          out.write_vtu_in_parallel(temporary, space.communicator());
        }
      catch (const dealii::ExceptionBase &) // deal.II before 9.5 throws nothing here
        {
          throw_cannot_write(temporary);
        }
      MPI_Barrier(space.communicator());
      if (Utilities::MPI::this_mpi_process(space.communicator()) == 0 && !is_whole(temporary))
        throw_cannot_write(temporary);
      files.publish(name);
    }

    using Interpretation = DataComponentInterpretation::DataComponentInterpretation;

    template <int dim>
    class ScaledField : public DataPostprocessor<dim>
    {
    public:
      explicit ScaledField(const NamedField<dim> &named)
        : named(named)
        , has_logarithm(named.extras == NamedField<dim>::Extras::logarithm)
      {
      }

      std::vector<std::string>
      get_names() const override
      {
        return has_logarithm ? std::vector<std::string>{named.name, "log10_" + named.name}
                             : std::vector<std::string>{named.name};
      }

      std::vector<Interpretation>
      get_data_component_interpretation() const override
      {
        return {get_names().size(), DataComponentInterpretation::component_is_scalar};
      }

      UpdateFlags
      get_needed_update_flags() const override
      {
        return update_values | update_quadrature_points;
      }

      void
      evaluate_scalar_field(const DataPostprocessorInputs::Scalar<dim> &input,
                            std::vector<dealii::Vector<double>>        &output) const override
      {
        const std::vector<long double> factors = named.field.factors(input.evaluation_points);
        for (unsigned int q = 0; q < output.size(); ++q)
          {
            const double u = input.solution_values[q];
            output[q][0]   = static_cast<double>(factors[q] * u);
            if (has_logarithm)
              output[q][1] =
                static_cast<double>(std::log10(factors[q]) + std::log10(std::max(u, 1e-16)));
          }
      }

    private:
      const NamedField<dim> &named;
      const bool             has_logarithm;
    };

    template <int dim>
    class DensityFields : public DataPostprocessor<dim>
    {
    public:
      DensityFields(const NamedField<dim> &named, const Model<dim> &model)
        : density(named.field)
        , model(model)
        , name(named.name)
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

    template <int dim>
    void
    write_vtu(const FieldFile<dim>        &file,
              const Model<dim>            &model,
              const dealii::Vector<float> &error_indicator,
              const ResultFiles           &files)
    {
      using Extras                     = typename NamedField<dim>::Extras;
      const Discretization<dim> &space = *file.fields.front().field.discretization;
      std::vector<std::unique_ptr<DataPostprocessor<dim>>> shown;
      unsigned int                                         first_of_vector = no_vector, n = 0;
      for (const NamedField<dim> &named : file.fields)
        {
          if (named.extras == Extras::logarithm_and_current)
            {
              shown.push_back(std::make_unique<DensityFields<dim>>(named, model));
              first_of_vector = n + 2;
            }
          else
            shown.push_back(std::make_unique<ScaledField<dim>>(named));
          n += shown.back()->get_names().size();
        }
      SpaceDataOut<dim> out(space.mesh(), first_of_vector);
      if (file.window > 0.)
        out.select_window(model.center(), file.window);
      out.attach_dof_handler(space.dof_handler());
      for (std::size_t k = 0; k < shown.size(); ++k)
        out.add_data_vector(*file.fields[k].field.u, *shown[k]);
      if (error_indicator.size() > 0)
        out.add_data_vector(error_indicator, "error_indicator");
      write(out, space, files, file.name + ".vtu");
    }

  } // namespace

  template <int dim>
  void
  write_vtu(const std::vector<FieldFile<dim>> &field_files,
            const Model<dim>                  &model,
            const dealii::Vector<float>       &error_indicator,
            const ResultFiles                 &files)
  {
    std::vector<std::pair<double, std::string>> series;
    for (const FieldFile<dim> &file : field_files)
      {
        write_vtu(file, model, error_indicator, files);
        if (file.time)
          series.emplace_back(*file.time, file.name + ".vtu");
      }
    if (series.empty())
      return;
    std::ostringstream pvd;
    DataOutBase::write_pvd_record(pvd, series);
    files.write(field_files.front().name + ".pvd", pvd.str());
  }

#define INSTANTIATE(dim)                                            \
  template void write_vtu<dim>(const std::vector<FieldFile<dim>> &, \
                               const Model<dim> &,                  \
                               const dealii::Vector<float> &,       \
                               const ResultFiles &);
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
