// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_geometry_domain_choices_h
#define dynkin_geometry_domain_choices_h

#include "utilities/entry_values.h"

namespace dynkin::domain_choices
{
  inline const std::vector<Choice> symmetries = {
    {"auto", "one orthant if the problem is even in every coordinate"},
    {"off", "the whole domain"}};
  inline const std::vector<Choice> shapes = {
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
    {"whole space", "all of R^d, without walls; for densities and theory"}};

  /** What the shapes of dimensions 2 and 3 are called that have some. */
  inline const std::string with_targets = " with targets";

  inline const Range lost_masses = {1e-250, 1e-3, false, false};
} // namespace dynkin::domain_choices

#endif
