// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_output_convergence_table_h
#define dynkin_output_convergence_table_h

#include "measure/error_norms.h"

#include "utilities/result.h"

#include <optional>
#include <string>
#include <vector>

namespace dynkin
{
  /** One mesh of a convergence study. */
  struct ConvergenceRow
  {
    unsigned long             cells = 0, dofs = 0;
    std::optional<ErrorNorms> errors;                    // where a reference exists
    double                    value = 0., estimate = 0.; // at the first reported point
    double                    seconds = 0.;
  };

  /**
   * Errors and observed rates, log2 of the ratio of two rows: each mesh halves
   * the cells of the one before. For results.json, as text and as CSV.
   */
  class ConvergenceTable
  {
  public:
    void
    add(const ConvergenceRow &row);

    std::size_t
    size() const;

    /** A list of rows by the names of the columns. */
    Record
    record() const;

    /** Columns aligned for reading, one line a mesh. */
    std::string
    text() const;

    std::string
    csv() const;

  private:
    std::vector<ConvergenceRow> rows;
  };
} // namespace dynkin

#endif
