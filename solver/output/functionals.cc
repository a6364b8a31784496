// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "output/functionals.h"

#include <deal.II/base/bounding_box.h>
#include <deal.II/base/geometry_info.h>

#include <algorithm>
#include <limits>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    /** How far (in unit cells) a point may lie outside of the mesh: the gap at a curved wall. */
    constexpr double largest_gap = 0.5;

    /** The nearest cell of this process to a point, and the value there. */
    struct Candidate
    {
      double distance = std::numeric_limits<double>::max(); // in unit cells
      double value    = 0.;
    };

    template <int dim>
    double
    value_in_cell(const Field<dim>                                     &field,
                  const typename DoFHandler<dim>::active_cell_iterator &cell,
                  const Point<dim>                                     &unit_point,
                  const Point<dim>                                     &x)
    {
      const FiniteElement<dim>            &element = cell->get_fe();
      std::vector<types::global_dof_index> dofs(element.n_dofs_per_cell());
      cell->get_dof_indices(dofs);
      double u = 0.;
      for (unsigned int i = 0; i < dofs.size(); ++i)
        u += (*field.u)(dofs[i]) * element.shape_value(i, unit_point);
      return field.value(x, u);
    }

    template <int dim>
    Candidate
    nearest_cell(const Field<dim> &field, const Point<dim> &x)
    {
      const Mapping<dim> &mapping = field.discretization->mapping();
      Candidate           best;
      for (const auto &cell : field.discretization->dof_handler().active_cell_iterators())
        if (cell->is_locally_owned())
          {
            BoundingBox<dim> box = mapping.get_bounding_box(cell);
            box.extend(0.2 * cell->diameter());
            if (!box.point_inside(x))
              continue;
            try
              {
                const Point<dim> unit     = mapping.transform_real_to_unit_cell(cell, x);
                const Point<dim> inside   = GeometryInfo<dim>::project_to_unit_cell(unit);
                const double     distance = unit.distance(inside);
                if (distance < best.distance)
                  best = {distance, value_in_cell(field, cell, inside, x)};
              }
            catch (const typename Mapping<dim>::ExcTransformationFailed &)
              {
                // far outside of this cell
              }
          }
      return best;
    }
  } // namespace

  template <int dim>
  std::vector<double>
  point_values(const Field<dim> &field, const std::vector<std::vector<double>> &points)
  {
    std::vector<double> values;
    for (const std::vector<double> &coordinates : points)
      {
        Point<dim> x;
        for (unsigned int i = 0; i < dim; ++i)
          x[i] = coordinates.at(i);
        const Candidate here = nearest_cell(field, x);
        Candidate       best;
        for (const auto &[distance, value] : Utilities::MPI::all_gather(
               field.discretization->communicator(), std::make_pair(here.distance, here.value)))
          if (distance < best.distance)
            best = {distance, value};
        AssertThrow(best.distance < largest_gap, ExcMessage("a point was not found in the mesh"));
        values.push_back(best.value);
      }
    return values;
  }

  template <int dim>
  DensitySummary<dim>
  summarise_density(const Sampler<dim> &sampler, const Field<dim> &density)
  {
    DensitySummary<dim>     summary;
    SymmetricTensor<2, dim> second;
    double                  minimum       = std::numeric_limits<double>::max();
    double                  maximum       = -minimum;
    unsigned int            last_negative = numbers::invalid_unsigned_int, negative_cells = 0;
    sampler.for_each(density, [&](const Sample<dim> &sample) {
      const double probability = sample.value * sample.JxW;
      summary.mass += probability;
      summary.mean += probability * sample.x;
      second += probability * symmetrize(outer_product(sample.x, sample.x));
      minimum = std::min(minimum, sample.value);
      maximum = std::max(maximum, sample.value);
      if (sample.value < 0. && sample.cell != last_negative)
        {
          last_negative = sample.cell;
          ++negative_cells;
        }
    });
    types::global_dof_index negative_nodes = 0;
    for (unsigned int i = 0; i < density.u->locally_owned_size(); ++i)
      if (density.u->local_element(i) < 0.)
        ++negative_nodes;

    const MPI_Comm communicator = sampler.communicator();
    summary.mass                = Utilities::MPI::sum(summary.mass, communicator);
    summary.mean                = Utilities::MPI::sum(summary.mean, communicator) / summary.mass;
    summary.covariance          = Utilities::MPI::sum(second, communicator) / summary.mass -
                         symmetrize(outer_product(summary.mean, summary.mean));
    summary.minimum        = Utilities::MPI::min(minimum, communicator);
    summary.maximum        = Utilities::MPI::max(maximum, communicator);
    summary.negative_cells = Utilities::MPI::sum(negative_cells, communicator);
    summary.negative_nodes = Utilities::MPI::sum(negative_nodes, communicator);
    return summary;
  }

#define INSTANTIATE(dim)                                                                    \
  template std::vector<double> point_values<dim>(const Field<dim> &,                        \
                                                 const std::vector<std::vector<double>> &); \
  template DensitySummary<dim> summarise_density<dim>(const Sampler<dim> &, const Field<dim> &);
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
