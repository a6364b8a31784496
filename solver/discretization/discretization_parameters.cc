// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "discretization/discretization_parameters.h"

#include "utilities/entry_table.h"

#include <algorithm>

namespace dynkin
{
  namespace
  {
    const std::vector<Choice> weights = {
      {"natural", "the model's own density, so that the reversible part of the drift vanishes"},
      {"tempered", "its logarithm times 0.9: the same equation in another form"},
      {"none", "w = 1"}};
  }

  void
  DiscretizationParameters::add_parameters(EntryTable &table)
  {
    table.begin_section("Discretization");
    table.add("degree",
              degree,
              "Polynomial degree of the elements and of the curved cells, 1 to 10, dimensionless. "
              "Smooth problems gain more from the degree than from refinements. Not set: 4; with "
              "Discretization/tolerance > 0 of an exit time 8, for dimension = 1 10; on the whole "
              "space 8.",
              number_pattern(Ranges::integers(1, 10)));
    table.add(
      "refinements",
      refinements,
      "How often every cell of the coarse mesh is halved, 0 to 15, dimensionless. With "
      "Discretization/tolerance > 0 or Study/convergence cycles > 0 this is the start. Not "
      "set: 3; with Discretization/tolerance > 0 of an exit time 1, for balls, ellipsoids and "
      "shells in 3-D 0; on the whole space 5, 3 and 0 in dimension 1, 2 and 3.",
      number_pattern(Ranges::integers(0, 15)));
    table.add("weight",
              weight,
              "Reference weight w of the bilinear form; changes the rounding and the constants of "
              "the error, not the solution.",
              weights);
    table.add(
      "tolerance",
      tolerance,
      "Relative tolerance in [0, 1), dimensionless. > 0: refine where needed until the "
      "error estimate of every requested quantity is below it (of a stationary density "
      "between walls also the one of the whole field, in L2), or Discretization/maximum "
      "dofs is reached; 0: the mesh stays as it is. Not set: 0; for exit problems, a spectrum and, "
      "between walls, a stationary density, without Discretization/refinements and "
      "Study/convergence "
      "cycles, 1e-8 (1e-10 for a density), or what meshes of 50,000 unknowns reach below 1e-6, of "
      "100,000 below 1e-4; in "
      "3-D of 40,000 below 1e-6, of 60,000 below 1e-3.",
      number_pattern({0., 1., false, true}));
    table.add("maximum dofs",
              maximum_dofs,
              "Largest number of unknowns, >= 1, dimensionless; no finer mesh is built.",
              number_pattern(Ranges::integers(1, std::numeric_limits<int>::max())));
  }

  bool
  DiscretizationParameters::is_reached(const double estimate, const double n_dofs) const
  {
    if (estimate <= tolerance || !chooses_tolerance)
      return estimate <= tolerance;
    if (!ends_early())
      return (n_dofs > 5e4 && estimate <= 1e-6) || (n_dofs > 1e5 && estimate <= 1e-4) ||
             (n_dofs > 1.5e5 && estimate <= 1e-2);
    // an unknown of degree 8 has 8^3 neighbours, not 8^2 as in the plane
    return (n_dofs > 2e4 && estimate <= 1e-6) || (n_dofs > 6e4 && estimate <= 1e-3) ||
           (n_dofs > 1.2e5 && estimate <= 1e-1);
  }

  bool
  DiscretizationParameters::is_enough(const double estimate) const
  {
    return chooses_tolerance && estimate <= 1e-8;
  }

  bool
  DiscretizationParameters::ends_early() const
  {
    return chooses_tolerance && is_in_space;
  }

  double
  DiscretizationParameters::most_dofs_after(const double n_dofs) const
  {
    const double most = static_cast<double>(maximum_dofs);
    return ends_early() ? std::min(most, std::max(5e4, 1.7 * n_dofs))
                        : most; // is_reached() is asked
  }

  void
  DiscretizationParameters::prefer(const unsigned int preferred_degree,
                                   const unsigned int preferred_refinements)
  {
    if (degree == not_set)
      degree = preferred_degree;
    if (refinements == not_set)
      refinements = preferred_refinements;
  }

  void
  DiscretizationParameters::complete(const unsigned int dimension,
                                     const double       own_tolerance,
                                     const unsigned int adaptive_refinements)
  {
    chooses_tolerance = tolerance < 0.;
    is_in_space       = dimension == 3;
    if (chooses_tolerance)
      tolerance = refinements == not_set ? own_tolerance : 0.;
    const bool is_adaptive = own_tolerance > 0. && tolerance > 0.;
    if (refinements == not_set)
      refinements = is_adaptive ? adaptive_refinements : 3;
    if (degree == not_set)
      degree = !is_adaptive ? 4 : dimension == 1 ? 10 : 8;
  }
} // namespace dynkin
