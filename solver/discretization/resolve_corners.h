// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_discretization_resolve_corners_h
#define dynkin_discretization_resolve_corners_h

#include "discretization/mesh.h"
#include "model/model.h"

#include <vector>

namespace dynkin
{
  /** A corner of the boundary where solutions are like r^alpha with alpha < 1. */
  template <int dim>
  struct SingularCorner
  {
    dealii::Point<dim> vertex;
    double             exponent; // alpha

    bool
    touches(const typename dealii::Triangulation<dim>::cell_iterator &cell) const;
  };

  /**
   * Those of a domain in 2-D, the same for all processes. With omega the interior angle in the
   * metric of a^-1, alpha = pi/omega between walls of the same kind, pi/(2 omega) between an
   * absorbing and a reflecting one (Grisvard, Elliptic problems in nonsmooth domains, 1985).
   */
  template <int dim>
  std::vector<SingularCorner<dim>>
  find_singular_corners(const Mesh<dim> &mesh, const Model<dim> &model);

  /**
   * Halves the cells at singular corners until the error there, of order h^(2 alpha) with h the
   * size of these cells, is below `tolerance`, or they are as small as a mesh can have them.
   */
  template <int dim>
  void
  resolve_corners(Mesh<dim> &mesh, const Model<dim> &model, const double tolerance);
} // namespace dynkin

#endif
