// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <algorithm>

#include "geometry/domain_choices.h"
#include "geometry/domain_parameters.h"
#include "geometry/gmsh_mesh.h"
#include "geometry/wall_kinds.h"
#include "model/matrix_checks.h"
#include "utilities/exceptions.h"

namespace dynkin
{
  namespace
  {
    bool
    is_one_of(const std::string &name, const std::vector<std::string> &names)
    {
      return std::find(names.begin(), names.end(), name) != names.end();
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

    /** Periodic walls come in pairs that are opposite. */
    void
    check_periodic_walls(const DomainParameters &domain, const std::vector<std::string> &names)
    {
      const auto is_periodic = [&](const std::string &name) {
        return domain.walls.at(name) == BoundaryKind::periodic;
      };
      const bool has_opposites =
        domain.has_shape("box") || (domain.shape == "interval" && domain.targets.empty());
      for (unsigned int k = 0; k < names.size(); ++k)
        if (is_periodic(names[k]) && !(has_opposites && is_periodic(names[k ^ 1])))
          throw InputError("Domain/boundary",
                           "'periodic' needs both of two opposite walls of an interval or a box, "
                           "such as 'left: periodic, right: periodic'");
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
  DomainParameters::check(const unsigned int dimension, const BoundaryKind default_kind)
  {
    check_choice("Domain/shape", shape, domain_choices::shapes);
    check_choice("Domain/symmetry", symmetry, domain_choices::symmetries);
    if (shape == "interval" && dimension != 1)
      throw InputError("Domain/shape", "needs dimension = 1; for dimension = 2 or 3 use box");
    if (dimension == 1 && is_one_of(shape, {"ball", "ellipsoid", "annulus", "mesh file"}))
      throw InputError("Domain/shape",
                       "needs dimension = 2 or 3; for dimension = 1 use interval or box");
    if (shape == "interval" || shape == "box")
      check_box(*this, dimension);
    else if (shape == "mesh file")
      {
        if (dimension > 3)
          throw InputError("Domain/shape", "needs dimension = 2 or 3");
        dimension == 2 ? check_mesh_file<2>(*this) : check_mesh_file<3>(*this);
      }
    else if (shape == "whole space")
      check_number("Domain/lost mass tolerance", lost_mass_tolerance, domain_choices::lost_masses);
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

    if (!targets.empty())
      {
        if (!is_one_of(shape, {"interval", "box", "ball", "annulus"}) || dimension > 3)
          throw InputError(
            "Domain/targets",
            "needs Domain/shape = interval, box, ball or annulus, in dimensions 1 to "
            "3; holes of other shapes need a mesh file");
        target_list = read_targets(targets, dimension);
        check_targets(*this);
        if (dimension > 1)
          shape += domain_choices::with_targets;
      }
    const auto outer = outer_wall_names(dimension), names = wall_names(dimension);
    walls.clear();
    for (const std::string &name : names)
      walls[name] = BoundaryKind::absorbing;
    for (const std::string &name : outer)
      walls[name] = default_kind;
    if (!boundary.empty())
      read_wall_kinds(boundary, outer.size(), names, wall_ids(dimension), walls);
    check_periodic_walls(*this, names);
  }
} // namespace dynkin
