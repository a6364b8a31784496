// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_domain_exit_set_h
#define dynkin_domain_exit_set_h

#include <deal.II/base/point.h>
#include <deal.II/base/types.h>

#include "domain/domain_parameters.h"

#include <set>

namespace dynkin
{
  /**
   * The part of the absorbing walls that Domain/exit set names, or all of them; of
   * these, if there is a Domain/exit direction e, the points x with an angle of at
   * most Domain/exit angle between x - center and e: a window, in 3-D a cap.
   */
  template <int dim>
  class ExitSet
  {
  public:
    /** Throws InputError for walls that are not there or not absorbing, and for wrong windows. */
    explicit ExitSet(const DomainParameters &domain);

    bool
    contains(const dealii::Point<dim> &x, const dealii::types::boundary_id wall) const;

    /** > 0 inside the window, < 0 outside; constant without a window. */
    double
    depth(const dealii::Point<dim> &x) const;

  private:
    std::set<dealii::types::boundary_id> walls;
    bool                                 has_window = false;
    dealii::Point<dim>                   center;
    dealii::Tensor<1, dim>               direction;
    double                               half_angle = 0.;
  };
} // namespace dynkin

#endif
