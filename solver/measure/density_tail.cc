// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "measure/density_tail.h"

#include <deal.II/base/quadrature_lib.h>
#include <deal.II/fe/fe_values.h>

#include <algorithm>
#include <cmath>

#include "geometry/mirror.h"
#include "measure/functionals.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    /** Unit vectors in y along which the tail is seen. */
    template <int dim>
    std::vector<Tensor<1, dim>>
    directions(const DomainParameters &domain)
    {
      const WholeSpace           &space = domain.whole_space;
      std::vector<Tensor<1, dim>> result;
      if (!space.is_radial)
        {
          const auto smallest = std::min_element(space.tail_index.begin(), space.tail_index.end());
          result.push_back(Point<dim>::unit_vector(smallest - space.tail_index.begin()));
          return result;
        }
      // {-1, 0, 1}^dim without 0
      const unsigned int n = Utilities::fixed_power<dim>(3U);
      for (unsigned int k = 0; k < n; ++k)
        {
          Tensor<1, dim> t;
          unsigned int   digits = k;
          for (unsigned int i = 0; i < dim; ++i, digits /= 3)
            t[i] = digits % 3 - 1.;
          // of radii only within the orthant: at r_k = 0 nothing is likely
          if (t.norm() > 0. &&
              (domain.group_sizes.empty() || *std::min_element(t.begin_raw(), t.end_raw()) > 0.))
            result.push_back(t / t.norm());
        }
      return result;
    }
  } // namespace

  template <int dim>
  void
  for_each_tail(const Field<dim>                                   &density,
                const std::function<void(const TailSample<dim> &)> &visit)
  {
    const Discretization<dim> &space       = *density.discretization;
    const CoordinateMap<dim>  &coordinates = space.mesh().coordinates();
    if (coordinates.is_identity())
      return;
    const Mirror<dim>     mirror(space.mesh().domain());
    const QGauss<dim - 1> quadrature(space.degree() + 3);
    FEFaceValues<dim>     face(space.mapping(),
                           space.dof_handler().get_fe(),
                           quadrature,
                           update_values | update_quadrature_points | update_JxW_values |
                             update_normal_vectors);
    std::vector<double>   u(quadrature.size());
    for (const auto &cell : space.dof_handler().active_cell_iterators())
      if (cell->is_locally_owned() && cell->at_boundary())
        for (const unsigned int f : cell->face_indices())
          if (cell->face(f)->at_boundary() && cell->face(f)->boundary_id() != Mirror<dim>::plane)
            {
              face.reinit(cell, f);
              face.get_function_values(*density.u, u);
              for (unsigned int q = 0; q < u.size(); ++q)
                {
                  const Point<dim> &y = face.quadrature_point(q);
                  TailSample<dim>   sample;
                  const Point<dim>  x = coordinates.to_space(y);
                  sample.coordinate   = 0;
                  if (!space.mesh().domain().whole_space.is_radial)
                    for (unsigned int i = 1; i < dim; ++i)
                      if (std::abs(face.normal_vector(q)[i]) > 0.5)
                        sample.coordinate = i;
                  sample.probability =
                    density.factors({x})[0] * u[q] *
                    std::exp(static_cast<long double>(coordinates.log_determinant(y))) *
                    face.JxW(q);
                  for (unsigned int image = 0; image < mirror.n_images(); ++image)
                    {
                      sample.x = mirror.image(x, image);
                      visit(sample);
                    }
                }
            }
  }

  template <int dim>
  double
  lost_mass(const Field<dim> &density)
  {
    const WholeSpace &space = density.discretization->mesh().domain().whole_space;
    double            mass  = 0.;
    for_each_tail<dim>(density, [&](const TailSample<dim> &sample) {
      mass += sample.probability / space.decay(sample.coordinate, 0);
    });
    return Utilities::MPI::sum(mass, density.discretization->communicator());
  }

  template <int dim>
  std::optional<TailFit>
  fit_tail(const Field<dim> &density)
  {
    constexpr unsigned int    n_distances = 16;
    const Mesh<dim>          &mesh        = density.discretization->mesh();
    const CoordinateMap<dim> &coordinates = mesh.coordinates();
    const WholeSpace         &space       = mesh.domain().whole_space;
    if (coordinates.is_identity())
      return {};
    const auto smallest  = std::min_element(space.tail_index.begin(), space.tail_index.end());
    const unsigned int i = smallest - space.tail_index.begin();
    if (!std::isfinite(*smallest))
      return {};
    const auto          along   = directions<dim>(mesh.domain());
    const Point<dim>    center  = coordinates.to_space(Point<dim>());
    double              sums[4] = {};
    std::vector<double> radii;
    for (unsigned int k = 0; k < n_distances; ++k)
      {
        const double                     s = space.reach[i] * (0.6 + 0.25 * k / (n_distances - 1));
        std::vector<std::vector<double>> points;
        for (const Tensor<1, dim> &t : along)
          {
            const Point<dim> x = coordinates.to_space(Point<dim>(s * t));
            points.emplace_back(x.begin_raw(), x.end_raw());
          }
        radii.push_back(coordinates.to_space(Point<dim>(s * along.front())).distance(center));
        double mean = 0.;
        for (const double p : point_values(density, points))
          mean += p / points.size();
        if (!(mean > 0.))
          return {};
        const double X = std::log(radii.back()), Y = std::log(mean);
        sums[0] += X;
        sums[1] += Y;
        sums[2] += X * X;
        sums[3] += X * Y;
      }
    const double slope =
      (n_distances * sums[3] - sums[0] * sums[1]) / (n_distances * sums[2] - sums[0] * sums[0]);
    double dimensions = space.is_radial ? dim : 1;
    for (const double d : mesh.domain().group_sizes)
      dimensions += d - 1.;
    return TailFit{-slope - dimensions, radii.front(), radii.back()};
  }

#define INSTANTIATE(dim)                                                                                    \
  template void                   for_each_tail<dim>(const Field<dim> &,                                    \
                                   const std::function<void(const TailSample<dim> &)> &); \
  template double                 lost_mass<dim>(const Field<dim> &);                                       \
  template std::optional<TailFit> fit_tail<dim>(const Field<dim> &);
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
