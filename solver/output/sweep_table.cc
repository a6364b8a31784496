// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "output/sweep_table.h"

#include "output/print_result.h"

#include <algorithm>
#include <map>
#include <vector>

namespace dynkin
{
  namespace
  {
    /** Appends (path, value) of all leaves; the items of lists are counted from 1. */
    void
    flatten(const std::string                                &path,
            const Record                                     &value,
            std::vector<std::pair<std::string, std::string>> &leaves)
    {
      const auto below = [&](const std::string &name) {
        return path.empty() ? name : path + "/" + name;
      };
      if (const Record::Named *named = value.as<Record::Named>())
        for (const auto &[key, item] : *named)
          flatten(below(key), item, leaves);
      else if (const Record::List *list = value.as<Record::List>())
        for (std::size_t i = 0; i < list->size(); ++i)
          flatten(below(std::to_string(i + 1)), (*list)[i], leaves);
      else
        leaves.emplace_back(path, value.is_nothing() ? "" : to_json(value).dump());
    }

    /** Text of JSON as a field of CSV: quotes are doubled instead of escaped. */
    std::string
    field(const std::string &text)
    {
      if (text.find_first_of(",\"") == std::string::npos)
        return text;
      const Record       record = from_json(text);
      std::string        quoted = "\"";
      const std::string *inner  = record.as<std::string>();
      for (const char c : inner != nullptr ? *inner : text)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
      return quoted + "\"";
    }
  } // namespace

  std::string
  sweep_table(const Record &rows)
  {
    std::vector<std::string>                        columns;
    std::vector<std::map<std::string, std::string>> cells;
    for (const Record &row : *rows.as<Record::List>())
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
