// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "domain/shape.h"

#include <cmath>
#include <numeric>

namespace dynkin
{
  Shape::Shape(const std::string              &name,
               const std::string              &description,
               const std::vector<std::string> &wall_names,
               const std::vector<double>      &center)
    : name(name)
    , description(description)
    , wall_names(wall_names)
    , center(center)
  {
  }

  std::vector<unsigned int>
  Shape::wall_ids() const
  {
    std::vector<unsigned int> ids(wall_names.size());
    std::iota(ids.begin(), ids.end(), 0);
    return ids;
  }

  std::optional<double>
  Shape::distance_to_wall(const std::vector<double> &) const
  {
    return {};
  }

  bool
  Shape::is_even_about(const std::vector<double> &) const
  {
    return false;
  }

  double
  euclidean_distance(const std::vector<double> &x, const std::vector<double> &y)
  {
    double distance = 0.;
    for (std::size_t i = 0; i < x.size(); ++i)
      distance = std::hypot(distance, x[i] - y[i]);
    return distance;
  }
} // namespace dynkin
