// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_geometry_targets_h
#define dynkin_geometry_targets_h

#include <string>
#include <vector>

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

  /** Throws InputError unless all targets are strictly inside the domain and apart from each other. */
  void
  check_targets(const DomainParameters &domain);

  /** "target 1", ...: their walls. */
  std::string
  target_name(const unsigned int k);

  /**
   * In 1-D no path passes a target: leaves of the domain the interval between two of them, or
   * one and a wall, that has all the points; left and right are its walls, also in
   * Domain/exit set. Throws InputError if there is none.
   */
  void
  keep_part_between_targets(DomainParameters                       &domain,
                            const std::vector<std::vector<double>> &points);
} // namespace dynkin

#endif
