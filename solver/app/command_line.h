// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_app_command_line_h
#define dynkin_app_command_line_h

#include <string>
#include <vector>

#include "utilities/entry_table.h"

namespace dynkin
{
  /** What the user typed, and the answers to plain questions (--help etc.). */
  struct CommandLine
  {
    std::string              answer; // to be printed, and no more to be done; empty: run `file`
    std::string              file;
    std::vector<std::string> overrides;        // --set "Model/learning rate=0.1"
    std::string              output_directory; // --output; empty: as the file says
    bool                     check_only = false;
    bool                     quiet      = false;

    /** Throws InputError with a complete sentence. */
    CommandLine(const int argc, const char *const *argv, const EntryTable &entries);
  };
} // namespace dynkin

#endif
