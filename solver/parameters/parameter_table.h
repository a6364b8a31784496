// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_parameters_parameter_table_h
#define dynkin_parameters_parameter_table_h

#include "parameters/problem_kind.h"
#include "utilities/entry_table.h"

namespace dynkin
{
  /** All entries with their defaults; their values go nowhere. */
  EntryTable
  known_entries(const ProblemKinds &problems);

  /**
   * Parameter file with the given value of each entry; `comment` may be empty,
   * or is written above the entry.
   */
  std::string
  to_parameter_text(const std::vector<Entry>                        &entries,
                    const std::function<std::string(const Entry &)> &value,
                    const std::function<std::string(const Entry &)> &comment);

  /** Every entry with its default and its help: a parameter file to fill in. */
  std::string
  to_template(const std::vector<Entry> &entries);

  /** The same as a table in Markdown. */
  std::string
  to_markdown(const std::vector<Entry> &entries);

  /** "; did you mean NAME?" if a candidate is similar, else "; known here: ...". */
  std::string
  suggestion(const std::string &name, const std::vector<std::string> &candidates);
} // namespace dynkin

#endif
