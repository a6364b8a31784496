// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_formula_words_h
#define dynkin_model_formula_words_h

#include <initializer_list>
#include <map>
#include <string>

namespace dynkin
{
  namespace formulas
  {
    /** Walks through the numbers, names and operators of a text. */
    class Words
    {
    public:
      /** At the first word. */
      explicit Words(const std::string &text);

      void
      next();

      /** Empty at the end of the text. */
      const std::string &
      word() const;

      bool
      is_in(const std::initializer_list<const char *> words) const;

      bool
      is_number() const;

      bool
      is_name() const;

      /** Throws std::invalid_argument: "'text' cannot be read ...: 'word' at position 3 <sentence>". */
      [[noreturn]] void
      fail(const std::string &sentence) const;

      /** The text ends where something else is needed. */
      [[noreturn]] void
      fail_at_end(const std::string &missing) const;

      /** The word follows a complete expression, but does not continue it. */
      [[noreturn]] void
      fail_as_unexpected() const;

      /** The word is a coordinate that this dimension does not have. */
      [[noreturn]] void
      fail_as_coordinate(const unsigned int dimension) const;

      /** The word is none of coordinates, constants and functions. */
      [[noreturn]] void
      fail_as_unknown(const unsigned int                   dimension,
                      const std::map<std::string, double> &constants) const;

    private:
      void
      end_of_number();

      void
      end_of_operator();

      std::string text, current;
      std::size_t begin = 0, end = 0; // of the current word
    };
  } // namespace formulas
} // namespace dynkin

#endif
