// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_study_natural_weight_h
#define dynkin_study_natural_weight_h

#include "model/model.h"
#include "parameters/parameters.h"
#include "utilities/log.h"

namespace dynkin
{
  /**
   * The parameters with Discretization/weight = none, as the log says, where the model's natural
   * weight w = exp(psi) is of no use. In 2-D and 3-D it may be no function on the domain: the
   * gradient of psi is a^{-1} (2 b - div a), which may be free of curl and still have a circulation
   * around a hole or from a periodic wall to the opposite one, or be infinite on the way from the
   * centre. All cells of a mesh are asked: psi at their vertices is integrated from the centre and
   * from the first vertex. And for a transient density, int p_0^2/w int w may be huge for the
   * density p_0 at the start: p/w is then large where the process is not.
   * Throws InputError if the diffusion differs between periodic walls.
   */
  template <int dim>
  Parameters
  with_usable_weight(const Parameters &parameters, const Model<dim> &model, const Log &log);
} // namespace dynkin

#endif
