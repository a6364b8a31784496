// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_discretization_line_cells_h
#define dynkin_discretization_line_cells_h

#include "domain/domain_parameters.h"
#include "model/line_end.h"

#include <vector>

namespace dynkin
{
  /**
   * Ends of cells of an interval that resolve any coefficients, in increasing order:
   *
   * - faces where coefficients and sources (running rewards) may jump or have a kink, which is
   *   known from the formulas;
   * - cells that are halved towards singular ends (LineEnd): 1e-3 of the interval where the
   *   solution is smooth, at natural conditions; down to 1e-13 at absorbing walls, where it is
   *   not, or where rounding of the distances ends that, which is not before 1e-30 for a
   *   strongly singular wall at 0;
   * - elsewhere cells are halved until an interpolant of 2 b/a and of log a predicts further
   *   samples, log(w a) changes moderately, and an enclosure of the coefficients (of all
   *   values, not of samples) leaves no room for narrow features; then a few times
   *   more, where a feature of the next cell ends in this one, between its end and all samples:
   *   what two quadrature formulas both miss is in no difference of two solutions. Nor is a narrow
   *   source, the enclosure of which is looked at, too.
   *
   * `is_natural`: with the natural weight, the only one that is right where the diffusion
   * jumps. Throws InputError where that does not end: a coefficient is singular inside.
   */
  std::vector<double>
  find_line_cells(const Model<1>                &model,
                  const DomainParameters        &domain,
                  const bool                     is_natural,
                  const std::vector<Formula<1>> &sources = {});

  /** The two ends of an interval. */
  std::vector<LineEnd>
  find_line_ends(const Model<1> &model, const DomainParameters &domain);
} // namespace dynkin

#endif
