// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "problem/point_values.h"

#include "utilities/log.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace dynkin
{
  namespace
  {
    /** What is not a number is larger than any. */
    double
    size(const double estimate)
    {
      return std::isnan(estimate) ? std::numeric_limits<double>::infinity() : estimate;
    }

    bool
    is_less(const PointValue &a, const PointValue &b)
    {
      return size(a.largest) < size(b.largest);
    }
  } // namespace

  void
  PointValues::add(const std::vector<double> &point, const Number &number)
  {
    list.push_back({point, number, number.relative_error(), false});
  }

  void
  PointValues::add_zero(const std::vector<double> &point,
                        const long double          value,
                        const double               estimate,
                        const long double          scale)
  {
    list.push_back({point, {value, scale * estimate}, estimate, true});
  }

  void
  PointValues::include(const PointValues &other)
  {
    for (std::size_t k = 0; k < list.size(); ++k)
      if (other.list[k].largest > list[k].largest)
        {
          list[k].largest     = other.list[k].largest;
          list[k].is_absolute = other.list[k].is_absolute;
        }
  }

  void
  PointValues::include(const unsigned int k, const double relative_estimate)
  {
    list[k].largest = std::max(list[k].largest, relative_estimate);
  }

  void
  PointValues::enlarge(const double factor, const double added)
  {
    for (PointValue &value : list)
      {
        const double before = value.largest;
        value.largest       = factor * before + added;
        if (!value.is_absolute)
          value.number.error = factor * value.number.error + added * std::abs(value.number.value);
        else if (before > 0.)
          value.number.error *= value.largest / before;
      }
    field_estimate = factor * field_estimate + added;
  }

  void
  raise_smaller_ones(std::vector<double> &estimates)
  {
    constexpr double share   = 0.5;
    const double     largest = *std::max_element(estimates.begin(), estimates.end());
    for (double &estimate : estimates)
      estimate = std::max(estimate, share * largest);
  }

  void
  PointValues::raise_smaller_ones()
  {
    std::vector<double> estimates;
    for (const PointValue &value : list)
      estimates.push_back(value.largest);
    dynkin::raise_smaller_ones(estimates);
    for (std::size_t k = 0; k < list.size(); ++k)
      {
        if (list[k].largest > 0.)
          list[k].number.error *= estimates[k] / list[k].largest;
        list[k].largest = estimates[k];
      }
  }

  double
  PointValues::largest_estimate() const
  {
    return std::max(size(field_estimate),
                    size(std::max_element(list.begin(), list.end(), is_less)->largest));
  }

  std::string
  PointValues::largest_in_words() const
  {
    const auto largest     = std::max_element(list.begin(), list.end(), is_less);
    const bool is_absolute = largest->largest > field_estimate && largest->is_absolute;
    const bool is_at_point = size(largest->largest) >= size(field_estimate);
    return std::string("the largest ") + (is_absolute ? "absolute" : "relative") +
           " error estimate is " + format_number(largest_estimate(), 2) +
           (is_at_point && list.size() > 1 ? " " + point_in_words(largest->point) : "");
  }

  void
  report_values(Result            &result,
                Record            &record,
                const std::string &key,
                const std::string &symbol,
                const PointValues &values)
  {
    Record list = Record::list();
    for (const PointValue &value : values.list)
      {
        Record entry = {{"point", value.point}};
        result.quantity(entry, "value", value.number, symbol, point_in_words(value.point) + "   ");
        list.add(entry);
      }
    record[key] = list;
  }
} // namespace dynkin
