// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_domain_domain_parameters_h
#define dynkin_domain_domain_parameters_h

#include "domain/shape.h"
#include "domain/whole_space.h"

#include <map>
#include <set>

namespace dynkin
{
  class EntryTable;

  /** What the process does at a wall with outward normal n. */
  enum class BoundaryKind
  {
    absorbing,  // f = 0: the process is stopped (killed) there
    reflecting, // natural condition: a grad f . n = 0, or J . n = 0 for densities
    periodic    // the opposite wall is the same place
  };

  /** Where the process lives; subsection `Domain`. */
  struct DomainParameters
  {
    std::string         shape_name;          // Domain/shape, mandatory
    std::vector<double> center;              // Domain/center; default: the origin
    double              radius       = 0.;   // Domain/radius of ball and ellipsoid, > 0 [length]
    double              inner_radius = 0.;   // Domain/inner radius of an annulus, > 0 [length]
    double              outer_radius = 0.;   // Domain/outer radius, > inner radius [length]
    std::vector<double> semi_axes;           // Domain/semi-axes of an ellipsoid, > 0 [length]
    std::vector<std::vector<double>> matrix; // Domain/matrix S: x^T S x <= radius^2
    std::vector<double>              lower, upper; // Domain/lower, Domain/upper of interval, box
    std::string                      mesh_file;    // Domain/mesh file, written by Gmsh
    bool                             round_walls = true; // Domain/round walls of a mesh file
    double      lost_mass_tolerance = 1e-13; // Domain/lost mass tolerance of the whole space
    double      length_scale        = 0.;    // Domain/length scale of it, for formulas
    double      tail_index          = 0.;    // Domain/tail index of it, for formulas
    std::string exit_set;                    // Domain/exit set: P(exit there) is asked for
    std::vector<double> exit_direction;      // Domain/exit direction of a window
    double              exit_angle = 0.;     // Domain/exit angle of it [degrees]
    std::string         symmetry   = "auto"; // Domain/symmetry: auto | off
    std::string         targets;             // Domain/targets, holes with walls of their own
    std::string         boundary;            // Domain/boundary; empty: the problem's default

    /**
     * D, without its targets; made by check(), and another one where the whole space is cut to a
     * box, or an interval to its part between two targets.
     */
    std::shared_ptr<const Shape> shape;

    /** Every wall of the shape with its kind, by name; filled by check(). */
    std::map<std::string, BoundaryKind> walls;

    /**
     * If the problem is even in every coordinate, the centre c of the reflections: only
     * the orthant x >= c is meshed. Empty otherwise.
     */
    std::vector<double> mirror;

    /** Model/group sizes, if coordinates are radii of groups: then the orthant is the domain. */
    std::vector<double> group_sizes;

    /** Where faces of cells are besides, see find_inner_faces(); filled from the model. */
    std::vector<std::vector<double>> inner_faces;

    /** In 1-D, which part of the domain is left between targets; else empty. */
    std::string part_of_domain;

    /** Coordinates of the whole space; filled from the model by map_whole_space(). */
    WholeSpace whole_space;

    /** Is the interval or box a part of the whole space that holds practically all mass? */
    bool is_cut_whole_space = false;

    void
    add_parameters(EntryTable &table);

    /**
     * Makes the shape and reads `boundary`: one word for all walls, or "left: reflecting, right:
     * absorbing", or ids "1: reflecting" (walls that are not named keep the default kind). Targets
     * absorb unless they are named. Throws InputError.
     */
    void
    check(const unsigned int dimension, const BoundaryKind default_kind);

    /** The ball of one coordinate, or radius. Throws InputError. */
    void
    make_ball_an_interval();

    /** Is there an absorbing wall? */
    bool
    absorbs() const;

    /** The coordinates in which the opposite walls of an interval or a box are one. */
    std::vector<unsigned int>
    periodic_axes() const;

    /** Of all walls of a kind. */
    std::set<unsigned int>
    boundary_ids(const BoundaryKind kind) const;

    /** The domain and its walls in words, e.g. "ball |v - (0, 0)| < 1; surface: absorbing". */
    std::string
    describe() const;

    /** Domain/center, the origin if it is not set. Throws InputError. */
    std::vector<double>
    center_or_origin(const unsigned int dimension) const;
  };
} // namespace dynkin

#endif
