// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_domain_targets_h
#define dynkin_domain_targets_h

#include "domain/shape.h"

namespace dynkin
{
  struct DomainParameters;

  /** A closed ball inside the domain whose surface is a wall; in 1-D an interval. */
  struct Target
  {
    std::vector<double> center;
    double              radius;

    /** Distance of a point from the surface, < 0 inside. */
    double
    distance(const std::vector<double> &point) const;
  };

  /** Domain/targets: "ball 0.3, 0 radius 0.1; ...", in 1-D also "interval 0.2, 0.3". Throws InputError. */
  std::vector<Target>
  read_targets(const std::string &text, const unsigned int dimension);

  /** "target 1", ...: their walls. */
  std::string
  target_name(const unsigned int k);

  /** A shape without closed balls that are inside it; their surfaces are further walls, the last ones. */
  class ShapeWithTargets : public Shape
  {
  public:
    /** Throws InputError unless all targets are strictly inside the whole and apart from each other. */
    ShapeWithTargets(const std::shared_ptr<const Shape> &whole, const std::vector<Target> &targets);

    const std::shared_ptr<const Shape> whole;
    const std::vector<Target>          targets;

    /** Is the point outside of the k-th target, or on its surface, up to rounding? */
    bool
    is_outside(const unsigned int k, const std::vector<double> &point) const;

    bool
    contains(const std::vector<double> &point) const override;

    /** In 1-D no path passes a target. */
    bool
    has_opposite_walls() const override;

    unsigned int
    first_refinements() const override
    {
      return 0;
    }
  };

  /** By Domain/targets. Throws InputError. */
  std::shared_ptr<const Shape>
  cut_targets(const std::shared_ptr<const Shape> &whole,
              const std::string                  &targets,
              const unsigned int                  dimension);

  /**
   * In 1-D no path passes a target: leaves of a domain with targets the interval between two of
   * them, or one and a wall, that has all the points; left and right are its walls, also in
   * Domain/exit set. Throws InputError if there is none.
   */
  void
  keep_part_between_targets(DomainParameters                       &domain,
                            const std::vector<std::vector<double>> &points);
} // namespace dynkin

#endif
