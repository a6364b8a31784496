// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_output_sweep_table_h
#define dynkin_output_sweep_table_h

#include "utilities/result.h"

#include <string>

namespace dynkin
{
  /**
   * The rows of a sweep as CSV. Each number, truth value or text in any row, however
   * deep, has a column with its path as name: `mean exit time/1/value` is that of the
   * first point. What a row does not have is empty.
   */
  std::string
  sweep_table(const Record &rows);
} // namespace dynkin

#endif
