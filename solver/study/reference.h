// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_study_reference_h
#define dynkin_study_reference_h

#include "measure/error_norms.h"
#include "parameters/parameters.h"
#include "theory/exit/known_exit.h"
#include "utilities/result.h"

#include <optional>

namespace dynkin
{
  /**
   * What is known of the problem the parameters describe, from the theory library:
   *
   *   stationary density   KnownDensity, as a field
   *   exit time            KnownExit: as a field on intervals and balls, and at the points
   *   exit law, place      KnownExit at the points
   */
  template <int dim>
  struct Reference
  {
    std::optional<ReferenceSolution<dim>> field;
    std::optional<KnownExit>              exit;

    /**
     * For the part "errors" of results.json: norms of the error of the field, and the largest relative
     * differences from numbers of `results` at the points. Empty if nothing is known.
     */
    Result
    errors(const std::optional<ErrorNorms> &norms, const Record &results) const;
  };

  /** Empty where nothing is known. */
  template <int dim>
  Reference<dim>
  find_reference(const Parameters &parameters);
} // namespace dynkin

#endif
