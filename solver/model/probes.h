// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_probes_h
#define dynkin_model_probes_h

#include <deal.II/base/point.h>

#include <cmath>
#include <vector>

namespace dynkin
{
  /**
   * Points in scattered directions at distances of about 1/8 to 8 from the
   * origin: where to look whether a smooth expression vanishes identically.
   */
  template <int dim>
  std::vector<dealii::Point<dim>>
  probes()
  {
    std::vector<dealii::Point<dim>> points;
    for (unsigned int k = 1; k <= 60; ++k)
      {
        dealii::Point<dim> x;
        for (unsigned int i = 0; i < dim; ++i)
          x[i] = std::pow(2., (k % 7) - 3.) * std::sin(k * (1. + 0.7 * i) + i);
        points.push_back(x);
      }
    return points;
  }
} // namespace dynkin

#endif
