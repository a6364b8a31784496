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
   * magnitude: in the well, because what no quadrature point sees, no error
   * estimate sees either; elsewhere if log w falls by more than `largest_fall`.
   */
  template <int dim>
  void
  resolve_weight(Mesh<dim>        &mesh,
                 const Model<dim> &model,
                 const double      largest_fall = std::numeric_limits<double>::infinity());
} // namespace dynkin

#endif
