// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_parameters_parameter_file_h
#define dynkin_parameters_parameter_file_h

#include <string>
#include <vector>

#include "parameters/parameters.h"
#include "utilities/entry_table.h"
#include "utilities/exceptions.h"

namespace dynkin
{
  /**
   * A parameter file, for one of the given problems, and the overrides of the command line, read strictly:
   * unknown and duplicate entries are errors. Every InputError thrown here says in one
   * complete sentence which file, line, entry and value are at fault and what
   * is allowed.
   */
  class ParameterFile
  {
  public:
    /** Reads the file; values are looked at in read(). */
    ParameterFile(const std::string &file_name, const ProblemKinds &problems);

    /** The same for a text at hand. */
    ParameterFile(const std::string  &file_name,
                  const std::string  &text,
                  const ProblemKinds &problems);

    /** "Model/learning rate=0.1" takes the place of what stands in the file. */
    void
    set_override(const std::string &assignment, const std::string &option = "--set");

    /** The same without a look at whether the value is known, or set by an option already. */
    void
    assign(const std::string &path, const std::string &value, const std::string &option);

    /** The text of a value in use: what is set, or the default; empty if there is none. */
    std::string
    value(const std::string &path) const;

    /**
     * The checked parameters. `dimension` is read first, because it decides
     * what is right for all others.
     */
    Parameters
    read() const;

    /** A complete file with all values in use: reading it gives the same parameters. */
    std::string
    used_parameters() const;

    /** Where the entry is set: "FILE, line 3: ENTRY", "--set ENTRY", "FILE: ENTRY (not set)". */
    std::string
    place_of(const std::string &path) const;

    /** What is wrong, in one sentence with the file, line, entry and value. */
    std::string
    describe(const InputError &error) const;

  private:
    /** What is set, and the defaults of all else. */
    Parameters
    read_unchecked() const;

    struct Setting
    {
      std::string  path;
      std::string  value;
      unsigned int line;   // of the file
      std::string  option; // of the command line; empty: set in the file
    };

    const std::string    file_name;
    const ProblemKinds   problems;
    const EntryTable     known; // all entries
    std::vector<Setting> settings;

    const Setting *
    find(const std::string &path) const;

    /**
     * The value, or for "@FILE.csv" the matrix in that file, relative to the
     * parameter file. A mesh file that is not in the working directory is taken
     * relative to the parameter file.
     */
    std::string
    with_files(const std::string &path, const std::string &value) const;

    /**
     * Why an entry has no meaning for what the file asks for, "problem = theory", or empty if it
     * has one. An entry without a meaning is refused because it is set, whatever its value.
     */
    std::string
    why_without_meaning(const std::string &path, const Parameters &parameters) const;
  };
} // namespace dynkin

#endif
