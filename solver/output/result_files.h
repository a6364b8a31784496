// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_output_result_files_h
#define dynkin_output_result_files_h

#include <deal.II/base/mpi.h>

#include <string>

#include "utilities/result.h"

namespace dynkin
{
  /**
   * The output directory. Its first process creates it, with its parents, and
   * writes; every file appears whole (written under a temporary name, then
   * renamed). Throws InputError on `Output/directory` if it cannot be created, MachineError if a
   * file cannot be written.
   */
  class ResultFiles
  {
  public:
    ResultFiles(const std::string &directory, const MPI_Comm communicator);

    std::string
    path(const std::string &name) const;

    void
    write(const std::string &name, const std::string &content) const;

    /** Gives NAME.part, which is whole, its name. */
    void
    publish(const std::string &name) const;

    /** As NAME.csv, with 16 digits. */
    void
    write(const Table &table) const;

    /** Removes the file if there is one. */
    void
    remove(const std::string &name) const;

  private:
    const std::string directory;
    const bool        is_writer;
  };

  /** Throws MachineError with the system's reason; removes the file first if it is a `.part`. */
  [[noreturn]] void
  throw_cannot_write(const std::string &path);
} // namespace dynkin

#endif
