// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_density_group_tail_index_h
#define dynkin_theory_density_group_tail_index_h

#include "model/model_parameters.h"

namespace dynkin
{
  /**
   * The tail index of models in the radii of groups (model/groups.h), as TailIndex is that of models
   * coordinate by coordinate: E |v|^s of the stationary law is finite iff s < alpha*. One group:
   *
   *   alpha* = 1 + (2 h - (d - 1) A)/(A + m), with the letters of GroupCoefficients.
   *
   * Two or three groups: Lambda(alpha*) = 0, where Lambda(2 a) is the principal eigenvalue of the generator at
   * infinity on functions |X|^a g(X/|X|) of X_k = |v_k|^2, |X| = sum_k X_k (Chebyshev points on the simplex).
   */
  struct GroupTailIndex
  {
    /** alpha*; infinite for Gaussian laws, 0 without a stationary law, NaN if it is not known. */
    double value;

    /** The change from a coarser grid, absolute. */
    double error = 0.;
  };

  /** Throws std::domain_error as GroupCoefficients does. */
  GroupTailIndex
  group_tail_index(const ModelParameters &model);

  /** For the weight of a density in a bounded domain, where any is right: alpha*, or 1 where there is none. */
  double
  weight_tail_index_of_groups(const ModelParameters &model);
} // namespace dynkin

#endif
