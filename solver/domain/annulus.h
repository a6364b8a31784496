// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_domain_annulus_h
#define dynkin_domain_annulus_h

#include "domain/shape.h"

namespace dynkin
{
  struct DomainParameters;

  /**
   * inner radius < |v - center| < outer radius, in three dimensions a spherical shell. Its walls
   * are inner and outer.
   */
  class Annulus : public Shape
  {
  public:
    Annulus(const std::vector<double> &center,
            const double               inner_radius,
            const double               outer_radius);

    /** By Domain/center, inner radius and outer radius. Throws InputError. */
    static std::shared_ptr<const Shape>
    create(const DomainParameters &domain, const unsigned int dimension);

    const double inner_radius, outer_radius;

    bool
    contains(const std::vector<double> &point) const override;

    std::optional<double>
    distance_to_wall(const std::vector<double> &point) const override;

    /** There are many cells on a sphere, few along a circle. */
    unsigned int
    first_refinements() const override
    {
      return center.size() == 3 ? 0 : 1;
    }
  };
} // namespace dynkin

#endif
