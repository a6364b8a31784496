// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "domain/exit_set.h"

#include <deal.II/base/numbers.h>
#include <deal.II/base/utilities.h>

#include <algorithm>
#include <cmath>

#include "utilities/entry_values.h"
#include "utilities/exceptions.h"

using namespace dealii;

namespace dynkin
{
  template <int dim>
  ExitSet<dim>::ExitSet(const DomainParameters &domain)
    : walls(domain.boundary_ids(BoundaryKind::absorbing))
  {
    const std::vector<std::string>  names = domain.shape->wall_names;
    const std::vector<unsigned int> ids   = domain.shape->wall_ids();
    if (!domain.exit_set.empty())
      {
        const std::set<types::boundary_id> absorbing = walls;
        std::string                        known;
        for (unsigned int k = 0; k < names.size(); ++k)
          if (absorbing.count(ids[k]) > 0)
            known += (known.empty() ? "" : ", ") + names[k];
        walls.clear();
        for (const std::string &name : split_items(domain.exit_set, ','))
          {
            unsigned int k = 0;
            while (k < names.size() && name != names[k] && name != std::to_string(ids[k]))
              ++k;
            if (k == names.size() || absorbing.count(ids[k]) == 0)
              throw InputError("Domain/exit set",
                               "needs absorbing walls separated by ',', which '" + name +
                                 "' is not; the absorbing walls are " + known);
            walls.insert(ids[k]);
          }
      }

    has_window = !domain.exit_direction.empty();
    if (!has_window && domain.exit_angle != 0.)
      throw InputError("Domain/exit angle", "needs Domain/exit direction to be set");
    if (!has_window)
      return;
    const std::vector<double> shape_center = domain.shape->center;
    if (shape_center.empty())
      throw InputError("Domain/exit direction",
                       "needs Domain/shape = ball, ellipsoid or annulus, which have a centre");
    check_numbers("Domain/exit direction", domain.exit_direction, Ranges::any, dim);
    check_number("Domain/exit angle", domain.exit_angle, {0., 180., true});
    half_angle = domain.exit_angle * numbers::PI / 180.;
    for (unsigned int i = 0; i < dim; ++i)
      {
        center[i]    = shape_center[i];
        direction[i] = domain.exit_direction[i];
      }
    if (!(direction.norm() > 0.))
      throw InputError("Domain/exit direction", "needs a number that is not 0");
    direction /= direction.norm();
  }

  template <int dim>
  bool
  ExitSet<dim>::contains(const Point<dim> &x, const types::boundary_id wall) const
  {
    return walls.count(wall) > 0 && depth(x) >= 0.;
  }

  template <int dim>
  double
  ExitSet<dim>::depth(const Point<dim> &x) const
  {
    if (!has_window)
      return 1.;
    const Tensor<1, dim> arm   = x - center;
    const double         along = arm * direction;
    // atan2 is accurate for all angles
    return half_angle - std::atan2((arm - along * direction).norm(), along);
  }

  template class ExitSet<1>;
  template class ExitSet<2>;
  template class ExitSet<3>;
} // namespace dynkin
