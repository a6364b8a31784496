// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "measure/functionals.h"

#include <deal.II/base/bounding_box.h>
#include <deal.II/base/geometry_info.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <tuple>

#include "geometry/mirror.h"
#include "utilities/exceptions.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double rounding = 1e-11; // of shape functions that vanish at a node

    /**
     * How far (in unit cells) a point may lie outside of the mesh: the gap at a
     * curved wall. All other points were refused before, except for mesh files.
     */
    double
    largest_gap(const DomainParameters &domain)
    {
      return domain.shape->knows_what_it_contains() ? 0.5 : 1e-3;
    }

    /** The nearest cell of this process to a point. */
    template <int dim>
    struct Nearest
    {
      double     distance = std::numeric_limits<double>::max(); // in unit cells
      Point<dim> unit_point;
      typename DoFHandler<dim>::active_cell_iterator cell;
    };

    /** A point, or its image in the orthant that is meshed. */
    template <int dim>
    Point<dim>
    to_point(const Discretization<dim> &space, const std::vector<double> &coordinates)
    {
      Point<dim> x;
      for (unsigned int i = 0; i < dim; ++i)
        x[i] = coordinates.at(i);
      return Mirror<dim>(space.mesh().domain()).fold(x);
    }

    /** Unit coordinates that differ from a wall of the domain by rounding are on it. */
    template <int dim>
    void
    snap_to_walls(Nearest<dim> &nearest)
    {
      for (const unsigned int f : nearest.cell->face_indices())
        if (nearest.cell->at_boundary(f) && std::abs(nearest.unit_point[f / 2] - f % 2) < rounding)
          nearest.unit_point[f / 2] = f % 2;
    }

    /** The first one of those that are nearer than `tie`, if there are. */
    template <int dim>
    Nearest<dim>
    nearest_cell(const Discretization<dim> &space, const Point<dim> &x, const double tie = 0.)
    {
      const Mapping<dim> &mapping = space.mapping();
      Nearest<dim>        best;
      for (const auto &cell : space.dof_handler().active_cell_iterators())
        if (cell->is_locally_owned())
          {
            Point<dim> unit;
            if constexpr (dim == 1)
              {
                const double left = cell->vertex(0)[0], right = cell->vertex(1)[0];
                unit[0] = x[0] == right ? 1. : (x[0] - left) / (right - left);
              }
            else
              {
                BoundingBox<dim> box = mapping.get_bounding_box(cell);
                box.extend(0.2 * cell->diameter());
                if (!box.point_inside(x))
                  continue;
                try
                  {
                    unit = mapping.transform_real_to_unit_cell(cell, x);
                  }
                catch (const typename Mapping<dim>::ExcTransformationFailed &)
                  {
                    continue; // far outside of this cell
                  }
              }
            const Point<dim> inside   = GeometryInfo<dim>::project_to_unit_cell(unit);
            const double     distance = std::max(unit.distance(inside), tie);
            if (distance < best.distance)
              best = {distance, inside, cell};
          }
      if (best.distance < std::numeric_limits<double>::max())
        snap_to_walls(best);
      return best;
    }

    /** The point of the mesh at x. */
    template <int dim>
    Point<dim>
    on_mesh(const Discretization<dim> &space, const std::vector<double> &x)
    {
      return space.mesh().coordinates().to_mesh(to_point(space, x));
    }

    template <int dim>
    double
    value_in_cell(const Field<dim> &field, const Nearest<dim> &nearest, const Point<dim> &x)
    {
      const FiniteElement<dim>            &element = nearest.cell->get_fe();
      std::vector<types::global_dof_index> dofs(element.n_dofs_per_cell());
      nearest.cell->get_dof_indices(dofs);
      double u = 0.;
      for (unsigned int i = 0; i < dofs.size(); ++i)
        u += (*field.u)(dofs[i]) * element.shape_value(i, nearest.unit_point);
      return field.value(x, u);
    }

    [[noreturn]] void
    fail_outside(const DomainParameters &domain, const unsigned int k)
    {
      throw InputError("Quantities/points",
                       "needs points inside the mesh, but point " + std::to_string(k + 1) +
                         " is outside" +
                         (domain.shape->is_bounded()
                            ? ""
                            : ": a smaller Domain/lost mass tolerance moves the end of the mesh"));
    }

    /** At each point something of the nearest_cell(), from the process that has it. */
    template <typename Value, int dim>
    std::vector<Value>
    values_of_nearest(const Discretization<dim>                                             &space,
                      const std::vector<std::vector<double>>                                &points,
                      const std::function<Value(const Nearest<dim> &, const Point<dim> &x)> &value,
                      const double tie = 0.)
    {
      std::vector<Value> values;
      for (unsigned int k = 0; k < points.size(); ++k)
        {
          const Point<dim>   x    = to_point(space, points[k]);
          const Nearest<dim> here = nearest_cell(space, space.mesh().coordinates().to_mesh(x), tie);
          const bool         is_found = here.distance < std::numeric_limits<double>::max();
          std::pair<double, Value> best(here.distance, is_found ? value(here, x) : Value());
          for (const auto &other : Utilities::MPI::all_gather(space.communicator(), best))
            if (other.first < best.first)
              best = other;
          if (!(best.first < largest_gap(space.mesh().domain())))
            fail_outside(space.mesh().domain(), k);
          values.push_back(best.second);
        }
      return values;
    }
  } // namespace

  template <int dim>
  void
  require_points_inside(const Discretization<dim>              &space,
                        const std::vector<std::vector<double>> &points)
  {
    const double gap = largest_gap(space.mesh().domain());
    for (unsigned int k = 0; k < points.size(); ++k)
      if (!(Utilities::MPI::min(nearest_cell(space, on_mesh(space, points[k])).distance,
                                space.communicator()) < gap))
        fail_outside(space.mesh().domain(), k);
  }

  template <int dim>
  std::vector<double>
  point_values(const Field<dim> &field, const std::vector<std::vector<double>> &points)
  {
    const auto value = [&](const Nearest<dim> &nearest, const Point<dim> &x) {
      return value_in_cell(field, nearest, x);
    };
    return values_of_nearest<double, dim>(*field.discretization, points, value);
  }

  template <int dim>
  std::vector<std::vector<double>>
  values_about(const Field<dim> &field, const std::vector<std::vector<double>> &points)
  {
    constexpr double step = 0.2;  // of a cell
    constexpr double tie  = 5e-4; // two spaces look into the same cell; below largest_gap()
    const Discretization<dim> &space  = *field.discretization;
    const auto                 values = [&](const Nearest<dim> &nearest, const Point<dim> &) {
      std::vector<double> all;
      unsigned int        n_ends = 0;
      for (unsigned int i = 0; i < dim; ++i)
        n_ends += nearest.unit_point[i] < tie || nearest.unit_point[i] > 1. - tie;
      for (unsigned int i = 0; i < dim && n_ends < dim; ++i)
        for (const double side : {step, -step})
          {
            Nearest<dim> next  = nearest;
            next.unit_point[i] = std::clamp(nearest.unit_point[i] + side, 0., 1.);
            const Point<dim> y =
              space.mapping().transform_unit_to_real_cell(next.cell, next.unit_point);
            all.push_back(value_in_cell(field, next, space.mesh().coordinates().to_space(y)));
          }
      return all;
    };
    auto       about = values_of_nearest<std::vector<double>, dim>(space, points, values, tie);
    const auto at    = point_values(field, points);
    for (unsigned int k = 0; k < points.size(); ++k)
      about[k].insert(about[k].begin(), at[k]);
    return about;
  }

  double
  difference_about(const std::vector<double> &p, const std::vector<double> &q)
  {
    double difference = std::abs(p[0] - q[0]);
    for (std::size_t k = 1; k < p.size(); ++k)
      difference = std::max(difference, share_about * std::abs(p[k] - q[k]));
    return difference;
  }

  template <int dim>
  std::vector<double>
  cell_values(const Discretization<dim>              &space,
              const std::vector<double>              &of_cells,
              const std::vector<std::vector<double>> &points)
  {
    const auto value = [&](const Nearest<dim> &nearest, const Point<dim> &) {
      return of_cells[nearest.cell->active_cell_index()];
    };
    return values_of_nearest<double, dim>(space, points, value);
  }

  template <int dim>
  Vector
  point_functional(const GeneratorForm<dim>               &form,
                   const std::vector<std::vector<double>> &points,
                   const std::vector<double>              &weights)
  {
    const Discretization<dim> &space   = form.discretization();
    const FiniteElement<dim>  &element = space.dof_handler().get_fe();
    Vector                     functional;
    form.initialize(functional);
    std::vector<types::global_dof_index> dofs(element.n_dofs_per_cell());
    dealii::Vector<double>               values(dofs.size());
    for (unsigned int k = 0; k < points.size(); ++k)
      {
        const Nearest<dim> here = nearest_cell(space, on_mesh(space, points[k]));
        const auto distances    = Utilities::MPI::all_gather(space.communicator(), here.distance);
        const unsigned int owner =
          std::min_element(distances.begin(), distances.end()) - distances.begin();
        if (Utilities::MPI::this_mpi_process(space.communicator()) != owner)
          continue;
        for (unsigned int i = 0; i < dofs.size(); ++i)
          {
            const double shape = element.shape_value(i, here.unit_point);
            values(i)          = std::abs(shape) > rounding ? weights[k] * shape : 0.;
          }
        here.cell->get_dof_indices(dofs);
        space.constraints().distribute_local_to_global(values, dofs, functional);
      }
    functional.compress(VectorOperation::add);
    return functional;
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
      const double probability = sample.mass;
      summary.mass += probability;
      summary.negative_mass += std::max(0., -probability);
      summary.mean += probability * sample.x;
      second += probability * symmetrize(outer_product(sample.x, sample.x));
      if (sample.value < minimum)
        {
          minimum                  = sample.value;
          summary.place_of_minimum = sample.x;
        }
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
    summary.negative_mass       = Utilities::MPI::sum(summary.negative_mass, communicator);
    summary.mass                = Utilities::MPI::sum(summary.mass, communicator);
    summary.mean                = Utilities::MPI::sum(summary.mean, communicator) / summary.mass;
    summary.covariance          = Utilities::MPI::sum(second, communicator) / summary.mass -
                         symmetrize(outer_product(summary.mean, summary.mean));
    std::pair<double, Point<dim>> lowest(minimum, summary.place_of_minimum);
    for (const auto &other : Utilities::MPI::all_gather(communicator, lowest))
      if (other.first < lowest.first)
        lowest = other;
    std::tie(summary.minimum, summary.place_of_minimum) = lowest;
    summary.maximum        = Utilities::MPI::max(maximum, communicator);
    summary.negative_cells = Utilities::MPI::sum(negative_cells, communicator);
    summary.negative_nodes = Utilities::MPI::sum(negative_nodes, communicator);
    return summary;
  }

#define INSTANTIATE(dim)                                                                                          \
  template void                             require_points_inside<dim>(const Discretization<dim> &,               \
                                           const std::vector<std::vector<double>> &); \
  template std::vector<double>              point_values<dim>(const Field<dim> &,                                 \
                                                 const std::vector<std::vector<double>> &);          \
  template std::vector<std::vector<double>> values_about<dim>(                                                    \
    const Field<dim> &, const std::vector<std::vector<double>> &);                                                \
  template std::vector<double> cell_values<dim>(const Discretization<dim> &,                                      \
                                                const std::vector<double> &,                                      \
                                                const std::vector<std::vector<double>> &);                        \
  template Vector              point_functional<dim>(const GeneratorForm<dim> &,                                  \
                                        const std::vector<std::vector<double>> &,                    \
                                        const std::vector<double> &);                                \
  template DensitySummary<dim> summarise_density<dim>(const Sampler<dim> &, const Field<dim> &);
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
