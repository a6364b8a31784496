// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "domain/ball.h"

#include "domain/domain_parameters.h"
#include "utilities/entry_values.h"

namespace dynkin
{
  Ball::Ball(const std::vector<double> &center, const double radius)
    : Shape("ball",
            "ball |v - (" + to_text(center) + ")| < " + to_text(radius),
            {"surface"},
            center)
    , radius(radius)
  {
  }

  std::shared_ptr<const Shape>
  Ball::create(const DomainParameters &domain, const unsigned int dimension)
  {
    const std::vector<double> center = domain.center_or_origin(dimension);
    check_number("Domain/radius", domain.radius, Ranges::positive);
    return std::make_shared<Ball>(center, domain.radius);
  }

  bool
  Ball::contains(const std::vector<double> &point) const
  {
    return euclidean_distance(point, center) <= radius * (1. + rounding);
  }

  std::optional<double>
  Ball::distance_to_wall(const std::vector<double> &point) const
  {
    return radius - euclidean_distance(point, center);
  }

  bool
  Ball::is_even_about(const std::vector<double> &point) const
  {
    return point == center;
  }
} // namespace dynkin
