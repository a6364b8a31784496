// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_density_extent_h
#define dynkin_model_density_extent_h

#include "model/model.h"

namespace dynkin
{
  /** Where a stationary density on the whole space is, and how it falls. */
  template <int dim>
  struct DensityExtent
  {
    dealii::Point<dim> top;          // a place where it is largest
    dealii::Point<dim> lower, upper; // of a box outside of which it is below exp(-80) of that
    double             width;        // distance from the top at which it has fallen by e [length]
    double             tail_index;   // alpha of p ~ |x|^-(alpha + d); infinity: no power law
  };

  /**
   * Of a diffusion whose density is its natural weight: 1-D processes, and those known to be
   * reversible. psi = log p is integrated along straight lines of 60 orders of magnitude, or until it has
   * fallen by 1e7, from the centre of the model to a maximum, and from there in many directions. Where it has
   * other maxima along them, these are climbed, and what lies about them is in the box if it is not lower
   * than its edge; in 1-D they are found by enclosures of the drift. `points` are to be in the box, too.
   *
   * Throws InputError (Domain/shape) where the density does not exist, its mass being infinite, or
   * where coefficients are not finite before it has fallen.
   */
  template <int dim>
  DensityExtent<dim>
  find_density_extent(const Model<dim> &model, const std::vector<dealii::Point<dim>> &points);

  /** Is its density, as part of that at `top`, a positive double all over a ball (sampled)? */
  template <int dim>
  bool
  is_representable(const Model<dim>         &model,
                   const dealii::Point<dim> &top,
                   const dealii::Point<dim> &center,
                   const double              radius);
} // namespace dynkin

#endif
