// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_utilities_result_h
#define dynkin_utilities_result_h

#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace dynkin
{
  /** A number and the estimate of its error; of a size that doubles need not hold. */
  struct Number
  {
    long double value = 0.L;
    long double error = 0.L; // estimate, absolute, in the unit of the value

    static Number
    with_relative_error(const long double value, const double relative_error);

    /** Of the error; infinite for a 0 that is not exact. */
    double
    relative_error() const;

    double
    log10() const;

    /** Is the value within the range of doubles? */
    bool
    fits() const;
  };

  /**
   * What is told of something: nothing, a yes or no, a number, a text, a list of such things, or things
   * by name in the order in which they were put in. A double that is not finite is nothing.
   */
  class Record
  {
  public:
    using List  = std::vector<Record>;
    using Named = std::vector<std::pair<std::string, Record>>;

    Record(std::nullptr_t = nullptr) {}
    Record(const bool yes)
      : content(yes)
    {
    }
    Record(const double number);
    template <
      typename Integer,
      typename = std::enable_if_t<std::is_integral_v<Integer> && !std::is_same_v<Integer, bool>>>
    Record(const Integer number)
      : content(static_cast<long long>(number))
    {
    }
    Record(const std::string &text)
      : content(text)
    {
    }
    Record(const char *text)
      : content(std::string(text))
    {
    }
    template <typename T>
    Record(const std::vector<T> &list)
      : content(List(list.begin(), list.end()))
    {
    }
    Record(const std::initializer_list<std::pair<std::string, Record>> named)
      : content(Named(named))
    {
    }

    template <typename T>
    Record(const std::optional<T> &known)
    {
      if (known)
        *this = Record(*known);
    }

    static Record
    list()
    {
      return Record(List());
    }

    static Record
    named()
    {
      Record record;
      record.content = Named();
      return record;
    }

    /** The thing of this name, added if there is none. */
    Record &
    operator[](const std::string &name);

    /** Number k of a list, from 0. */
    Record &
    item(const std::size_t k)
    {
      return std::get<List>(content).at(k);
    }

    /** The thing of this name, or nullptr. */
    const Record *
    find(const std::string &name) const;

    /** To the end of a list. */
    void
    add(Record item);

    /** All that the other one has by name, in place of what has the name here. */
    void
    update(const Record &other);

    /**
     * Under `name` the value, nothing where it is larger than doubles are, and "error estimate" and "relative error
     * estimate", with "log10" where doubles do not hold the value. The others that a record has beside its main number
     * have "error estimate of the `name`".
     */
    void
    put(const std::string &name, const Number &number);

    void
    put_also(const std::string &name, const Number &number);

    bool
    is_nothing() const
    {
      return std::holds_alternative<std::nullptr_t>(content);
    }

    /** The thing itself, if it is one of this kind: bool, long long, double, std::string, List, Named; else nullptr. */
    template <typename T>
    const T *
    as() const
    {
      return std::get_if<T>(&content);
    }

    /** A double; NaN if it is none. */
    double
    number() const
    {
      const double *x = as<double>();
      return x == nullptr ? std::numeric_limits<double>::quiet_NaN() : *x;
    }

    template <typename Visitor>
    auto
    visit(const Visitor &visitor) const
    {
      return std::visit(visitor, content);
    }

  private:
    void
    put(const std::string &name, const Number &number, const std::string &suffix);

    std::variant<std::nullptr_t, bool, long long, double, std::string, List, Named> content;
  };

  /** Numbers in rows, for a file beside results.json; each row as long as `columns`. */
  struct Table
  {
    std::string                      name; // of the file, without folder and ending
    std::vector<std::string>         columns;
    std::vector<std::vector<double>> rows = {};
  };

  /** What a person reads: "label   text". */
  struct LogLine
  {
    std::string label, text;
  };

  /** All that is told of something: for results.json, for a person, and in tables. */
  struct Result
  {
    Record               numbers   = Record::named();
    std::vector<LogLine> lines     = {};
    std::vector<Table>   tables    = {};
    std::string          objection = {}; // why it is not to be trusted; else empty

    void
    tell(const std::string &label, const std::string &text);

    /** `entry.put(name, number)`, and the line "symbol   where   number". */
    void
    quantity(Record            &entry,
             const std::string &name,
             const Number      &number,
             const std::string &symbol,
             const std::string &where);

    /** Adds the lines and tables of the other one, and its numbers to `record`. */
    void
    include(const Result &other, Record &record);
  };

  /** "2.376254830973   +- 1e-11", or "10^431.2, relative error 1e-12" of one that doubles do not hold. */
  std::string
  in_words(const Number &number);
} // namespace dynkin

#endif
