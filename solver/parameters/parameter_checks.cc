// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "parameters/parameter_checks.h"

#include "domain/targets.h"
#include "utilities/exceptions.h"

namespace dynkin
{
  void
  check_walls(const DomainParameters &domain, const ProblemKind &problem, const bool kills)
  {
    const bool ends = domain.absorbs() || (kills && !problem.is_place);
    if (problem.is_exit && !ends)
      throw InputError("Domain/boundary",
                       "needs at least one absorbing wall for problem = " + problem.name +
                         " (nothing ever leaves through reflecting walls)");
    if (problem.is_density && domain.absorbs())
      throw InputError("Domain/boundary",
                       "needs reflecting or periodic walls only for problem = " + problem.name +
                         " (everything would leave through an absorbing wall)");
  }

  void
  check_killing(const ModelParameters &model, const ProblemKind &problem)
  {
    if (model.kills() && problem.killed_equation.empty())
      throw InputError("Model/killing rate",
                       "needs 0 for problem = " + problem.name + problem.without_killing);
  }

  void
  check_exit_set(const DomainParameters &domain, const unsigned int dimension)
  {
    const bool is_interval = dimension == 1 && domain.shape->is_bounded();
    if (!domain.exit_set.empty() &&
        !(is_interval && (domain.exit_set == "left" || domain.exit_set == "right")))
      throw InputError("Domain/exit set", "needs left or right, and an interval");
  }

  void
  check_points(const std::vector<std::vector<double>> &points, const Parameters &parameters)
  {
    const std::string d     = std::to_string(parameters.dimension);
    const Shape      &shape = *parameters.domain.shape;
    for (unsigned int i = 0; i < points.size(); ++i)
      {
        const std::string point = "point " + std::to_string(i + 1);
        if (points[i].size() != parameters.dimension)
          throw InputError("Quantities/points",
                           "needs " + d + " numbers per point (dimension = " + d +
                             ") and ';' between points, but " + point + " has " +
                             std::to_string(points[i].size()));
        if (const auto *with_targets = shape.as<ShapeWithTargets>())
          for (unsigned int k = 0; k < with_targets->targets.size(); ++k)
            if (!with_targets->is_outside(k, points[i]))
              throw InputError("Quantities/points",
                               "needs points outside the targets, but " + point + " is inside " +
                                 target_name(k));
        if (!shape.contains(points[i]))
          throw InputError("Quantities/points",
                           "needs points inside the closed domain, but " + point +
                             " is outside the " + shape.name);
      }
  }
} // namespace dynkin
