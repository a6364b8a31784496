// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/memory.h"

#include <cmath>
#include <string>
#include <vector>

#include "problem/compared_degrees.h"
#include "utilities/available_memory.h"
#include "utilities/exceptions.h"
#include "utilities/log.h"

namespace dynkin
{
  namespace
  {
    constexpr double an_unknown = 150., a_quadrature_point = 300., gigabyte = 1e9;
  } // namespace

  double
  predicted_memory(const double       n_dofs,
                   const unsigned int degree,
                   const unsigned int dimension,
                   const bool         is_confirmed)
  {
    // the solution; its error; values that end a run
    std::vector<double> degrees = {1. * degree, 1. * richer_degree(degree, dimension)};
    if (is_confirmed)
      degrees.push_back(third_degree(degree, dimension));
    double bytes = 0.;
    for (const double p : degrees)
      bytes += n_dofs * std::pow(p / degree, dimension) *
               (an_unknown + a_quadrature_point * std::pow((p + 1.) / p, dimension));
    return bytes;
  }

  void
  require_memory(const double       n_dofs,
                 const unsigned int degree,
                 const unsigned int dimension,
                 const bool         is_confirmed)
  {
    const double needed    = predicted_memory(n_dofs, degree, dimension, is_confirmed);
    const double available = available_memory();
    if (needed > available)
      throw InputError("Discretization/refinements",
                       "leads to about " + format_number(n_dofs, 2) +
                         " unknowns, which take about " + format_number(needed / gigabyte, 3) +
                         " GB of memory; " + format_number(available / gigabyte, 3) +
                         " GB are available");
  }
} // namespace dynkin
