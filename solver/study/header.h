// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_study_header_h
#define dynkin_study_header_h

#include "parameters/parameters.h"
#include "utilities/result.h"

namespace dynkin
{
  /** What all results begin with: program, version, problem, dimension (of the state), converged, group sizes. */
  inline Result
  header(const Parameters &parameters, const bool converged)
  {
    const std::vector<double> &sizes     = parameters.model.group_sizes;
    const double               dimension = parameters.model.state_dimension();
    Result                     result;
    result.numbers = {
      {"program", "dynkin"},
      {"version", DYNKIN_VERSION},
      {"problem", parameters.problem},
      {"dimension", sizes.empty() ? Record(parameters.dimension) : Record(dimension)},
      {"converged", converged}};
    if (!sizes.empty())
      result.numbers["group sizes"] = sizes;
    return result;
  }
} // namespace dynkin

#endif
