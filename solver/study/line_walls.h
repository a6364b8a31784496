// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_study_line_walls_h
#define dynkin_study_line_walls_h

#include "discretization/mesh.h"
#include "model/model.h"
#include "parameters/parameters.h"
#include "utilities/log.h"

namespace dynkin
{
  /**
   * The walls of an interval as the process sees them where its coefficients are singular,
   * by Feller's test (LineEnd), which is written to the log: an absorbing wall that is never
   * reached is taken as the natural boundary condition, which has the same solution. Throws
   * InputError for a reflecting wall that cannot be left, an infinite mean exit time, and a
   * stationary density that does not exist. Other domains are returned as they are.
   */
  template <int dim>
  Parameters
  with_line_walls(const Parameters &parameters, const Model<dim> &model, const Log &log);

  /** The coarse mesh: on intervals of any coefficients with cells that resolve them. */
  template <int dim>
  Mesh<dim>
  create_mesh(const Parameters &parameters, const Model<dim> &model, const WallLayers &layers);
} // namespace dynkin

#endif
