// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/formula_list.h"

#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include "model/formula.h"
#include "utilities/entry_values.h"

namespace dynkin
{
  namespace
  {
    /** The shortest of 15 digits or more that is this number. */
    std::string
    exact_text(const double value)
    {
      char digits[40];
      for (int precision = 15; precision <= 17; ++precision)
        {
          std::snprintf(digits, sizeof(digits), "%.*g", precision, value);
          if (std::strtod(digits, nullptr) == value)
            break;
        }
      return digits;
    }
  } // namespace

  std::string
  trimmed(const std::string &text)
  {
    const char *const spaces = " \t\n\r";
    const std::size_t first  = text.find_first_not_of(spaces);
    return first == std::string::npos
             ? ""
             : text.substr(first, text.find_last_not_of(spaces) - first + 1);
  }

  std::vector<std::string>
  split_formulas(const std::string &text, const char separator)
  {
    if (trimmed(text).empty())
      return {};
    std::vector<std::string> pieces(1);
    int                      depth = 0;
    for (const char c : text)
      {
        depth += (c == '(') - (c == ')');
        if (c == separator && depth == 0)
          pieces.emplace_back();
        else
          pieces.back() += c;
      }
    for (std::string &piece : pieces)
      piece = trimmed(piece);
    return pieces;
  }

  std::string
  with_values(const std::string &numbers)
  {
    std::string table;
    for (const std::string &row : split_formulas(numbers, ';'))
      {
        if (row.empty())
          throw std::invalid_argument("there is nothing beside a ';'");
        std::string list;
        for (const std::string &item : split_formulas(row, ','))
          list += (list.empty() ? "" : ", ") +
                  (is_number(item) ? item : exact_text(constant_value(item, {})));
        table += (table.empty() ? "" : "; ") + list;
      }
    return table;
  }
} // namespace dynkin
