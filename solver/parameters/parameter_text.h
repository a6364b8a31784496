// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_parameters_parameter_text_h
#define dynkin_parameters_parameter_text_h

#include <string>
#include <vector>

namespace dynkin
{
  /** `set NAME = VALUE` or `subsection NAME`, with where it stands in the text. */
  struct ParameterStatement
  {
    std::string  section; // the subsections around it, "Model/decoupled"; empty at the top
    std::string  name;
    std::string  value;
    unsigned int line          = 0;
    bool         is_subsection = false;

    /** "Model/decoupled/h". */
    std::string
    path() const;
  };

  /** At most 60 bytes, for messages; cut between characters of UTF-8. */
  std::string
  shorten(const std::string &text);

  /**
   * Reads a file of at most 1 MiB. Throws InputError (a complete sentence
   * without an entry) if it is missing, a directory or too long.
   */
  std::string
  read_text_file(const std::string &file_name);

  /**
   * Splits the text of a parameter file into its statements, in order. It knows
   * the language (subsection, set, end, # comments, '\' continuation), not the
   * entries. Throws InputError (a complete sentence with file and line, without
   * an entry) for anything that is not of the language.
   */
  std::vector<ParameterStatement>
  parse_parameter_text(const std::string &file_name, const std::string &text);
} // namespace dynkin

#endif
