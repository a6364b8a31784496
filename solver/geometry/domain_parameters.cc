// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "geometry/domain_parameters.h"

#include <algorithm>

#include "geometry/gmsh_mesh.h"
#include "geometry/wall_kinds.h"
#include "model/matrix_checks.h"
#include "utilities/exceptions.h"
#include "utilities/parameter_entries.h"

namespace dynkin
{
  namespace
  {
    const std::vector<Choice> symmetries = {
      {"auto", "one orthant if the problem is even in every coordinate"},
      {"off", "the whole domain"}};
    const std::vector<Choice> shapes = {
      {"interval", "lower < v < upper, in dimension 1"},
      {"box", "lower_i < v_i < upper_i, in dimensions 1, 2 and 3"},
      {"ball", "|v - center| < radius with a truly curved surface, in dimensions 2 and 3"},
      {"ellipsoid",
       "sum_i ((v - center)_i / s_i)^2 < 1 by its semi-axes s, or (v - center)^T S (v - center) < "
       "radius^2 by a matrix S; truly curved, in dimensions 2 and 3"},
      {"annulus",
       "inner radius < |v - center| < outer radius, truly curved; in dimension 3 a spherical "
       "shell"},
      {"mesh file", "the quadrilaterals or hexahedra of a Gmsh file, in dimensions 2 and 3"},
      {"whole space", "all of R^d, without walls; for problem = stationary density and theory"}};

    const Range lost_masses = {1e-100, 1e-3, false, false};

    /** An entry of some shapes. */
    struct Use
    {
      std::string              entry;
      bool                     is_set;
      std::vector<std::string> shapes;
    };

    bool
    is_one_of(const std::string &name, const std::vector<std::string> &names)
    {
      return std::find(names.begin(), names.end(), name) != names.end();
    }

    /** An entry of another shape that is set would be ignored: refuse it. */
    void
    check_without_meaning(const DomainParameters &domain)
    {
      static const std::map<std::string, std::string> needs = {
        {"interval", "lower and upper"},
        {"box", "lower and upper"},
        {"ball", "center and radius"},
        {"ellipsoid", "center and semi-axes, or center, matrix and radius"},
        {"annulus", "center, inner radius and outer radius"},
        {"mesh file", "mesh file and round walls"},
        {"whole space", "lost mass tolerance and nothing else"}};
      for (const Use &use :
           {Use{"lower", !domain.lower.empty(), {"interval", "box"}},
            Use{"upper", !domain.upper.empty(), {"interval", "box"}},
            Use{"center", !domain.center.empty(), {"ball", "ellipsoid", "annulus"}},
            Use{"radius", domain.radius != 0., {"ball", "ellipsoid"}},
            Use{"inner radius", domain.inner_radius != 0., {"annulus"}},
            Use{"outer radius", domain.outer_radius != 0., {"annulus"}},
            Use{"semi-axes", !domain.semi_axes.empty(), {"ellipsoid"}},
            Use{"matrix", !domain.matrix.empty(), {"ellipsoid"}},
            Use{"mesh file", !domain.mesh_file.empty(), {"mesh file"}},
            Use{"round walls", !domain.round_walls, {"mesh file"}},
            Use{"lost mass tolerance",
                domain.lost_mass_tolerance != DomainParameters().lost_mass_tolerance,
                {"whole space"}}})
        if (use.is_set && !is_one_of(domain.shape, use.shapes))
          throw InputError("Domain/" + use.entry,
                           "has no meaning for Domain/shape = " + domain.shape + ", which needs " +
                             needs.at(domain.shape));
    }

    void
    check_box(const DomainParameters &domain, const unsigned int dimension)
    {
      check_numbers("Domain/lower", domain.lower, Ranges::any, dimension);
      check_numbers("Domain/upper", domain.upper, Ranges::any, dimension);
      for (unsigned int i = 0; i < dimension; ++i)
        if (!Ranges::positive.contains(domain.upper[i] - domain.lower[i]))
          throw InputError("Domain/upper",
                           "needs numbers > Domain/lower, but number " + std::to_string(i + 1) +
                             " is not");
    }

    void
    check_ellipsoid(DomainParameters &domain, const unsigned int dimension)
    {
      if (domain.semi_axes.empty() == domain.matrix.empty())
        throw InputError("Domain/semi-axes",
                         "needs to be set for Domain/shape = ellipsoid, or else Domain/matrix; one "
                         "of the two");
      if (!domain.semi_axes.empty())
        {
          check_numbers("Domain/semi-axes", domain.semi_axes, Ranges::positive, dimension);
          if (domain.radius != 0.)
            throw InputError("Domain/radius", "has no meaning together with Domain/semi-axes");
          return;
        }
      check_covariance("Domain/matrix", domain.matrix, dimension, true);
      if (domain.radius == 0.)
        domain.radius = 1.;
      check_number("Domain/radius", domain.radius, Ranges::positive);
    }

    void
    check_annulus(const DomainParameters &domain)
    {
      check_number("Domain/inner radius", domain.inner_radius, Ranges::positive);
      check_number("Domain/outer radius", domain.outer_radius, Ranges::positive);
      if (!(domain.outer_radius > domain.inner_radius))
        throw InputError("Domain/outer radius", "needs a number > Domain/inner radius");
    }

    /** Finds the walls of the file. */
    template <int dim>
    void
    check_mesh_file(DomainParameters &domain)
    {
      if (domain.mesh_file.empty())
        throw InputError("Domain/mesh file", "needs the name of a Gmsh file");
      const GmshMesh<dim> mesh(domain.mesh_file, domain.round_walls);
      domain.mesh_walls       = mesh.walls();
      domain.mesh_description = mesh.description();
    }
  } // namespace

  void
  DomainParameters::add_parameters(dealii::ParameterHandler &prm)
  {
    prm.enter_subsection("Domain");
    add_entry(prm, "shape", shape, "Where the process lives.", shapes);
    add_entry(
      prm,
      "center",
      center,
      "Centre of a ball, ellipsoid or annulus [length]; `dimension` numbers. Only for these "
      "shapes. Not set: the origin.",
      list_pattern(Ranges::any));
    add_entry(prm,
              "radius",
              radius,
              "Radius, > 0 [length]. Mandatory for Domain/shape = ball; for an ellipsoid given by "
              "`matrix` 1 if it is not set; not for other shapes.",
              number_pattern(Ranges::positive));
    add_entry(prm,
              "inner radius",
              inner_radius,
              "Inner radius of an annulus, > 0 [length]. Mandatory for Domain/shape = annulus.",
              number_pattern(Ranges::positive));
    add_entry(prm,
              "outer radius",
              outer_radius,
              "Outer radius of an annulus, > inner radius [length]. Mandatory for Domain/shape = "
              "annulus.",
              number_pattern(Ranges::positive));
    add_entry(
      prm,
      "semi-axes",
      semi_axes,
      "Half lengths of an ellipsoid along the coordinate axes [length]; `dimension` numbers "
      "> 0. For Domain/shape = ellipsoid this or `matrix`.",
      list_pattern(Ranges::positive));
    add_entry(
      prm,
      "matrix",
      matrix,
      "Matrix S of an ellipsoid (v - center)^T S (v - center) < radius^2, symmetric positive "
      "definite: `dimension` rows separated by ';', or @FILE.csv. For Domain/shape = "
      "ellipsoid this or `semi-axes`.",
      table_pattern(Ranges::any));
    add_entry(prm,
              "lower",
              lower,
              "Lower ends of an interval or box [length]; `dimension` numbers, each < upper. "
              "Mandatory for Domain/shape = interval and box.",
              list_pattern(Ranges::any));
    add_entry(prm,
              "upper",
              upper,
              "Upper ends of an interval or box [length]; `dimension` numbers, each > lower. "
              "Mandatory for Domain/shape = interval and box.",
              list_pattern(Ranges::any));
    add_entry(prm,
              "exit set",
              exit_set,
              "The absorbing walls, by name or id and separated by ',', whose probability to be "
              "the place of exit is asked for. For problem = exit place; for theory left or right, "
              "in dimension 1.",
              text_pattern("names of walls separated by ','"));
    add_entry(prm,
              "exit direction",
              exit_direction,
              "Only the part of the exit set around this direction from the centre is meant, a "
              "window, in dimension 3 a cap; `dimension` numbers. For problem = exit place in a "
              "ball, ellipsoid or annulus, with `exit angle`.",
              list_pattern(Ranges::any));
    add_entry(prm,
              "exit angle",
              exit_angle,
              "Largest angle to `exit direction`, half the opening of the window, > 0 and at most "
              "180 [degrees].",
              number_pattern({0., 180., true}));
    add_entry(prm,
              "symmetry",
              symmetry,
              "Use of the reflections x_i -> -x_i about the centre, which leave an exit time or a "
              "density as it is if model, domain and walls allow them all: one orthant is "
              "meshed and solved, 2^d times cheaper. For problem = exit time and stationary "
              "density.",
              symmetries);
    add_entry(
      prm,
      "mesh file",
      mesh_file,
      "A Gmsh file (.msh, ASCII, of version 2 or 4) of quadrilaterals or hexahedra [length], "
      "relative to the directory the program is started in or else to the parameter file. "
      "Its physical groups of curves (surfaces in dimension 3) are the walls. Mandatory for "
      "Domain/shape = mesh file.",
      text_pattern("the name of a file"));
    add_entry(prm,
              "round walls",
              round_walls,
              "Follow the circle or sphere on which all nodes of a wall of the mesh file lie, if "
              "its faces are finer than 35 degrees; all other walls, and with false all walls, "
              "keep their flat faces. The log says which are round. Only for Domain/shape = mesh "
              "file.",
              boolean_pattern());
    add_entry(prm,
              "lost mass tolerance",
              lost_mass_tolerance,
              "Probability that may lie beyond the mesh, 1e-100 to 1e-3, dimensionless; moments "
              "that decay slowly want a smaller one. Only for Domain/shape = whole space.",
              number_pattern(lost_masses));
    add_entry(
      prm,
      "boundary",
      boundary,
      "What happens at the walls: absorbing (the process is stopped there) or reflecting. "
      "One word for all walls, or pairs `left: reflecting, right: absorbing`, by name or by "
      "boundary id. Walls of an interval: left, right; of a box: left, right, bottom, top, "
      "back, front; of a ball or ellipsoid: surface; of an annulus: inner, outer; of a mesh file: "
      "its physical groups by name or id, and `boundary` for the faces of no group. Not set, and "
      "for walls that are not named: absorbing for problem = exit time, which "
      "needs an absorbing wall; reflecting for stationary density, which allows no "
      "absorbing wall.",
      text_pattern("absorbing, reflecting, or pairs 'wall: kind' separated by ','"));
    prm.leave_subsection();
  }

  void
  DomainParameters::check(const unsigned int dimension, const BoundaryKind default_kind)
  {
    check_choice("Domain/shape", shape, shapes);
    check_choice("Domain/symmetry", symmetry, symmetries);
    if (shape == "interval" && dimension != 1)
      throw InputError("Domain/shape", "needs dimension = 1; for dimension = 2 or 3 use box");
    if (dimension == 1 && is_one_of(shape, {"ball", "ellipsoid", "annulus", "mesh file"}))
      throw InputError("Domain/shape",
                       "needs dimension = 2 or 3; for dimension = 1 use interval or box");
    check_without_meaning(*this);
    if (shape == "interval" || shape == "box")
      check_box(*this, dimension);
    else if (shape == "mesh file")
      {
        if (dimension > 3)
          throw InputError("Domain/shape", "needs dimension = 2 or 3");
        dimension == 2 ? check_mesh_file<2>(*this) : check_mesh_file<3>(*this);
      }
    else if (shape == "whole space")
      check_number("Domain/lost mass tolerance", lost_mass_tolerance, lost_masses);
    else
      {
        if (center.empty())
          center.assign(dimension, 0.);
        check_numbers("Domain/center", center, Ranges::any, dimension);
        if (shape == "ball")
          check_number("Domain/radius", radius, Ranges::positive);
        else if (shape == "ellipsoid")
          check_ellipsoid(*this, dimension);
        else
          check_annulus(*this);
      }

    const auto names = wall_names(dimension);
    walls.clear();
    for (const std::string &name : names)
      walls[name] = default_kind;
    if (!boundary.empty())
      read_wall_kinds(boundary, names, wall_ids(dimension), walls);
  }
} // namespace dynkin
