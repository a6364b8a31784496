// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_measure_density_tail_h
#define dynkin_measure_density_tail_h

#include "form/field.h"

#include <functional>
#include <optional>

namespace dynkin
{
  /** Of a density on the whole space where the mesh ends. */
  template <int dim>
  struct TailSample
  {
    dealii::Point<dim> x;
    unsigned int       coordinate;  // of WholeSpace::decay()
    long double        probability; // p det(dx/dy) dS_y: per unit of y outwards
  };

  /**
   * Visits the quadrature points of the end of the mesh. The part of int g p beyond
   * it is sum g probability / decay, up to the square of 1/distance, because p and
   * g (homogeneous of degree n) are powers there, decay(coordinate, n). Nothing to visit in
   * bounded domains.
   */
  template <int dim>
  void
  for_each_tail(const Field<dim>                                   &density,
                const std::function<void(const TailSample<dim> &)> &visit);

  /** P(beyond the mesh). */
  template <int dim>
  double
  lost_mass(const Field<dim> &density);

  /** Tail index by a fit to the density. */
  struct TailFit
  {
    double index, from, to; // distances from w* [length], along the first direction
  };

  /**
   * Least squares of log p against log r at 16 distances between 0.6 L and 0.85 L in y, radial:
   * of the mean over the coordinate axes and diagonals; coordinate-wise: along the
   * coordinate of the smallest tail index. Nothing for Gaussian tails and bounded domains,
   * or if p <= 0.
   */
  template <int dim>
  std::optional<TailFit>
  fit_tail(const Field<dim> &density);
} // namespace dynkin

#endif
