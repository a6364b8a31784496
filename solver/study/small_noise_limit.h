// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_study_small_noise_limit_h
#define dynkin_study_small_noise_limit_h

#include "parameters/parameters.h"
#include "utilities/result.h"

namespace dynkin
{
  /**
   * The limit of eta log E tau as the learning rate eta goes to 0, from the rows of a
   * sweep over eta, at the first of the reported points. By the form of the sharp
   * asymptotics E tau = K eta^a exp(V/eta) (1 + c eta + ...),
   *
   *   eta log E tau = V + a eta log eta + c_1 eta + c_2 eta^2 + ...,
   *
   * interpolated at the smallest eta, with as many terms as there are rows, at most 6
   * (Richardson's extrapolation); a = 1/2 where the process leaves at isolated points.
   * The error estimate is the largest difference from what one eta and one term less
   * give, whichever is left out, and the errors of the exit times carried over. The
   * rate is the observed order of eta log E tau - V in eta at the two smallest eta. Beside
   * it stands the minimum V of the quasi-potential over the walls from theory.
   *
   * Empty with less than four rows whose exit times have relative error estimates of at
   * most 1e-3, which is what the limit needs.
   */
  Result
  small_noise_limit(const Parameters &parameters, const Record &rows);
} // namespace dynkin

#endif
