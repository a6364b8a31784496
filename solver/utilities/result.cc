// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "utilities/result.h"

#include "utilities/log.h"

#include <cmath>

namespace dynkin
{
  Number
  Number::with_relative_error(const long double value, const double relative_error)
  {
    return {value, std::abs(value) * relative_error};
  }

  double
  Number::relative_error() const
  {
    return error == 0.L ? 0. : static_cast<double>(error / std::abs(value));
  }

  double
  Number::log10() const
  {
    return static_cast<double>(std::log10(value));
  }

  bool
  Number::fits() const
  {
    const double rounded = static_cast<double>(value);
    return std::isfinite(rounded) && (rounded != 0. || value == 0.L);
  }

  Record::Record(const double number)
  {
    if (std::isfinite(number))
      content = number;
  }

  Record &
  Record::operator[](const std::string &name)
  {
    if (is_nothing())
      content = Named();
    Named &all = std::get<Named>(content);
    for (auto &[key, item] : all)
      if (key == name)
        return item;
    all.emplace_back(name, nullptr);
    return all.back().second;
  }

  const Record *
  Record::find(const std::string &name) const
  {
    if (const Named *all = std::get_if<Named>(&content))
      for (const auto &[key, item] : *all)
        if (key == name)
          return &item;
    return nullptr;
  }

  void
  Record::add(Record item)
  {
    std::get<List>(content).push_back(std::move(item));
  }

  void
  Record::update(const Record &other)
  {
    for (const auto &[key, item] : std::get<Named>(other.content))
      (*this)[key] = item;
  }

  void
  Record::put(const std::string &name, const Number &number)
  {
    put(name, number, "");
  }

  void
  Record::put_also(const std::string &name, const Number &number)
  {
    put(name, number, " of the " + name);
  }

  void
  Record::put(const std::string &name, const Number &number, const std::string &suffix)
  {
    (*this)[name] = static_cast<double>(number.value);
    if (!number.fits())
      (*this)["log10" + suffix] = number.log10();
    (*this)["error estimate" + suffix]          = static_cast<double>(number.error);
    (*this)["relative error estimate" + suffix] = number.relative_error();
  }

  void
  Result::tell(const std::string &label, const std::string &text)
  {
    lines.push_back({label, text});
  }

  void
  Result::quantity(Record            &entry,
                   const std::string &name,
                   const Number      &number,
                   const std::string &symbol,
                   const std::string &where)
  {
    entry.put(name, number);
    tell(symbol, where + in_words(number));
  }

  void
  Result::include(const Result &other, Record &record)
  {
    record.update(other.numbers);
    lines.insert(lines.end(), other.lines.begin(), other.lines.end());
    tables.insert(tables.end(), other.tables.begin(), other.tables.end());
  }

  std::string
  in_words(const Number &number)
  {
    return number.fits()
             ? with_error(static_cast<double>(number.value), static_cast<double>(number.error))
             : power_with_error(number.log10(), number.relative_error());
  }
} // namespace dynkin
