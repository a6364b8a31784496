// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_study_finite_coefficients_h
#define dynkin_study_finite_coefficients_h

#include "parameters/parameters.h"

#include "model/model.h"

namespace dynkin
{
  /**
   * The parameters as they are. Throws InputError where the drift or the diffusion of formulas is
   * not a finite number inside the domain, at the centres of the cells of a mesh: a square root or
   * a logarithm of a negative number, an overflow.
   */
  template <int dim>
  const Parameters &
  with_finite_coefficients(const Parameters &parameters, const Model<dim> &model);
} // namespace dynkin

#endif
