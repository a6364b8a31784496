// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/refinement.h"

#include "discretization/resolve_corners.h"
#include "discretization/resolve_weight.h"
#include "study/memory.h"
#include "utilities/available_memory.h"
#include "utilities/log.h"

#include <algorithm>
#include <cmath>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr unsigned int maximum_attempts = 8;   // to find a mesh that resolves anything
    constexpr double       fall_at_walls    = 30.; // of the logarithm of the weight in a cell, then
    constexpr unsigned int patience         = 4;   // meshes without much improvement; then all
    constexpr unsigned int uniform_attempts = 2;   // cells are refined, so many times
    constexpr double       finer_sieve      = 1.3; // where too many cells pass
  }                                                // namespace

  template <int dim>
  Refinement<dim>::Refinement(const DiscretizationParameters &parameters, const Model<dim> &model)
    : parameters(parameters)
    , model(model)
  {
  }

  template <int dim>
  WallLayers
  Refinement<dim>::wall_layers(const DomainParameters &domain) const
  {
    return parameters.tolerance > 0. ? find_wall_layers(domain, model) : WallLayers();
  }

  template <int dim>
  void
  Refinement<dim>::prepare(Mesh<dim> &mesh, const std::vector<Formula<dim>> &sources) const
  {
    if ((dim > 1 || model.knows_weight()) && mesh.coordinates().is_identity())
      {
        resolve_features(mesh, model, sources);
        if (parameters.tolerance > 0.)
          resolve_corners(mesh, model, parameters.tolerance);
      }
    if (parameters.tolerance > 0.)
      resolve_weight(mesh, model);
  }

  template <int dim>
  bool
  Refinement<dim>::resolve(Mesh<dim>                   &mesh,
                           const dealii::Vector<float> &unresolved,
                           const unsigned int           attempt) const
  {
    const auto   n_cells = mesh.triangulation().n_global_active_cells();
    const double dofs    = n_cells * std::pow(2. * parameters.degree, dim);
    if (parameters.tolerance == 0. || attempt == maximum_attempts || !affords(dofs))
      return false;
    if (unresolved.size() > 0 && mesh.mark(unresolved, 0.) > 0)
      mesh.refine_marked();
    else
      resolve_weight(mesh, model, std::ldexp(fall_at_walls, -static_cast<int>(attempt)));
    if (mesh.triangulation().n_global_active_cells() == n_cells)
      mesh.refine_uniformly(1);
    return true;
  }

  template <int dim>
  void
  Refinement<dim>::record(const double largest_estimate, const double rounding)
  {
    estimates.push_back(largest_estimate);
    is_rounding = rounding >= 0.5 * largest_estimate;
  }

  template <int dim>
  bool
  Refinement<dim>::can_improve() const
  {
    return parameters.tolerance == 0. ||
           !has_stalled(is_rounding ? patience : patience + uniform_attempts);
  }

  template <int dim>
  bool
  Refinement<dim>::affords(const double n_dofs) const
  {
    return n_dofs <= parameters.maximum_dofs &&
           predicted_memory(n_dofs, parameters.degree, dim, parameters.tolerance > 0.) <=
             available_memory();
  }

  template <int dim>
  std::string
  Refinement<dim>::obstacle() const
  {
    if (!can_improve())
      return is_rounding ? "most of it is rounding, which finer meshes do not lower"
                         : "finer meshes no longer lower it";
    if (next_dofs > parameters.maximum_dofs)
      return "the next mesh would have more unknowns than Discretization/maximum dofs = " +
             std::to_string(parameters.maximum_dofs);
    return "the next mesh would have about " + format_number(next_dofs, 2) +
           " unknowns, for which there is no memory";
  }

  template <int dim>
  bool
  Refinement<dim>::has_stalled(const unsigned int n) const
  {
    if (estimates.size() <= n)
      return false;
    const auto recent = estimates.end() - n;
    return !(*std::min_element(recent, estimates.end()) <
             0.5 * *std::min_element(estimates.begin(), recent));
  }

  template <int dim>
  bool
  Refinement<dim>::mark(Mesh<dim>                   &mesh,
                        const dealii::Vector<float> &indicators,
                        const double                 n_dofs)
  {
    const double n_cells    = mesh.triangulation().n_global_active_cells();
    double       n_marked   = 0.;
    const auto   dofs_after = [&](const double marked) {
      return n_dofs * (1. + marked / n_cells * (std::pow(2., dim) - 1.));
    };
    if (parameters.tolerance > 0. && indicators.size() > 0 && !has_stalled(patience))
      {
        // all that exceed their share of the tolerance, but not yet those that hardly
        // matter beside the largest: refinement lowers an indicator by about 4^-degree
        const double largest =
          Utilities::MPI::max(static_cast<double>(indicators.linfty_norm()), MPI_COMM_WORLD);
        const double share = 0.5 * parameters.tolerance / n_cells;
        double threshold   = std::clamp(std::ldexp(largest, -static_cast<int>(parameters.degree)),
                                      std::min(share, 0.5 * largest),
                                      0.5 * largest);
        n_marked           = mesh.mark(indicators, threshold);
        while (dofs_after(n_marked) > parameters.most_dofs_after(n_dofs) &&
               threshold < 0.5 * largest)
          {
            threshold = std::min(finer_sieve * threshold, 0.5 * largest);
            n_marked  = mesh.mark(indicators, threshold);
          }
      }
    if (n_marked == 0.) // no mesh is solved on twice
      {
        dealii::Vector<float> all(mesh.triangulation().n_active_cells());
        all      = 1.;
        n_marked = mesh.mark(all, 0.5);
      }
    next_dofs = dofs_after(n_marked);
    return affords(next_dofs);
  }

  template <int dim>
  void
  Refinement<dim>::refine(Mesh<dim> &mesh, const double residual)
  {
    mesh.refine_marked();
    if (parameters.tolerance > 0. && residual > 0.25 * parameters.tolerance &&
        n_limited_by_rounding < maximum_attempts)
      resolve_weight(
        mesh, model, std::ldexp(4. * fall_at_walls, -static_cast<int>(n_limited_by_rounding++)));
  }

  template class Refinement<1>;
  template class Refinement<2>;
  template class Refinement<3>;
} // namespace dynkin
