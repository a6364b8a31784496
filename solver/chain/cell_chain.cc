// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "chain/cell_chain.h"

#include "discretization/discretization.h"
#include "utilities/exceptions.h"
#include "utilities/log.h"

#include <deal.II/base/quadrature_lib.h>
#include <deal.II/fe/fe_q.h>
#include <deal.II/fe/fe_values.h>

#include <cmath>
#include <limits>
#include <numeric>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double most_places = 6000., most_points_of_cell = 24.; // of a cell, in a direction
    constexpr unsigned int mapping_degree = 10;

    /** Gauss points in a direction for cells of some spreads, and the least that see anything. */
    double
    points_for(const double spreads)
    {
      return std::ceil(5. + 2. * spreads);
    }

    double
    least_points_for(const double spreads)
    {
      return std::ceil(3. + 1.2 * spreads);
    }

    template <int dim>
    Point<dim>
    to_point(const std::vector<double> &coordinates)
    {
      Point<dim> point;
      for (unsigned int i = 0; i < dim; ++i)
        point[i] = coordinates[i];
      return point;
    }
  } // namespace

  template <int dim>
  CellChain<dim>::CellChain(const Model<dim>       &model,
                            const DomainParameters &domain,
                            const double            eps,
                            const bool              poorer)
    : model(model)
    , eps(eps)
    , outside(create_gaussian_exit<dim>(*domain.shape))
  {
    place(domain, poorer);
    const std::size_t n = places.size();
    for (unsigned int mirror = 0; mirror < (domain.mirror.empty() ? 1u : 1u << dim); ++mirror)
      {
        images.push_back(places);
        for (Point<dim> &image : images.back())
          for (unsigned int i = 0; i < dim; ++i)
            if ((mirror >> i) & 1)
              image[i] = 2. * domain.mirror[i] - image[i];
      }
    Matrix<double> steps(n, n);
    Vector         exits;
    for (std::size_t i = 0; i < n; ++i)
      {
        const GaussianLaw<dim> of_step = law(places[i]);
        find_row(of_step, &steps(i, 0));
        exit_of.push_back(outside->exit(of_step, steps.row(i).sum()));
        exits.push_back(
          std::accumulate(exit_of[i].probability.begin(), exit_of[i].probability.end(), 0.L));
      }
    set(std::move(steps), exits);
  }

  template <int dim>
  void
  CellChain<dim>::place(const DomainParameters &domain, const bool poorer)
  {
    Mesh<dim> mesh(domain, MPI_COMM_WORLD);
    // the longest side of a cell, in spreads of steps nearby
    double longest = 0., spread = std::numeric_limits<double>::infinity();
    for (const auto &cell : mesh.triangulation().active_cell_iterators())
      if (cell->is_locally_owned())
        {
          double least = law(cell->center()).least_deviation;
          for (const unsigned int v : cell->vertex_indices())
            least = std::min(least, law(cell->vertex(v)).least_deviation);
          for (const unsigned int l : cell->line_indices())
            longest = std::max(
              longest, (cell->line(l)->vertex(1) - cell->line(l)->vertex(0)).norm() / least);
          spread = std::min(spread, least);
        }
    longest             = Utilities::MPI::max(longest, MPI_COMM_WORLD);
    spread              = Utilities::MPI::min(spread, MPI_COMM_WORLD);
    const auto n_cells  = static_cast<double>(mesh.triangulation().n_global_active_cells());
    const auto n_places = [&](const double halved) {
      return n_cells * std::pow(std::ldexp(points_for(std::ldexp(longest, -halved)), halved), dim);
    };
    int halved = 0;
    while (points_for(std::ldexp(longest, -halved)) > most_points_of_cell ||
           n_places(halved + 1) < n_places(halved))
      ++halved;
    const double n_after = n_cells * std::ldexp(1., dim * halved);
    const double n_points =
      std::min(points_for(std::ldexp(longest, -halved)),
               std::floor(std::pow(most_places / n_after, 1. / dim) * (1. + 1e-12)));
    if (n_points < least_points_for(std::ldexp(longest, -halved)))
      throw InputError("Discrete chain/step",
                       "needs at most " + format_number(most_places) +
                         " points that see the spread of a step, " + format_number(spread, 2) +
                         " at its smallest; with steps as small as these the chain is close to "
                         "the diffusion: problem = exit time, or has paths: problem = monte carlo");
    mesh.refine_uniformly(halved);

    const Discretization<dim> space(mesh, mapping_degree);
    const QGauss<dim>         quadrature(static_cast<unsigned int>(n_points) - (poorer ? 2 : 0));
    FEValues<dim>             values(space.mapping(),
                         space.dof_handler().get_fe(),
                         quadrature,
                         update_quadrature_points | update_JxW_values);
    std::vector<double>       own; // coordinates and weights
    for (const auto &cell : space.dof_handler().active_cell_iterators())
      if (cell->is_locally_owned())
        {
          values.reinit(cell);
          for (unsigned int q = 0; q < quadrature.size(); ++q)
            {
              for (unsigned int i = 0; i < dim; ++i)
                own.push_back(values.quadrature_point(q)[i]);
              own.push_back(values.JxW(q));
            }
        }
    for (const std::vector<double> &of_rank : Utilities::MPI::all_gather(MPI_COMM_WORLD, own))
      for (std::size_t k = 0; k < of_rank.size(); k += dim + 1)
        {
          places.emplace_back();
          for (unsigned int i = 0; i < dim; ++i)
            places.back()[i] = of_rank[k + i];
          weights.push_back(of_rank[k + dim]);
        }
  }

  template <int dim>
  GaussianLaw<dim>
  CellChain<dim>::law(const Point<dim> &z) const
  {
    return {z + eps * model.drift(z), eps * model.diffusion(z)};
  }

  template <int dim>
  void
  CellChain<dim>::find_row(const GaussianLaw<dim> &of_step, double *weights_of_places) const
  {
    for (std::size_t j = 0; j < places.size(); ++j)
      {
        double density = 0.;
        for (const auto &mirrored : images)
          density += of_step.density(mirrored[j]);
        weights_of_places[j] = weights[j] * density;
      }
  }

  template <int dim>
  MarkovChain::Vector
  CellChain<dim>::row(const std::vector<double> &point) const
  {
    std::vector<double> weights_of_places(places.size());
    find_row(law(to_point<dim>(point)), weights_of_places.data());
    return Vector(weights_of_places.begin(), weights_of_places.end());
  }

  template <int dim>
  PlacedChain::Exit
  CellChain<dim>::exit(const std::vector<double> &point) const
  {
    const Vector weights_of_places = row(point);
    return outside->exit(law(to_point<dim>(point)),
                         static_cast<double>(std::accumulate(
                           weights_of_places.begin(), weights_of_places.end(), 0.L)));
  }

  template class CellChain<2>;
  template class CellChain<3>;
} // namespace dynkin
