// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/natural_weight.h"

#include "study/sample_cells.h"
#include "utilities/exceptions.h"

#include <algorithm>
#include <cmath>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr unsigned int refinements = 2;    // of the mesh that is asked
    constexpr double       same        = 1e-8; // of psi, and of entries of the diffusion

    bool
    are_same(const double a, const double b)
    {
      return std::abs(a - b) <= same * (1. + std::abs(a) + std::abs(b)); // false for not a number
    }

    /** In this cell, from the centre and from its first vertex. */
    template <int dim>
    bool
    is_single_valued(const Model<dim> &model, const std::vector<Point<dim>> &vertices)
    {
      const std::vector<double> psi = model.log_weights(vertices);
      for (std::size_t v = 0; v < vertices.size(); ++v)
        if (!are_same(psi[v], model.log_weight(vertices[v])))
          return false;
      return true;
    }

    /** From a point of a wall to the opposite one, where a has to be the same. */
    template <int dim>
    bool
    is_periodic(const Model<dim> &model, const Point<dim> &x, const Point<dim> &opposite)
    {
      const auto   a = model.diffusion(x), b = model.diffusion(opposite);
      const double size = a.norm();
      for (unsigned int k = 0; k < a.n_independent_components; ++k)
        if (!(std::abs(a.access_raw_entry(k) - b.access_raw_entry(k)) <= same * size))
          throw InputError("Domain/boundary",
                           "'periodic' needs a diffusion that is the same at both walls for "
                           "dimension > 1");
      return are_same(model.log_weight(x), model.log_weight(opposite));
    }

    double
    log_of_sum(const std::vector<double> &logs)
    {
      const double largest = *std::max_element(logs.begin(), logs.end());
      double       sum     = 0.;
      for (const double value : logs)
        sum += std::exp(value - largest);
      return largest + std::log(sum);
    }

    /** log (int p_0^2/w dx int w dx), p_0 the normal law at the start, on a fine mesh. */
    template <int dim>
    double
    log_chi_squared(const Parameters &parameters, const Model<dim> &model)
    {
      std::vector<Point<dim>> points;
      std::vector<double>     log_sizes;
      for (const CellSample<dim> &cell : sample_cells<dim>(parameters.domain))
        {
          points.push_back(cell.center);
          log_sizes.push_back(std::log(cell.size));
        }
      std::vector<double> log_w = model.log_weights(points), log_ratio(log_w.size());
      for (std::size_t i = 0; i < points.size(); ++i)
        {
          const std::vector<double> x(points[i].begin_raw(), points[i].end_raw());
          log_ratio[i] = 2. * parameters.start.log_gaussian(x) - log_w[i] + log_sizes[i];
          log_w[i] += log_sizes[i];
        }
      // the summit of a law that is narrow beside these cells
      Point<dim> mean;
      std::copy_n(parameters.start.mean.begin(), dim, mean.begin_raw());
      if (parameters.domain.shape->contains(parameters.start.mean))
        log_ratio.push_back(parameters.start.log_gaussian(parameters.start.mean) -
                            0.5 * dim * std::log(2.) - model.log_weight(mean));
      return log_of_sum(log_ratio) + log_of_sum(log_w);
    }

    /** Is the start so far from the weight that norms of p/w see nothing but far tails? */
    template <int dim>
    bool
    starts_too_far(const Parameters &parameters, const Model<dim> &model, const Log &log)
    {
      const double largest = std::log(1e10); // the space of the exponential is right to 1e-12
      if (parameters.start.law == "stationary" || !parameters.kind->has_start ||
          parameters.discretization.weight == "none")
        return false;
      const std::vector<double> &tails = parameters.domain.whole_space.tail_index;
      if (std::any_of(
            tails.begin(), tails.end(), [](const double index) { return std::isfinite(index); }))
        return false; // a normal law is light beside a power law
      const double log_chi = log_chi_squared(parameters, model);
      if (log_chi <= largest) // not for one that is not a number
        return false;
      log.line("weight",
               "none: with the natural one, what the start has in its tails would be all that "
               "counts (chi^2 is about 10^" +
                 std::to_string(static_cast<long long>(log_chi / std::log(10.))) + ")");
      return true;
    }
  } // namespace

  template <int dim>
  Parameters
  with_usable_weight(const Parameters &parameters, const Model<dim> &model, const Log &log)
  {
    if (starts_too_far(parameters, model, log))
      {
        Parameters result                    = parameters;
        result.discretization.weight         = "none";
        result.start.chi_squared_is_resolved = false;
        return result;
      }
    const DomainParameters         &domain = parameters.domain;
    const std::vector<unsigned int> axes   = domain.periodic_axes();
    const bool is_integral = parameters.model.kind().has_formulas() && model.is_reversible();
    if (dim == 1 || (axes.empty() && !is_integral))
      return parameters;
    Mesh<dim> mesh(domain, MPI_COMM_WORLD);
    mesh.refine_uniformly(refinements);
    bool is_usable = true;
    for (const auto &cell : mesh.triangulation().active_cell_iterators())
      if (cell->is_locally_owned())
        {
          std::vector<Point<dim>> vertices;
          for (const unsigned int v : cell->vertex_indices())
            vertices.push_back(mesh.coordinates().to_space(cell->vertex(v)));
          is_usable = is_usable && is_single_valued(model, vertices);
          for (const Point<dim> &x : vertices)
            for (const unsigned int axis : axes)
              if (x[axis] == domain.lower[axis])
                {
                  Point<dim> opposite = x;
                  opposite[axis]      = domain.upper[axis];
                  is_usable           = is_periodic(model, x, opposite) && is_usable;
                }
        }
    Parameters result = parameters;
    if (!Utilities::MPI::logical_or(!is_usable, MPI_COMM_WORLD) ||
        result.discretization.weight == "none")
      return result;
    result.discretization.weight = "none";
    log.line("weight",
             "none: the natural one would have several values at a place, or none, as the drift "
             "is a gradient along some ways through the domain only");
    return result;
  }

#define INSTANTIATE(dim) \
  template Parameters with_usable_weight<dim>(const Parameters &, const Model<dim> &, const Log &);
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
