// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_utilities_entry_values_h
#define dynkin_utilities_entry_values_h

#include <functional>
#include <limits>
#include <sstream>
#include <string>
#include <type_traits>
#include <vector>

namespace dynkin
{
  /** Allowed values of a number: limits, each included or not. */
  struct Range
  {
    double lower         = -std::numeric_limits<double>::infinity();
    double upper         = std::numeric_limits<double>::infinity();
    bool   without_lower = false; // the lower limit itself is not allowed
    bool   without_upper = false;
    bool   integer       = false;

    /** Also false for anything not finite. */
    bool
    contains(const double value) const;

    /** "a number > 0", "an integer from 1 to 10"; in the plural "numbers > 0". */
    std::string
    in_words(const bool plural = false) const;
  };

  namespace Ranges
  {
    inline const Range any{};
    inline const Range positive{0., std::numeric_limits<double>::infinity(), true};
    inline const Range non_negative{0.};

    inline Range
    integers(const double lower, const double upper)
    {
      return {lower, upper, false, false, true};
    }
  } // namespace Ranges

  /** One of the names that an entry can have, with one line about it. */
  struct Choice
  {
    std::string name;
    std::string help;
  };

  /** What may stand in a parameter file, said in words for people. */
  struct ValuePattern
  {
    std::string                              words;
    std::function<bool(const std::string &)> matches;
  };

  /** What stands between separators, trimmed; nothing between two or at an end is an empty item. */
  std::vector<std::string>
  split_items(const std::string &text, const char separator);

  /** Is the text a decimal number in the range of normal ones? */
  bool
  is_number(const std::string &text);

  /** A number; only finite ones match. */
  ValuePattern
  number_pattern(const Range &range);

  /** Numbers separated by ','; may be empty. */
  ValuePattern
  list_pattern(const Range &range);

  /** Points separated by ';', each a list of numbers; may be empty. */
  ValuePattern
  table_pattern(const Range &range);

  ValuePattern
  choice_pattern(const std::vector<Choice> &choices);

  ValuePattern
  boolean_pattern();

  /** Any text that is not empty; the words say what it stands for. */
  ValuePattern
  text_pattern(const std::string &words);

  /** A value as it stands in a parameter file. */
  template <typename T>
  std::string
  to_text(const T &value)
  {
    std::ostringstream text;
    text << std::boolalpha << value;
    return text.str();
  }

  /** Between the items of a list of numbers, or of a list of lists. */
  template <typename T>
  constexpr char separator_of = std::is_arithmetic_v<T> ? ',' : ';';

  template <typename T>
  std::string
  to_text(const std::vector<T> &values)
  {
    std::string text;
    for (const T &value : values)
      text += (text.empty() ? "" : std::string{separator_of<T>, ' '}) + to_text(value);
    return text;
  }

  /** The value of a text that matches. */
  template <typename T>
  void
  read_text(const std::string &text, T &value)
  {
    if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) // 1e3 is an integer as well
      {
        double number = 0.;
        std::istringstream(text) >> number;
        value = static_cast<T>(number);
      }
    else
      std::istringstream(text) >> std::boolalpha >> value;
  }

  inline void
  read_text(const std::string &text, std::string &value)
  {
    value = text;
  }

  template <typename T>
  void
  read_text(const std::string &text, std::vector<T> &values)
  {
    values.clear();
    for (const std::string &item : split_items(text, separator_of<T>))
      read_text(item, values.emplace_back());
  }

  /** Throws InputError unless the value is in the range. */
  void
  check_number(const std::string &entry, const double value, const Range &range);

  /** Throws InputError unless there are `dimension` numbers, all in the range. */
  void
  check_numbers(const std::string         &entry,
                const std::vector<double> &values,
                const Range               &range,
                const unsigned int         dimension);

  /** Throws InputError unless the value is the name of a choice. */
  void
  check_choice(const std::string         &entry,
               const std::string         &value,
               const std::vector<Choice> &choices);
} // namespace dynkin

#endif
