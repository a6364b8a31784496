// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_discretization_resolve_weight_h
#define dynkin_discretization_resolve_weight_h

#include "discretization/mesh.h"
#include "model/model.h"

#include <limits>

namespace dynkin
{
  /**
   * Refines cells in which the model's weight exp(psi) falls by many orders of
   * magnitude: in the well and where the process is most likely to leave, because what no
   * quadrature point sees, no error estimate sees either; elsewhere if log w falls by
   * more than `largest_fall`.
   */
  template <int dim>
  void
  resolve_weight(Mesh<dim>        &mesh,
                 const Model<dim> &model,
                 const double      largest_fall = std::numeric_limits<double>::infinity());

  /**
   * Refines cells in which an enclosure of the coefficients leaves much more room than
   * samples show: a feature may be narrower than the distance of the samples. Looks at models
   * with enclosures, and at sources (running rewards).
   */
  template <int dim>
  void
  resolve_features(Mesh<dim>                       &mesh,
                   const Model<dim>                &model,
                   const std::vector<Formula<dim>> &sources = {});

  /** The same for a reward at the absorbing walls of dimensions 2 and 3: it may be paid on a small part of them. */
  template <int dim>
  void
  resolve_on_walls(Mesh<dim> &mesh, const Formula<dim> &reward);

  /**
   * The layers along absorbing walls through which the process leaves almost anywhere
   * (where it leaves at a few places only, cells refined there are the better ones):
   * there mean exit times rise like 1 - exp(-s/thickness) with the distance s from the
   * wall, thickness = min n.a.n / (-2 b.n) over the wall with outward normal n.
   */
  template <int dim>
  WallLayers
  find_wall_layers(const DomainParameters &domain, const Model<dim> &model);
} // namespace dynkin

#endif
