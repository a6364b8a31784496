// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "domain/domain_parameters.h"

#include <algorithm>
#include <sstream>
#include <utility>

#include "domain/euclidean_space.h"
#include "domain/shape_table.h"
#include "domain/targets.h"
#include "domain/wall_kinds.h"
#include "utilities/exceptions.h"

namespace dynkin
{
  namespace
  {
    const std::vector<Choice> symmetries = {
      {"auto", "one orthant if the problem is even in every coordinate"},
      {"off", "the whole domain"}};

    /** Periodic walls come in pairs that are opposite; those of targets, the last ones, are none. */
    void
    check_periodic_walls(const DomainParameters &domain, const std::size_t n_outer)
    {
      const std::vector<std::string> names       = domain.shape->wall_names;
      const auto                     is_periodic = [&](const std::size_t k) {
        return domain.walls.at(names[k]) == BoundaryKind::periodic;
      };
      for (std::size_t k = 0; k < names.size(); ++k)
        if (is_periodic(k) &&
            !(domain.shape->has_opposite_walls() && k < n_outer && is_periodic(k ^ 1)))
          throw InputError("Domain/boundary",
                           "'periodic' needs both of two opposite walls of an interval or a box, "
                           "such as 'left: periodic, right: periodic'");
    }
  } // namespace

  void
  DomainParameters::add_parameters(EntryTable &table)
  {
    table.begin_section("Domain");
    table.add("shape", shape_name, "Where the process lives.", shape_choices());
    table.add(
      "center",
      center,
      "Centre of a ball, ellipsoid or annulus [length]; `dimension` numbers. Only for these "
      "shapes. Not set: the origin.",
      list_pattern(Ranges::any),
      {shapes_with("Domain/center")});
    table.add("radius",
              radius,
              "Radius, > 0 [length]. Mandatory for Domain/shape = ball; for an ellipsoid given by "
              "`matrix` 1 if it is not set; not for other shapes.",
              number_pattern(Ranges::positive),
              {shapes_with("Domain/radius")});
    table.add("inner radius",
              inner_radius,
              "Inner radius of an annulus, > 0 [length]. Mandatory for Domain/shape = annulus.",
              number_pattern(Ranges::positive),
              {shapes_with("Domain/inner radius")});
    table.add("outer radius",
              outer_radius,
              "Outer radius of an annulus, > inner radius [length]. Mandatory for Domain/shape = "
              "annulus.",
              number_pattern(Ranges::positive),
              {shapes_with("Domain/outer radius")});
    table.add(
      "semi-axes",
      semi_axes,
      "Half lengths of an ellipsoid along the coordinate axes [length]; `dimension` numbers "
      "> 0. For Domain/shape = ellipsoid this or `matrix`.",
      list_pattern(Ranges::positive),
      {shapes_with("Domain/semi-axes")});
    table.add(
      "matrix",
      matrix,
      "Matrix S of an ellipsoid (v - center)^T S (v - center) < radius^2, symmetric positive "
      "definite: `dimension` rows separated by ';', or @FILE.csv. For Domain/shape = "
      "ellipsoid this or `semi-axes`.",
      table_pattern(Ranges::any),
      {shapes_with("Domain/matrix")});
    table.add("lower",
              lower,
              "Lower ends of an interval or box [length]; `dimension` numbers, each < upper. "
              "Mandatory for Domain/shape = interval and box.",
              list_pattern(Ranges::any),
              {shapes_with("Domain/lower")});
    table.add("upper",
              upper,
              "Upper ends of an interval or box [length]; `dimension` numbers, each > lower. "
              "Mandatory for Domain/shape = interval and box.",
              list_pattern(Ranges::any),
              {shapes_with("Domain/upper")});
    table.add("exit set",
              exit_set,
              "The absorbing walls, by name or id and separated by ',', whose probability to be "
              "the place of exit is asked for. For problem = exit place; for theory left or right, "
              "in dimension 1.",
              text_pattern("names of walls separated by ','"));
    table.add("exit direction",
              exit_direction,
              "Only the part of the exit set around this direction from the centre is meant, a "
              "window, in dimension 3 a cap; `dimension` numbers. For problem = exit place in a "
              "ball, ellipsoid or annulus, with `exit angle`.",
              list_pattern(Ranges::any));
    table.add("exit angle",
              exit_angle,
              "Largest angle to `exit direction`, half the opening of the window, > 0 and at most "
              "180 [degrees].",
              number_pattern({0., 180., true}));
    table.add("symmetry",
              symmetry,
              "Use of the reflections x_i -> -x_i about the centre, which leave an exit time or a "
              "density as it is if model, domain and walls allow them all: one orthant is "
              "meshed and solved, 2^d times cheaper. For problem = exit time and stationary "
              "density.",
              symmetries);
    table.add(
      "mesh file",
      mesh_file,
      "A Gmsh file (.msh, ASCII, of version 2 or 4) of quadrilaterals or hexahedra [length], "
      "relative to the directory the program is started in or else to the parameter file. "
      "Its physical groups of curves (surfaces in dimension 3) are the walls. Mandatory for "
      "Domain/shape = mesh file.",
      text_pattern("the name of a file"),
      {shapes_with("Domain/mesh file")});
    table.add("round walls",
              round_walls,
              "Follow the circle or sphere on which all nodes of a wall of the mesh file lie, if "
              "its faces are finer than 35 degrees; all other walls, and with false all walls, "
              "keep their flat faces. The log says which are round. Only for Domain/shape = mesh "
              "file.",
              boolean_pattern(),
              {shapes_with("Domain/round walls")});
    table.add("lost mass tolerance",
              lost_mass_tolerance,
              "Probability that may lie beyond the mesh, 1e-250 to 1e-3, dimensionless; moments "
              "that decay slowly want a smaller one. Only for Domain/shape = whole space.",
              number_pattern(EuclideanSpace::lost_masses),
              {shapes_with("Domain/lost mass tolerance")});
    table.add(
      "length scale",
      length_scale,
      "Distance from Model/center at which the coordinates of the whole space begin to grow, > 0 "
      "[length]: about the width of the density. For Domain/shape = whole space with Model/type = "
      "expression, together with `tail index`; mandatory where the drift is not reversible. Not "
      "set: found from the formulas. Other models have their own.",
      number_pattern(Ranges::positive),
      {shapes_with("Domain/length scale")});
    table.add(
      "tail index",
      tail_index,
      "alpha > 0, dimensionless: the mesh ends at the distance R from Model/center where (1 + "
      "R^2/l^2)^(-alpha/2), l the `length scale`, is a millionth of `lost mass tolerance`. It may "
      "be "
      "less than that of the law, P(|v| > R) ~ R^-alpha, and for a law with thin tails any number "
      "that is small enough; what lies beyond the mesh is measured, and a smaller alpha moves its "
      "end out. For the same models as `length scale`, and together with it.",
      number_pattern(Ranges::positive),
      {shapes_with("Domain/tail index")});
    table.add(
      "targets",
      targets,
      "Balls inside the domain that the process cannot enter, `ball 0.3, 0 radius 0.1; ball "
      "-0.3, 0.2 radius 0.05`, in dimension 1 also `interval 0.2, 0.3`: by their centre "
      "(`dimension` numbers) and radius > 0 [length], strictly inside and apart from each "
      "other. Their surfaces are the walls target 1, target 2, ...: absorbing, or obstacles "
      "if `boundary` says reflecting. For interval, box, ball and annulus.",
      text_pattern("'ball CENTER radius RADIUS' separated by ';'"));
    table.add(
      "boundary",
      boundary,
      "What happens at the walls: absorbing (the process is stopped there), reflecting, or, for "
      "both of two opposite walls of an interval or a box, periodic (they are one place). "
      "One word for all walls but targets, or pairs `left: reflecting, right: absorbing`, by name "
      "or by "
      "boundary id. Walls of an interval: left, right; of a box: left, right, bottom, top, "
      "back, front; of a ball or ellipsoid: surface; of an annulus: inner, outer; of a mesh file: "
      "its physical groups by name or id, and `boundary` for the faces of no group; of targets: "
      "target 1, target 2, ..., absorbing unless they are named. Not set, and "
      "for walls that are not named: absorbing for exits, which need an absorbing wall; "
      "reflecting for densities, which allow no absorbing wall.",
      text_pattern("absorbing, reflecting, periodic, or pairs 'wall: kind' separated by ','"));
  }

  void
  DomainParameters::check(const unsigned int dimension, const BoundaryKind default_kind)
  {
    check_choice("Domain/symmetry", symmetry, symmetries);
    shape            = create_shape(*this, dimension);
    const auto outer = shape->wall_names;
    if (!targets.empty())
      shape = cut_targets(shape, targets, dimension);
    const auto names = shape->wall_names;
    walls.clear();
    for (const std::string &name : names)
      walls[name] = BoundaryKind::absorbing;
    for (const std::string &name : outer)
      walls[name] = default_kind;
    if (!boundary.empty())
      read_wall_kinds(boundary, outer.size(), names, shape->wall_ids(), walls);
    check_periodic_walls(*this, outer.size());
  }

  bool
  DomainParameters::absorbs() const
  {
    return std::any_of(walls.begin(), walls.end(), [](const auto &wall) {
      return wall.second == BoundaryKind::absorbing;
    });
  }

  std::vector<unsigned int>
  DomainParameters::periodic_axes() const
  {
    std::vector<unsigned int> axes;
    const auto                names = shape->wall_names;
    if (shape->has_opposite_walls())
      for (unsigned int k = 0; k < names.size(); k += 2)
        if (walls.at(names[k]) == BoundaryKind::periodic)
          axes.push_back(k / 2);
    return axes;
  }

  std::set<unsigned int>
  DomainParameters::boundary_ids(const BoundaryKind kind) const
  {
    const auto             names    = shape->wall_names;
    const auto             wall_ids = shape->wall_ids();
    std::set<unsigned int> ids;
    for (std::size_t k = 0; k < names.size(); ++k)
      if (walls.at(names[k]) == kind)
        ids.insert(wall_ids[k]);
    return ids;
  }

  void
  DomainParameters::make_ball_an_interval()
  {
    if (!is_ball(*this))
      return;
    check_number("Domain/radius", radius, Ranges::positive);
    shape_name = "interval";
    lower      = {-radius};
    upper      = {radius};
  }

  std::string
  DomainParameters::describe() const
  {
    std::ostringstream out;
    out << (is_cut_whole_space
              ? "whole space, cut where the density is below exp(-80) of its maximum: "
              : "")
        << shape->description;
    if (!shape->is_bounded())
      out << ", tail index (" << to_text(whole_space.tail_index) << "), mesh of half width ("
          << to_text(whole_space.reach) << ") in y, v = w* + S "
          << (whole_space.is_radial ? "sinh(|y|) y/|y|" : "sinh y");
    if (!part_of_domain.empty())
      out << " (" << part_of_domain << ")";
    std::string separator = "; ";
    for (const std::string &name : shape->wall_names)
      out << std::exchange(separator, ", ") << name << ": " << name_of(walls.at(name));
    return out.str();
  }

  std::vector<double>
  DomainParameters::center_or_origin(const unsigned int dimension) const
  {
    const std::vector<double> result = center.empty() ? std::vector<double>(dimension) : center;
    check_numbers("Domain/center", result, Ranges::any, dimension);
    return result;
  }
} // namespace dynkin
