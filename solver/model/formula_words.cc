// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/formula_words.h"

#include <algorithm>
#include <cctype>
#include <stdexcept>

#include "model/formula_node.h"

namespace dynkin
{
  namespace formulas
  {
    namespace
    {
      bool
      is_space(const char c)
      {
        return std::isspace(static_cast<unsigned char>(c));
      }

      bool
      is_digit(const char c)
      {
        return std::isdigit(static_cast<unsigned char>(c));
      }

      bool
      is_name_part(const char c)
      {
        return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
      }

      std::string
      coordinate_names(const unsigned int dimension)
      {
        return std::string("x, y, z").substr(0, 3 * dimension - 2);
      }
    } // namespace

    Words::Words(const std::string &text)
      : text(text)
    {
      next();
    }

    const std::string &
    Words::word() const
    {
      return current;
    }

    bool
    Words::is_in(const std::initializer_list<const char *> words) const
    {
      return std::find(words.begin(), words.end(), current) != words.end();
    }

    bool
    Words::is_number() const
    {
      return !current.empty() &&
             (is_digit(current[0]) || (current[0] == '.' && current.size() > 1));
    }

    bool
    Words::is_name() const
    {
      return !current.empty() && is_name_part(current[0]) && !is_number() &&
             !is_in({"and", "or", "not"});
    }

    void
    Words::fail(const std::string &sentence) const
    {
      throw std::invalid_argument("'" + text + "' cannot be read as a formula: '" + current +
                                  "' at position " + std::to_string(begin + 1) + " " + sentence);
    }

    void
    Words::fail_at_end(const std::string &missing) const
    {
      throw std::invalid_argument("'" + text + "' cannot be read as a formula: " + missing +
                                  " is missing at its end");
    }

    void
    Words::fail_as_unexpected() const
    {
      if (current == ")")
        fail("closes a parenthesis that is not open");
      if (current == ",")
        fail("separates arguments, but no function is open");
      if (current == "=")
        fail("is no comparison, write ==");
      if (current == "&" || current == "|")
        fail("is no operator, write " + current + current);
      if (current == "(" || current == "!" || current == "not" || is_name() || is_number())
        fail("needs an operator before it");
      fail("is not part of the language of formulas");
    }

    void
    Words::next()
    {
      begin = end;
      while (begin < text.size() && is_space(text[begin]))
        ++begin;
      end = begin;
      if (begin < text.size())
        {
          const bool is_point = text[begin] == '.' && begin + 1 < text.size();
          if (is_digit(text[begin + is_point]))
            end_of_number();
          else if (is_name_part(text[begin]))
            while (end < text.size() && is_name_part(text[end]))
              ++end;
          else
            end_of_operator();
        }
      current = text.substr(begin, end - begin);
    }

    void
    Words::end_of_number()
    {
      const auto skip_digits = [this]() {
        while (end < text.size() && is_digit(text[end]))
          ++end;
      };
      skip_digits();
      if (end < text.size() && text[end] == '.')
        ++end;
      skip_digits();
      if (end < text.size() && (text[end] == 'e' || text[end] == 'E'))
        {
          std::size_t exponent = end + 1;
          if (exponent < text.size() && (text[exponent] == '+' || text[exponent] == '-'))
            ++exponent;
          if (exponent < text.size() && is_digit(text[exponent]))
            {
              end = exponent;
              skip_digits();
            }
        }
    }

    void
    Words::end_of_operator()
    {
      for (const char *pair : {"<=", ">=", "==", "!=", "&&", "||", "**"})
        if (text.compare(begin, 2, pair) == 0)
          {
            end = begin + 2;
            return;
          }
      ++end; // a character of several bytes in UTF-8 stays whole
      while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        ++end;
    }

    void
    Words::fail_as_coordinate(const unsigned int dimension) const
    {
      if (dimension == 0)
        fail("is a coordinate, but only numbers and constants are known here");
      fail("is not known in dimension " + std::to_string(dimension) + ", where there " +
           (dimension == 1 ? "is" : "are") + " only " + coordinate_names(dimension));
    }

    void
    Words::fail_as_unknown(const unsigned int                   dimension,
                           const std::map<std::string, double> &constants) const
    {
      if (is_in({"t", "time"}))
        fail("is not known: nothing may depend on time; freeze it as a constant, average over it, "
             "or give the phase of a periodic force a coordinate of its own with a little noise");
      std::string names = dimension > 0 ? coordinate_names(dimension) + "; " : "";
      names += "the constants ";
      for (const auto &constant : constants)
        names += constant.first + ", ";
      names += "pi; the functions ";
      for (const FunctionName &known : function_names())
        names += (&known == &function_names().front() ? "" : ", ") + known.name;
      fail("is not known; known are " + names);
    }
  } // namespace formulas
} // namespace dynkin
