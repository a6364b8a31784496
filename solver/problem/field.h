// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_problem_field_h
#define dynkin_problem_field_h

#include "form/generator_form.h"

namespace dynkin
{
  /**
   * A function on the domain as it is solved for: g = u, or p = w u where the
   * unknown is u = p/w. It refers to its parts, which must outlive it; the
   * ghost values of the nodal vector are up to date.
   */
  template <int dim>
  struct Field
  {
    const Discretization<dim>  *discretization = nullptr;
    const Vector               *u              = nullptr;
    const ReferenceWeight<dim> *weight         = nullptr; // none: w = 1

    /** g(x) from u(x). */
    double
    value(const dealii::Point<dim> &x, const double u_x) const
    {
      return weight != nullptr ? weight->value(x) * u_x : u_x;
    }

    /** grad g(x) = w (grad u + u grad psi). */
    dealii::Tensor<1, dim>
    gradient(const dealii::Point<dim>     &x,
             const double                  u_x,
             const dealii::Tensor<1, dim> &grad_u) const
    {
      return weight != nullptr ? weight->value(x) * (grad_u + u_x * weight->log_gradient(x))
                               : grad_u;
    }
  };
} // namespace dynkin

#endif
