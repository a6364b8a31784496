// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "discretization/discretization_parameters.h"

#include "utilities/parameter_entries.h"

namespace dynkin
{
  namespace
  {
    const std::vector<Choice> weights = {
      {"natural", "the model's own density, so that the reversible part of the drift vanishes"},
      {"none", "w = 1"}};
  }

  void
  DiscretizationParameters::add_parameters(dealii::ParameterHandler &prm)
  {
    prm.enter_subsection("Discretization");
    add_entry(prm,
              "degree",
              degree,
              "Polynomial degree of the elements and of the curved cells, 1 to 10, dimensionless. "
              "Smooth problems gain more from the degree than from refinements.",
              number_pattern(Ranges::integers(1, 10)));
    add_entry(prm,
              "refinements",
              refinements,
              "How often every cell of the coarse mesh is halved, 0 to 15, dimensionless. With "
              "Discretization/tolerance > 0 or Study/convergence cycles > 0 this is the start.",
              number_pattern(Ranges::integers(0, 15)));
    add_entry(prm,
              "weight",
              weight,
              "Reference weight w of the bilinear form; changes the rounding and the constants of "
              "the error, not the solution.",
              weights);
    add_entry(prm,
              "tolerance",
              tolerance,
              "Relative tolerance in [0, 1), dimensionless. > 0: refine where needed until the "
              "error estimate of every requested quantity is below it, or Discretization/maximum "
              "dofs is reached; 0: the mesh stays as it is.",
              number_pattern({0., 1., false, true}));
    add_entry(prm,
              "maximum dofs",
              maximum_dofs,
              "Largest number of unknowns, >= 1, dimensionless; no finer mesh is built.",
              number_pattern(Ranges::integers(1, std::numeric_limits<int>::max())));
    prm.leave_subsection();
  }
} // namespace dynkin
