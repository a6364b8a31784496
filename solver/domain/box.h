// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_domain_box_h
#define dynkin_domain_box_h

#include "domain/shape.h"

namespace dynkin
{
  struct DomainParameters;

  /**
   * l_i < v_i < u_i for all i. Its walls are left, right, bottom, top, back, front (-x, +x, -y, +y,
   * -z, +z), then lower 4, upper 4, ... In one dimension it may be called an interval.
   */
  class Box : public Shape
  {
  public:
    Box(const std::vector<double> &lower,
        const std::vector<double> &upper,
        const std::string         &name = "box");

    /** By Domain/lower and upper. Throws InputError. */
    static std::shared_ptr<const Shape>
    create(const DomainParameters &domain, const unsigned int dimension);

    const std::vector<double> lower, upper;

    /** The same shape with other ends. */
    std::shared_ptr<const Box>
    with_ends(const std::vector<double> &lower, const std::vector<double> &upper) const;

    bool
    contains(const std::vector<double> &point) const override;

    bool
    has_opposite_walls() const override
    {
      return true;
    }

    std::optional<double>
    distance_to_wall(const std::vector<double> &point) const override;

    bool
    is_even_about(const std::vector<double> &point) const override;
  };
} // namespace dynkin

#endif
