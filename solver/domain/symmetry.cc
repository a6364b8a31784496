// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "domain/symmetry.h"

#include <algorithm>
#include <array>

#include "model/matrix_checks.h"

namespace dynkin
{
  namespace
  {
    /** A_{i d + a, j d + b} z_a z_b changes sign with z_i and z_j alone: every index occurs in pairs. */
    bool
    has_paired_indices(const Matrix &A, const unsigned int d)
    {
      for (unsigned int row = 0; row < A.size(); ++row)
        for (unsigned int column = 0; column < A[row].size(); ++column)
          {
            std::array<unsigned int, 4> index = {{row / d, row % d, column / d, column % d}};
            std::sort(index.begin(), index.end());
            if (A[row][column] != 0. && (index[0] != index[1] || index[2] != index[3]))
              return false;
          }
      return true;
    }

    bool
    is_even(const ModelParameters &model, const unsigned int d)
    {
      if (model.type == "decoupled")
        return true;
      if (model.type == "coupled")
        return is_diagonal(model.coupled.H) && is_diagonal(model.coupled.Sigma_g) &&
               is_diagonal(model.coupled.Sigma_H);
      if (model.type == "quadratic covariance")
        return is_diagonal(model.quadratic_covariance.H) &&
               is_diagonal(model.quadratic_covariance.Sigma) &&
               has_paired_indices(model.quadratic_covariance.A, d);
      return false;
    }

    /** A shape that is, with opposite walls of the same kind, but not periodic. */
    bool
    is_even(const DomainParameters &domain, const std::vector<double> &center)
    {
      if (!domain.shape->is_even_about(center))
        return false;
      const std::vector<std::string> names = domain.shape->wall_names;
      if (domain.shape->has_opposite_walls())
        for (unsigned int k = 0; k < names.size(); k += 2)
          if (const BoundaryKind kind = domain.walls.at(names[k]);
              kind == BoundaryKind::periodic || kind != domain.walls.at(names[k + 1]))
            return false;
      return true;
    }
  } // namespace

  std::vector<double>
  find_mirror(const ModelParameters  &model,
              const DomainParameters &domain,
              const unsigned int      dimension)
  {
    const bool is_mirrored = domain.symmetry == "auto" && dimension > 1 && !model.kills() &&
                             is_even(model, dimension) && is_even(domain, model.center);
    return is_mirrored ? model.center : std::vector<double>();
  }
} // namespace dynkin
