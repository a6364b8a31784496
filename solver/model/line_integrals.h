// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_line_integrals_h
#define dynkin_model_line_integrals_h

#include <deal.II/base/point.h>

#include <functional>
#include <utility>
#include <vector>

namespace dynkin
{
  /** A vector field at many points. */
  template <int dim>
  using VectorField = std::function<void(const std::vector<dealii::Point<dim>> &,
                                         std::vector<dealii::Tensor<1, dim>> &)>;

  /**
   * int g . dx along straight lines from the first point of each pair to the second, by Gauss-
   * Kronrod quadrature (7, 15 points) on halves of halves, to `accuracy` (absolute, and relative
   * to the largest integral). All lines go through the field together. Not a number where the
   * field is not finite.
   */
  template <int dim>
  std::vector<double>
  line_integrals(const VectorField<dim>                                               &field,
                 const std::vector<std::pair<dealii::Point<dim>, dealii::Point<dim>>> &lines,
                 const double                                                          accuracy);
} // namespace dynkin

#endif
