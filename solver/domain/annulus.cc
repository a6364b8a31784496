// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "domain/annulus.h"

#include <algorithm>

#include "domain/domain_parameters.h"
#include "utilities/entry_values.h"
#include "utilities/exceptions.h"

namespace dynkin
{
  Annulus::Annulus(const std::vector<double> &center,
                   const double               inner_radius,
                   const double               outer_radius)
    : Shape("annulus",
            (center.size() == 2 ? "annulus " : "spherical shell ") + to_text(inner_radius) +
              " < |v - (" + to_text(center) + ")| < " + to_text(outer_radius),
            {"inner", "outer"},
            center)
    , inner_radius(inner_radius)
    , outer_radius(outer_radius)
  {
  }

  std::shared_ptr<const Shape>
  Annulus::create(const DomainParameters &domain, const unsigned int dimension)
  {
    const std::vector<double> center = domain.center_or_origin(dimension);
    check_number("Domain/inner radius", domain.inner_radius, Ranges::positive);
    check_number("Domain/outer radius", domain.outer_radius, Ranges::positive);
    if (!(domain.outer_radius > domain.inner_radius))
      throw InputError("Domain/outer radius", "needs a number > Domain/inner radius");
    return std::make_shared<Annulus>(center, domain.inner_radius, domain.outer_radius);
  }

  bool
  Annulus::contains(const std::vector<double> &point) const
  {
    const double distance = euclidean_distance(point, center);
    return distance <= outer_radius * (1. + rounding) && distance >= inner_radius * (1. - rounding);
  }

  std::optional<double>
  Annulus::distance_to_wall(const std::vector<double> &point) const
  {
    const double distance = euclidean_distance(point, center);
    return std::min(outer_radius - distance, distance - inner_radius);
  }
} // namespace dynkin
