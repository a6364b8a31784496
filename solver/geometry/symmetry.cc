// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "geometry/symmetry.h"

#include <algorithm>
#include <array>

namespace dynkin
{
  namespace
  {
    bool
    is_diagonal(const Matrix &matrix)
    {
      for (unsigned int i = 0; i < matrix.size(); ++i)
        for (unsigned int j = 0; j < matrix[i].size(); ++j)
          if (i != j && matrix[i][j] != 0.)
            return false;
      return true;
    }

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

    /** About a centre: the whole space, balls, ellipsoids along the axes, boxes with the same kind of opposite walls. */
    bool
    is_even(const DomainParameters &domain, const std::vector<double> &center, const unsigned int d)
    {
      if (domain.shape == "whole space")
        return true;
      if (domain.shape == "ball")
        return domain.center == center;
      if (domain.shape == "ellipsoid")
        return domain.center == center && is_diagonal(domain.ellipsoid_matrix());
      if (domain.shape != "box" || !domain.periodic_axes(d).empty())
        return false;
      const std::vector<std::string> names = domain.wall_names(d);
      for (unsigned int i = 0; i < d; ++i)
        if (domain.upper[i] - center[i] != center[i] - domain.lower[i] ||
            domain.walls.at(names[2 * i]) != domain.walls.at(names[2 * i + 1]))
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
                             is_even(model, dimension) && is_even(domain, model.center, dimension);
    return is_mirrored ? model.center : std::vector<double>();
  }
} // namespace dynkin
