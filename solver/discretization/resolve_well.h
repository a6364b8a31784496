// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_discretization_resolve_well_h
#define dynkin_discretization_resolve_well_h

#include "discretization/mesh.h"
#include "model/model.h"

namespace dynkin
{
  /**
   * Refines cells in which the model's weight exp(psi) falls by many orders of
   * magnitude from a value that matters: what no quadrature point sees, no error
   * estimate sees either.
   */
  template <int dim>
  void
  resolve_well(Mesh<dim> &mesh, const Model<dim> &model);
} // namespace dynkin

#endif
