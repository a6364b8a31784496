// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "domain/box.h"

#include <algorithm>
#include <limits>

#include "domain/domain_parameters.h"
#include "utilities/entry_values.h"
#include "utilities/exceptions.h"

namespace dynkin
{
  namespace
  {
    std::vector<std::string>
    walls_of_box(const std::size_t dimension)
    {
      std::vector<std::string> names = {"left", "right", "bottom", "top", "back", "front"};
      for (std::size_t i = 3; i < dimension; ++i)
        for (const char *side : {"lower ", "upper "})
          names.push_back(side + std::to_string(i + 1));
      names.resize(2 * dimension);
      return names;
    }
  } // namespace

  Box::Box(const std::vector<double> &lower,
           const std::vector<double> &upper,
           const std::string         &name)
    : Shape(name,
            name + " (" + to_text(lower) + ") < v < (" + to_text(upper) + ")",
            walls_of_box(lower.size()))
    , lower(lower)
    , upper(upper)
  {
  }

  std::shared_ptr<const Shape>
  Box::create(const DomainParameters &domain, const unsigned int dimension)
  {
    check_numbers("Domain/lower", domain.lower, Ranges::any, dimension);
    check_numbers("Domain/upper", domain.upper, Ranges::any, dimension);
    for (unsigned int i = 0; i < dimension; ++i)
      if (!Ranges::positive.contains(domain.upper[i] - domain.lower[i]))
        throw InputError("Domain/upper",
                         "needs numbers > Domain/lower, but number " + std::to_string(i + 1) +
                           " is not");
    return std::make_shared<Box>(domain.lower, domain.upper, domain.shape_name);
  }

  std::shared_ptr<const Box>
  Box::with_ends(const std::vector<double> &lower, const std::vector<double> &upper) const
  {
    return std::make_shared<Box>(lower, upper, name);
  }

  bool
  Box::contains(const std::vector<double> &point) const
  {
    for (std::size_t i = 0; i < point.size(); ++i)
      {
        const double slack = rounding * (upper[i] - lower[i]);
        if (!(point[i] >= lower[i] - slack && point[i] <= upper[i] + slack))
          return false;
      }
    return true;
  }

  std::optional<double>
  Box::distance_to_wall(const std::vector<double> &point) const
  {
    double least = std::numeric_limits<double>::max();
    for (std::size_t i = 0; i < point.size(); ++i)
      least = std::min({least, point[i] - lower[i], upper[i] - point[i]});
    return least;
  }

  bool
  Box::is_even_about(const std::vector<double> &point) const
  {
    for (std::size_t i = 0; i < point.size(); ++i)
      if (upper[i] - point[i] != point[i] - lower[i])
        return false;
    return true;
  }
} // namespace dynkin
