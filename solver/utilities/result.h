// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_utilities_result_h
#define dynkin_utilities_result_h

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace dynkin
{
  /** Numbers in rows, for a file beside results.json; each row as long as `columns`. */
  struct Table
  {
    std::string                      name; // of the file, without folder and ending
    std::vector<std::string>         columns;
    std::vector<std::vector<double>> rows = {};
  };

  /** What results.json holds of something, and the tables beside it. */
  struct Result
  {
    nlohmann::ordered_json numbers;
    std::vector<Table>     tables = {};
  };
} // namespace dynkin

#endif
