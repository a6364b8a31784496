// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_parameters_parameter_table_h
#define dynkin_parameters_parameter_table_h

#include <functional>
#include <string>
#include <vector>

namespace dealii
{
  class ParameterHandler;
}

namespace dynkin
{
  /** One declared entry, as people need it. */
  struct EntryDescription
  {
    std::string section; // "Model/decoupled"; empty at the top
    std::string name;
    std::string default_value; // empty: none
    std::string allowed;       // in words
    std::string help;          // choices: one line "- name: help" for each

    std::string
    path() const;
  };

  /** All declared entries in the order of their declaration. */
  std::vector<EntryDescription>
  describe_entries(const dealii::ParameterHandler &prm);

  /**
   * Parameter file with the given value of each entry; `comment` may be empty,
   * or is written above the entry.
   */
  std::string
  to_parameter_text(const std::vector<EntryDescription>                        &entries,
                    const std::function<std::string(const EntryDescription &)> &value,
                    const std::function<std::string(const EntryDescription &)> &comment);

  /** Every entry with its default and its help: a parameter file to fill in. */
  std::string
  to_template(const std::vector<EntryDescription> &entries);

  /** The same as a table in Markdown. */
  std::string
  to_markdown(const std::vector<EntryDescription> &entries);

  /** "; did you mean NAME?" if a candidate is similar, else "; known here: ...". */
  std::string
  suggestion(const std::string &name, const std::vector<std::string> &candidates);
} // namespace dynkin

#endif
