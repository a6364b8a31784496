// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_formula_list_h
#define dynkin_model_formula_list_h

#include <string>
#include <vector>

namespace dynkin
{
  /** Without blanks at both ends. */
  std::string
  trimmed(const std::string &text);

  /**
   * Pieces between separators that are not inside parentheses, without blanks at their ends;
   * nothing for an empty text.
   */
  std::vector<std::string>
  split_formulas(const std::string &text, const char separator);

  /**
   * A list or table of numbers, items separated by ',' and rows by ';', with the value in the
   * place of each item that is written as constant arithmetic: "0.1/8, 2; pi, 1" becomes
   * "0.0125, 2; 3.14159265358979312, 1". Plain numbers stay as they are. Throws
   * std::invalid_argument if an item cannot be read or is not finite.
   */
  std::string
  with_values(const std::string &numbers);
} // namespace dynkin

#endif
