// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "utilities/entry_values.h"

#include <deal.II/base/utilities.h>

#include <algorithm>
#include <cmath>

#include "utilities/exceptions.h"
#include "utilities/log.h"

namespace dynkin
{
  namespace
  {
    std::string
    one_of(const std::vector<Choice> &choices)
    {
      std::string text;
      for (const Choice &choice : choices)
        text += (text.empty() ? "one of: " : ", ") + choice.name;
      return text;
    }

    bool
    has_choice(const std::vector<Choice> &choices, const std::string &name)
    {
      return std::any_of(
        choices.begin(), choices.end(), [&](const Choice &choice) { return choice.name == name; });
    }

    bool
    is_in_range(const std::string &text, const Range &range)
    {
      double value = 0.;
      read_text(text, value);
      const bool is_integer = value == std::round(value) && text.find('.') == std::string::npos;
      return is_number(text) && (is_integer || !range.integer) && range.contains(value);
    }

    /** Do all items match, with none of them empty? */
    bool
    all_match(const std::string &text, const char separator, const ValuePattern &pattern)
    {
      const auto items = split_items(text, separator);
      return std::all_of(items.begin(), items.end(), [&](const std::string &item) {
        return !item.empty() && pattern.matches(item);
      });
    }
  } // namespace

  bool
  Range::contains(const double value) const
  {
    return std::isfinite(value) && (without_lower ? value > lower : value >= lower) &&
           (without_upper ? value < upper : value <= upper);
  }

  std::string
  Range::in_words(const bool plural) const
  {
    const std::string noun =
      integer ? (plural ? "integers" : "an integer") : (plural ? "numbers" : "a number");
    const std::string first = format_number(lower, 10);
    const std::string last  = format_number(upper, 10);
    if (std::isfinite(lower) && std::isfinite(upper))
      return integer ? noun + " from " + first + " to " + last
                     : noun + " in " + (without_lower ? "(" : "[") + first + ", " + last +
                         (without_upper ? ")" : "]");
    if (std::isfinite(lower))
      return noun + (without_lower ? " > " : " >= ") + first;
    return noun;
  }

  std::vector<std::string>
  split_items(const std::string &text, const char separator)
  {
    // deal.II takes a separator at the end for the end of the last item
    return dealii::Utilities::split_string_list(text.empty() ? text : text + separator, separator);
  }

  bool
  is_number(const std::string &text)
  {
    try
      {
        dealii::Utilities::string_to_double(text);
        return text.find_first_not_of(" \t+-.0123456789eE") ==
               std::string::npos; // not "0x10", "inf"
      }
    catch (const dealii::ExceptionBase &) // nothing, too large or too small
      {
        return false;
      }
  }

  ValuePattern
  number_pattern(const Range &range)
  {
    return {range.in_words(), [=](const std::string &text) { return is_in_range(text, range); }};
  }

  ValuePattern
  list_pattern(const Range &range)
  {
    return {range.in_words(true) + " separated by ','",
            [=](const std::string &text) { return all_match(text, ',', number_pattern(range)); }};
  }

  ValuePattern
  table_pattern(const Range &range)
  {
    const ValuePattern row = list_pattern(range);
    return {"points separated by ';', each of " + row.words,
            [=](const std::string &text) { return all_match(text, ';', row); }};
  }

  ValuePattern
  choice_pattern(const std::vector<Choice> &choices)
  {
    return {one_of(choices), [=](const std::string &text) { return has_choice(choices, text); }};
  }

  ValuePattern
  boolean_pattern()
  {
    return {"true or false",
            [](const std::string &text) { return text == "true" || text == "false"; }};
  }

  ValuePattern
  text_pattern(const std::string &words)
  {
    return {words, [](const std::string &text) { return !text.empty(); }};
  }

  void
  check_number(const std::string &entry, const double value, const Range &range)
  {
    if (!range.contains(value))
      throw InputError(entry, "needs " + range.in_words());
  }

  void
  check_numbers(const std::string         &entry,
                const std::vector<double> &values,
                const Range               &range,
                const unsigned int         dimension)
  {
    const std::string d    = std::to_string(dimension);
    const std::string need = "needs " +
                             (dimension == 1 ? range.in_words() : d + " " + range.in_words(true)) +
                             " (dimension = " + d + ")";
    if (values.empty())
      throw InputError(entry, need);
    if (values.size() != dimension)
      throw InputError(entry,
                       need + ", but " + std::to_string(values.size()) +
                         (values.size() == 1 ? " is given" : " are given"));
    for (unsigned int i = 0; i < dimension; ++i)
      if (!range.contains(values[i]))
        throw InputError(entry,
                         need + ", but number " + std::to_string(i + 1) + " is " +
                           format_number(values[i]));
  }

  void
  check_choice(const std::string         &entry,
               const std::string         &value,
               const std::vector<Choice> &choices)
  {
    if (!has_choice(choices, value))
      throw InputError(entry, "needs " + one_of(choices));
  }
} // namespace dynkin
