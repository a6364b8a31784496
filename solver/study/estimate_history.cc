// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/estimate_history.h"

#include <algorithm>
#include <cmath>

namespace dynkin
{
  namespace
  {
    constexpr std::size_t recent         = 4;   // meshes
    constexpr double      largest_factor = 50.; // beyond, the solution is another one
    constexpr double      first_digit    = 0.1; // estimates above are no estimates yet
  }                                             // namespace

  double
  EstimateHistory::add(const PointValues &values)
  {
    std::vector<double> log10;
    for (const PointValue &value : values.list)
      log10.push_back(value.number.log10());
    double factor = 1.;
    for (std::size_t j = meshes.size() - std::min(meshes.size(), recent); j < meshes.size(); ++j)
      {
        const Mesh &before = meshes[j];
        if (before.largest_estimate > first_digit)
          continue;
        double change = 0.;
        for (std::size_t k = 0; k < before.log10.size(); ++k)
          if (std::isfinite(before.log10[k]) && std::isfinite(log10[k]))
            change =
              std::max(change, std::abs(std::expm1(std::log(10.) * (log10[k] - before.log10[k]))));
        if (change > before.largest_estimate)
          factor = std::max(factor, change / before.largest_estimate);
      }
    Mesh mesh{log10, 0.};
    for (std::size_t k = 0; k < log10.size(); ++k)
      if (std::isfinite(log10[k]))
        mesh.largest_estimate = std::max(mesh.largest_estimate, values.list[k].largest);
    meshes.push_back(mesh);
    return std::min(factor, largest_factor);
  }
} // namespace dynkin
