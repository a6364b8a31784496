// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_domain_ball_h
#define dynkin_domain_ball_h

#include "domain/shape.h"

namespace dynkin
{
  struct DomainParameters;

  /** |v - center| < radius. Its wall is the surface. */
  class Ball : public Shape
  {
  public:
    Ball(const std::vector<double> &center, const double radius);

    /** By Domain/center and radius. Throws InputError. */
    static std::shared_ptr<const Shape>
    create(const DomainParameters &domain, const unsigned int dimension);

    const double radius;

    bool
    contains(const std::vector<double> &point) const override;

    std::optional<double>
    distance_to_wall(const std::vector<double> &point) const override;

    bool
    is_even_about(const std::vector<double> &point) const override;

    unsigned int
    first_refinements() const override
    {
      return 0;
    }
  };
} // namespace dynkin

#endif
