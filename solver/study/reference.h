// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_study_reference_h
#define dynkin_study_reference_h

#include "measure/error_norms.h"
#include "parameters/parameters.h"
#include "theory/exit/known_exit.h"
#include "utilities/log.h"

#include <nlohmann/json.hpp>

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
     * The part "errors" of results.json, null if nothing is known: norms of the error of the
     * field, and the largest relative differences from numbers of `results` at the points; logs
     * the same numbers.
     */
    nlohmann::ordered_json
    errors(const std::optional<ErrorNorms> &norms,
           const nlohmann::ordered_json    &results,
           const Log                       &log) const;
  };

  /** Empty where nothing is known. */
  template <int dim>
  Reference<dim>
  find_reference(const Parameters &parameters);
} // namespace dynkin

#endif
