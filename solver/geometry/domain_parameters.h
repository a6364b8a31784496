// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_geometry_domain_parameters_h
#define dynkin_geometry_domain_parameters_h

#include <map>
#include <string>
#include <vector>

namespace dealii
{
  class ParameterHandler;
}

namespace dynkin
{
  /** What the process does at a wall with outward normal n. */
  enum class BoundaryKind
  {
    absorbing, // f = 0: the process is stopped (killed) there
    reflecting // natural condition: a grad f . n = 0, or J . n = 0 for densities
  };

  /** Where the process lives; subsection `Domain`. */
  struct DomainParameters
  {
    std::string         shape;        // Domain/shape: interval | box | ball; mandatory
    std::vector<double> center;       // Domain/center of a ball; default: the origin
    double              radius = 0.;  // Domain/radius of a ball, > 0 [length]
    std::vector<double> lower, upper; // Domain/lower, Domain/upper of interval and box
    std::string exit_set; // Domain/exit set: the wall whose probability of exit is asked for
    std::string boundary; // Domain/boundary; empty: the problem's default

    /**
     * Every wall of the shape with its kind, by name: left, right (interval),
     * left, right, bottom, top, back, front (box: -x, +x, -y, +y, -z, +z),
     * surface (ball). Filled by check(). The position in wall_names() is the
     * wall's boundary id in the mesh.
     */
    std::map<std::string, BoundaryKind> walls;

    void
    add_parameters(dealii::ParameterHandler &prm);

    /**
     * Sizes and ranges; reads `boundary`: one word for all walls, or
     * "left: reflecting, right: absorbing", or ids "1: reflecting" (walls that
     * are not named keep the default kind). Throws InputError.
     */
    void
    check(const unsigned int dimension, const BoundaryKind default_kind);

    /** Names of the walls of this shape, in order of their boundary ids. */
    std::vector<std::string>
    wall_names(const unsigned int dimension) const;

    /** Is the point in the closed domain (up to rounding)? */
    bool
    contains(const std::vector<double> &point) const;
  };
} // namespace dynkin

#endif
