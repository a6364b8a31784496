// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_discretization_discretization_parameters_h
#define dynkin_discretization_discretization_parameters_h

#include <string>

namespace dealii
{
  class ParameterHandler;
}

namespace dynkin
{
  /** Subsection `Discretization`. */
  struct DiscretizationParameters
  {
    unsigned int degree      = 4;         // Discretization/degree, 1..10, also of the mapping
    unsigned int refinements = 3;         // Discretization/refinements, uniform, of the coarse mesh
    std::string  weight      = "natural"; // Discretization/weight: natural | none
    double tolerance = 0.; // Discretization/tolerance; > 0: refine until every estimate is below it
    unsigned long maximum_dofs = 10000000; // Discretization/maximum dofs

    void
    add_parameters(dealii::ParameterHandler &prm);
  };
} // namespace dynkin

#endif
