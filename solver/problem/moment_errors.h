// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_problem_moment_errors_h
#define dynkin_problem_moment_errors_h

#include "measure/sampler.h"
#include "parameters/parameters.h"
#include "utilities/result.h"

namespace dynkin
{
  /**
   * Moments of a computed density against the closed linear system of the moments
   * on R^d (ClosedMoments), for every H, reversible or not:
   *
   *   error of order m = max_alpha |int z^alpha p - E z^alpha| / E|z|^m,  |alpha| = m = 2, 4,
   *
   * beside the part of E|z|^m that lies beyond the largest ball about w* in the
   * domain, at most min_n E|z|^n R^(m-n) / E|z|^m (Markov's inequality; n even and finite).
   * Nothing where there is nothing to compare: formula models, infinite
   * variance, domains other than intervals, boxes and balls, and those that cut off more than
   * a hundredth of the variance.
   */
  template <int dim>
  Record
  moment_errors(const Parameters   &parameters,
                const Sampler<dim> &sampler,
                const Field<dim>   &density);
} // namespace dynkin

#endif
