// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <unistd.h>

#include <filesystem>

#include "parameters/parameters.h"
#include "utilities/entry_table.h"
#include "utilities/exceptions.h"

namespace dynkin
{
  namespace
  {
    /** Can the directory be made or written to? Looks only, creates nothing. */
    void
    check_directory(const std::string &directory)
    {
      namespace fs             = std::filesystem;
      fs::path        existing = fs::absolute(directory).lexically_normal();
      std::error_code error;
      for (const fs::path &name : existing)
        if (name.native().size() > 255)
          throw InputError("Output/directory", "needs names of at most 255 characters");
      while (!fs::exists(fs::status(existing, error)) && existing != existing.root_path())
        existing = existing.parent_path();
      if (!fs::is_directory(existing, error))
        throw InputError("Output/directory",
                         "needs a directory, but '" + existing.string() + "' is a file");
      if (access(existing.c_str(), W_OK | X_OK) != 0)
        throw InputError("Output/directory",
                         "needs a directory with permission to write, which '" + existing.string() +
                           "' does not give");
    }
  } // namespace

  void
  OutputParameters::add_parameters(EntryTable &table)
  {
    table.begin_section("Output");
    table.add("directory",
              directory,
              "Where the results go, relative to the directory the program is started in; made if "
              "it does not exist.",
              text_pattern("the name of a directory"));
    table.add("vtu", vtu, "Write the fields as solution.vtu for ParaView.", boolean_pattern());
    table.add("window",
              window,
              "Radius about Model/center [length], >= 0: > 0 writes the cells within it also as "
              "window.vtu; for a transient density only them. Only for densities.",
              number_pattern(Ranges::non_negative));
  }

  void
  OutputParameters::check() const
  {
    check_number("Output/window", window, Ranges::non_negative);
    check_directory(directory);
  }
} // namespace dynkin
