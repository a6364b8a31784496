// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_study_sweep_h
#define dynkin_study_sweep_h

#include <string>
#include <vector>

#include "parameters/parameter_file.h"
#include "utilities/result.h"

namespace dynkin
{
  class Log;

  /**
   * One run for each combination of the values in Study/sweep, each in its own folder
   * row_001, row_002, ... of the output directory. After each run the rows so far are
   * written as sweep.json and sweep.csv, and results.json at the end.
   *
   * A row is finished when its folder has results for the same parameters by the same
   * version of the program; finished rows are not run again, so that a sweep that was
   * killed goes on where it was. The files of the sweep contain no times, and are the
   * same as if it had not been killed.
   */
  class Sweep
  {
  public:
    /** Reads and checks all rows. Throws InputError. */
    explicit Sweep(const ParameterFile &file);

    /** Exit status 0, or 2 if a row did not reach its tolerance. */
    int
    run(const bool check_only, const bool quiet) const;

  private:
    struct Row
    {
      std::vector<std::string> values; // of the entries
      ParameterFile            file;
      Parameters               parameters;

      /** The text of results.json if the row is finished, else empty; the same on all processes. */
      std::string
      finished_results() const;

      /** Runs it; what is in results.json then. */
      std::string
      compute(const bool quiet, const Log &log) const;
    };

    [[noreturn]] void
    fail(const std::string &reason) const;

    void
    read_entries(const std::string &text);

    /** The values of the k-th combination, the last entry running fastest. */
    std::vector<std::string>
    combination(std::size_t k) const;

    /** "Model/learning rate = 0.5". */
    std::string
    describe(const Row &row) const;

    /** The row's entries and its results, without what differs from run to run. */
    Record
    summary(const Row &row, const std::string &results) const;

    std::string                           place; // of the entry Study/sweep, for messages
    std::vector<std::string>              entries;
    std::vector<std::vector<std::string>> choices; // for each entry
    std::vector<Row>                      rows;
    std::string                           directory, used_parameters;
  };
} // namespace dynkin

#endif
