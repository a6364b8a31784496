// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "domain/shape_table.h"

#include <algorithm>

#include "domain/annulus.h"
#include "domain/ball.h"
#include "domain/box.h"
#include "domain/domain_parameters.h"
#include "domain/ellipsoid.h"
#include "domain/euclidean_space.h"
#include "domain/mesh_file.h"
#include "utilities/exceptions.h"

namespace dynkin
{
  namespace
  {
    constexpr unsigned int any = -1; // largest dimension

    /** All that depends on which shape it is, but its coarse mesh: a row of the table of shapes. */
    struct ShapeKind
    {
      std::string              name, help;
      unsigned int             least_dimension, largest_dimension;
      std::vector<std::string> entries; // that have a meaning for some shapes only
      std::shared_ptr<const Shape> (*create)(const DomainParameters &,
                                             const unsigned int dimension);
    };

    const std::vector<ShapeKind> &
    table()
    {
      static const std::vector<ShapeKind> rows = {
        {"interval",
         "lower < v < upper, in dimension 1",
         1,
         1,
         {"Domain/lower", "Domain/upper"},
         Box::create},
        {"box",
         "lower_i < v_i < upper_i, in dimensions 1, 2 and 3",
         1,
         any,
         {"Domain/lower", "Domain/upper"},
         Box::create},
        {"ball",
         "|v - center| < radius with a truly curved surface, in dimensions 2 and 3",
         2,
         any,
         {"Domain/center", "Domain/radius"},
         Ball::create},
        {"ellipsoid",
         "sum_i ((v - center)_i / s_i)^2 < 1 by its semi-axes s, or (v - center)^T S (v - center) "
         "< radius^2 by a matrix S; truly curved, in dimensions 2 and 3",
         2,
         any,
         {"Domain/center", "Domain/radius", "Domain/semi-axes", "Domain/matrix"},
         Ellipsoid::create},
        {"annulus",
         "inner radius < |v - center| < outer radius, truly curved; in dimension 3 a spherical "
         "shell",
         2,
         any,
         {"Domain/center", "Domain/inner radius", "Domain/outer radius"},
         Annulus::create},
        {"mesh file",
         "the quadrilaterals or hexahedra of a Gmsh file, in dimensions 2 and 3",
         2,
         3,
         {"Domain/mesh file", "Domain/round walls"},
         MeshFile::create},
        {"whole space",
         "all of R^d, without walls; for densities and theory",
         1,
         any,
         {"Domain/lost mass tolerance",
          "Domain/length scale",
          "Domain/tail index",
          "Quantities/distances"},
         EuclideanSpace::create}};
      return rows;
    }

    /** Throws InputError if there is none. */
    const ShapeKind &
    kind_of(const DomainParameters &domain)
    {
      check_choice("Domain/shape", domain.shape_name, shape_choices());
      return *std::find_if(table().begin(), table().end(), [&](const ShapeKind &row) {
        return row.name == domain.shape_name;
      });
    }
  } // namespace

  const std::vector<Choice> &
  shape_choices()
  {
    static const std::vector<Choice> choices = [] {
      std::vector<Choice> names;
      for (const ShapeKind &kind : table())
        names.push_back({kind.name, kind.help});
      return names;
    }();
    return choices;
  }

  OnlyFor
  shapes_with(const std::string &entry)
  {
    OnlyFor shapes = {"Domain/shape", {}};
    for (const ShapeKind &kind : table())
      if (std::find(kind.entries.begin(), kind.entries.end(), entry) != kind.entries.end())
        shapes.values.push_back(kind.name);
    return shapes;
  }

  bool
  is_ball(const DomainParameters &domain)
  {
    return kind_of(domain).create == Ball::create;
  }

  std::shared_ptr<const Shape>
  create_shape(const DomainParameters &domain, const unsigned int dimension)
  {
    const ShapeKind &kind = kind_of(domain);
    if (dimension < kind.least_dimension)
      throw InputError("Domain/shape",
                       "needs dimension = 2 or 3; for dimension = 1 use interval or box");
    if (dimension > kind.largest_dimension)
      throw InputError("Domain/shape",
                       kind.largest_dimension == 1
                         ? "needs dimension = 1; for dimension = 2 or 3 use box"
                         : "needs dimension = 2 or 3");
    return kind.create(domain, dimension);
  }
} // namespace dynkin
