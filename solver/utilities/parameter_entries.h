// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_utilities_parameter_entries_h
#define dynkin_utilities_parameter_entries_h

#include <deal.II/base/parameter_handler.h>
#include <deal.II/base/patterns.h>

#include <functional>
#include <limits>
#include <string>
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
  class ValuePattern : public dealii::Patterns::PatternBase
  {
  public:
    ValuePattern(const std::string &words, const std::function<bool(const std::string &)> &allows);

    bool
    match(const std::string &text) const override;

    /** The words, whatever the style. */
    std::string
    description(const OutputStyle style = Machine) const override;

    std::unique_ptr<dealii::Patterns::PatternBase>
    clone() const override;

  private:
    std::string                              words;
    std::function<bool(const std::string &)> allows;
  };

  /** What stands between separators, trimmed; nothing between two or at an end is an empty item. */
  std::vector<std::string>
  split_items(const std::string &text, const char separator);

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

  /** Declares an entry; with an empty default, an empty text means "not set". */
  void
  declare_entry(dealii::ParameterHandler &prm,
                const std::string        &name,
                const std::string        &default_text,
                const std::string        &help,
                const ValuePattern       &pattern);

  /**
   * Declares an entry that is stored in `value`, whose present value is the
   * default. A present value that the pattern does not allow (a learning rate
   * of 0, an empty name) means that there is no default.
   */
  template <typename T>
  void
  add_entry(dealii::ParameterHandler &prm,
            const std::string        &name,
            T                        &value,
            const std::string        &help,
            const ValuePattern       &pattern)
  {
    using Convert             = dealii::Patterns::Tools::Convert<T>;
    const std::string initial = Convert::to_string(value);
    declare_entry(prm, name, pattern.match(initial) ? initial : "", help, pattern);
    prm.add_action(name, [&value](const std::string &text) {
      if (!text.empty())
        value = Convert::to_value(text);
    });
  }

  /** An entry that is one of several names; the help gets a line "- name: help" for each. */
  void
  add_entry(dealii::ParameterHandler  &prm,
            const std::string         &name,
            std::string               &value,
            const std::string         &help,
            const std::vector<Choice> &choices);

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
