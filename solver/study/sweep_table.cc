// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/sweep_table.h"

#include <algorithm>
#include <map>
#include <vector>

namespace dynkin
{
  namespace
  {
    using Json = nlohmann::ordered_json;

    /** Appends (path, value) of all leaves; the items of arrays are counted from 1. */
    void
    flatten(const std::string                                &path,
            const Json                                       &value,
            std::vector<std::pair<std::string, std::string>> &leaves)
    {
      const auto below = [&](const std::string &name) {
        return path.empty() ? name : path + "/" + name;
      };
      if (value.is_object())
        for (const auto &[key, item] : value.items())
          flatten(below(key), item, leaves);
      else if (value.is_array())
        for (std::size_t i = 0; i < value.size(); ++i)
          flatten(below(std::to_string(i + 1)), value[i], leaves);
      else
        leaves.emplace_back(path, value.is_null() ? "" : value.dump());
    }

    /** Text of JSON as a field of CSV: quotes are doubled instead of escaped. */
    std::string
    field(const std::string &text)
    {
      if (text.find_first_of(",\"") == std::string::npos)
        return text;
      const Json  json   = Json::parse(text, nullptr, false);
      std::string quoted = "\"";
      for (const char c : json.is_string() ? json.get<std::string>() : text)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
      return quoted + "\"";
    }
  } // namespace

  std::string
  sweep_table(const Json &rows)
  {
    std::vector<std::string>                        columns;
    std::vector<std::map<std::string, std::string>> cells;
    for (const Json &row : rows)
      {
        std::vector<std::pair<std::string, std::string>> leaves;
        flatten("", row, leaves);
        for (const auto &leaf : leaves)
          if (std::find(columns.begin(), columns.end(), leaf.first) == columns.end())
            columns.push_back(leaf.first);
        cells.emplace_back(leaves.begin(), leaves.end());
      }
    std::string text;
    for (std::size_t j = 0; j < columns.size(); ++j)
      text += (j > 0 ? "," : "") + field(columns[j]);
    text += '\n';
    for (auto &row : cells)
      {
        for (std::size_t j = 0; j < columns.size(); ++j)
          text += (j > 0 ? "," : "") + field(row[columns[j]]);
        text += '\n';
      }
    return text;
  }
} // namespace dynkin
