// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_form_interpolation_h
#define dynkin_form_interpolation_h

#include "form/generator_form.h"

namespace dynkin
{
  /** A nodal function in another space on the same cells, by values at its nodes. */
  template <int dim>
  Vector
  interpolate_between(const GeneratorForm<dim> &from,
                      const Vector             &v,
                      const GeneratorForm<dim> &to);
} // namespace dynkin

#endif
