// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "geometry/domain_parameters.h"

#include "geometry/domain_choices.h"

#include <algorithm>
#include <cmath>

namespace dynkin
{
  bool
  DomainParameters::absorbs() const
  {
    return std::any_of(walls.begin(), walls.end(), [](const auto &wall) {
      return wall.second == BoundaryKind::absorbing;
    });
  }

  std::vector<unsigned int>
  DomainParameters::periodic_axes(const unsigned int dimension) const
  {
    std::vector<unsigned int> axes;
    const auto                names = wall_names(dimension);
    if (has_shape("interval") || has_shape("box"))
      for (unsigned int i = 0; i < dimension; ++i)
        if (walls.at(names[2 * i]) == BoundaryKind::periodic)
          axes.push_back(i);
    return axes;
  }

  bool
  DomainParameters::has_shape(const std::string &name) const
  {
    return shape == name || shape == name + domain_choices::with_targets;
  }

  std::vector<std::string>
  DomainParameters::wall_names(const unsigned int dimension) const
  {
    std::vector<std::string> names = outer_wall_names(dimension);
    for (unsigned int k = 0; k < target_list.size(); ++k)
      names.push_back(target_name(k));
    return names;
  }

  std::vector<std::string>
  DomainParameters::outer_wall_names(const unsigned int dimension) const
  {
    std::vector<std::string> names = {"left", "right", "bottom", "top", "back", "front"};
    if (has_shape("ball") || shape == "ellipsoid")
      names = {"surface"};
    else if (has_shape("annulus"))
      names = {"inner", "outer"};
    else if (shape == "mesh file")
      {
        names.clear();
        for (const auto &wall : mesh_walls)
          names.push_back(wall.second);
      }
    else if (shape == "whole space")
      names.clear();
    else
      {
        for (unsigned int i = 3; i < dimension; ++i)
          for (const char *side : {"lower ", "upper "})
            names.push_back(side + std::to_string(i + 1));
        names.resize(2 * dimension);
      }
    return names;
  }

  std::vector<unsigned int>
  DomainParameters::wall_ids(const unsigned int dimension) const
  {
    std::vector<unsigned int> ids;
    if (shape == "mesh file")
      for (const auto &wall : mesh_walls)
        ids.push_back(wall.first);
    else
      while (ids.size() < wall_names(dimension).size())
        ids.push_back(ids.size());
    return ids;
  }

  std::vector<std::vector<double>>
  DomainParameters::ellipsoid_matrix() const
  {
    std::vector<std::vector<double>> result = matrix;
    if (matrix.empty())
      {
        result.assign(semi_axes.size(), std::vector<double>(semi_axes.size(), 0.));
        for (unsigned int i = 0; i < semi_axes.size(); ++i)
          result[i][i] = 1. / (semi_axes[i] * semi_axes[i]);
        return result;
      }
    for (std::vector<double> &row : result)
      for (double &entry : row)
        entry /= radius * radius;
    return result;
  }

  bool
  DomainParameters::contains(const std::vector<double> &point) const
  {
    const double rounding = 1e-12;
    if (shape == "mesh file" || shape == "whole space")
      return true;
    for (const Target &target : target_list)
      if (target.distance(point) < -rounding * target.radius)
        return false;
    if (shape == "interval" || has_shape("box"))
      {
        for (unsigned int i = 0; i < point.size(); ++i)
          {
            const double slack = rounding * (upper[i] - lower[i]);
            if (!(point[i] >= lower[i] - slack && point[i] <= upper[i] + slack))
              return false;
          }
        return true;
      }
    std::vector<double> x(point.size());
    double              distance = 0.;
    for (unsigned int i = 0; i < point.size(); ++i)
      {
        x[i]     = point[i] - center[i];
        distance = std::hypot(distance, x[i]);
      }
    if (has_shape("ball"))
      return distance <= radius * (1. + rounding);
    if (has_shape("annulus"))
      return distance <= outer_radius * (1. + rounding) &&
             distance >= inner_radius * (1. - rounding);
    const auto S    = ellipsoid_matrix();
    double     form = 0.;
    for (unsigned int i = 0; i < point.size(); ++i)
      for (unsigned int j = 0; j < point.size(); ++j)
        form += x[i] * S[i][j] * x[j];
    return form <= 1. + 2. * rounding;
  }
} // namespace dynkin
