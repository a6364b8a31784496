// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_study_reference_h
#define dynkin_study_reference_h

#include "measure/error_norms.h"
#include "parameters/parameters.h"
#include "utilities/log.h"
#include "utilities/result.h"

#include <optional>

namespace dynkin
{
  /**
   * The known solution of the problem the parameters describe, from the theory
   * library, if there is one:
   *
   *   stationary density   KnownDensity: product power law, multivariate Student t
   *   exit time, d = 1     exit-time integral, two-sided or reflecting
   *   exit time, ball      radial exit-time integral of isotropic models about the
   *                        ball's centre (Brownian motion as h, rho -> 0)
   */
  template <int dim>
  std::optional<ReferenceSolution<dim>>
  find_reference(const Parameters &parameters);

  /** The part "errors" of results.json; logs the same numbers. */
  Record
  error_report(const std::string &reference, const ErrorNorms &errors, const Log &log);
} // namespace dynkin

#endif
