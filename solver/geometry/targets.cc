// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "geometry/targets.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "geometry/domain_parameters.h"
#include "model/formula.h"
#include "model/formula_list.h"
#include "utilities/exceptions.h"

namespace dynkin
{
  namespace
  {
    const std::string entry = "Domain/targets";
    constexpr double  room  = 1e-9; // between walls, of the smaller radius

    [[noreturn]] void
    fail(const std::string &item, const unsigned int dimension)
    {
      std::string numbers = "0.3";
      for (unsigned int i = 1; i < dimension; ++i)
        numbers += ", 0";
      throw InputError(entry,
                       "needs targets 'ball " + numbers + " radius 0.1'" +
                         (dimension == 1 ? " or 'interval 0.2, 0.3'" : "") +
                         " separated by ';' (dimension = " + std::to_string(dimension) +
                         "), but '" + item + "' is none");
    }

    std::vector<double>
    read_numbers(const std::string &text)
    {
      std::vector<double> numbers;
      for (const std::string &item : split_formulas(text, ','))
        numbers.push_back(constant_value(item, {}));
      return numbers;
    }

    Target
    read_target(const std::string &item, const unsigned int dimension)
    {
      const std::string ball = "ball ", interval = "interval ", radius = " radius ";
      const std::size_t end = item.find(radius);
      try
        {
          if (item.rfind(ball, 0) == 0 && end != std::string::npos)
            {
              const Target target = {read_numbers(item.substr(ball.size(), end - ball.size())),
                                     constant_value(item.substr(end + radius.size()), {})};
              if (target.center.size() == dimension && target.radius > 0.)
                return target;
            }
          else if (item.rfind(interval, 0) == 0 && dimension == 1)
            {
              const std::vector<double> ends = read_numbers(item.substr(interval.size()));
              if (ends.size() == 2 && ends[0] < ends[1])
                return {{0.5 * (ends[0] + ends[1])}, 0.5 * (ends[1] - ends[0])};
            }
        }
      catch (const std::invalid_argument &)
        {
          // said below
        }
      fail(item, dimension);
    }

    /** Distance from the target to the wall of the domain, < 0 if they meet. */
    double
    distance_to_wall(const Target &target, const DomainParameters &domain)
    {
      if (!domain.lower.empty())
        {
          double least = std::numeric_limits<double>::max();
          for (std::size_t i = 0; i < target.center.size(); ++i)
            least = std::min(
              {least, target.center[i] - domain.lower[i], domain.upper[i] - target.center[i]});
          return least - target.radius;
        }
      const double from_center = Target{domain.center, 0.}.distance(target.center);
      if (domain.radius > 0.)
        return domain.radius - from_center - target.radius;
      return std::min(domain.outer_radius - from_center, from_center - domain.inner_radius) -
             target.radius;
    }
    /** Its walls between `left` and `right`, by the names of the part; unknown ones stay. */
    std::string
    exit_set_of_part(const DomainParameters &domain,
                     const std::string      &left,
                     const std::string      &right)
    {
      const auto  names = domain.wall_names(1);
      const auto  ids   = domain.wall_ids(1);
      std::string set;
      for (std::string wall : split_formulas(domain.exit_set, ','))
        {
          for (unsigned int k = 0; k < names.size(); ++k)
            if (wall == std::to_string(ids[k]))
              wall = names[k];
          const bool is_known = std::find(names.begin(), names.end(), wall) != names.end();
          for (const std::string &name : {std::string(wall == left ? "left" : ""),
                                          std::string(wall == right ? "right" : ""),
                                          is_known ? std::string() : wall})
            if (!name.empty())
              set += (set.empty() ? "" : ", ") + name;
        }
      if (set.empty() && !domain.exit_set.empty())
        throw InputError("Domain/exit set",
                         "needs a wall that can be reached from the points: " + left + " or " +
                           right);
      return set;
    }
  } // namespace

  double
  Target::distance(const std::vector<double> &point) const
  {
    double sum = 0.;
    for (std::size_t i = 0; i < center.size(); ++i)
      sum = std::hypot(sum, point[i] - center[i]);
    return sum - radius;
  }

  std::vector<Target>
  read_targets(const std::string &text, const unsigned int dimension)
  {
    std::vector<Target> targets;
    for (const std::string &item : split_formulas(text, ';'))
      targets.push_back(read_target(item, dimension));
    return targets;
  }

  void
  check_targets(const DomainParameters &domain)
  {
    const std::vector<Target> &targets = domain.target_list;
    for (unsigned int k = 0; k < targets.size(); ++k)
      {
        if (!(distance_to_wall(targets[k], domain) > room * targets[k].radius))
          throw InputError(
            entry, "needs targets strictly inside the domain, which " + target_name(k) + " is not");
        for (unsigned int j = 0; j < k; ++j)
          if (!(targets[k].distance(targets[j].center) - targets[j].radius >
                room * std::min(targets[j].radius, targets[k].radius)))
            throw InputError(entry,
                             "needs targets apart from each other, which " + target_name(j) +
                               " and " + target_name(k) + " are not");
      }
  }

  std::string
  target_name(const unsigned int k)
  {
    return "target " + std::to_string(k + 1);
  }

  void
  keep_part_between_targets(DomainParameters                       &domain,
                            const std::vector<std::vector<double>> &points)
  {
    struct Wall
    {
      double      x;
      std::string name;
    };
    std::vector<std::pair<Wall, Wall>> obstacles; // where each begins and ends
    for (unsigned int k = 0; k < domain.target_list.size(); ++k)
      {
        const Target &target = domain.target_list[k];
        obstacles.push_back({{target.center[0] - target.radius, target_name(k)},
                             {target.center[0] + target.radius, target_name(k)}});
      }
    std::sort(obstacles.begin(), obstacles.end(), [](const auto &a, const auto &b) {
      return a.first.x < b.first.x;
    });
    obstacles.push_back({{domain.upper[0], "right"}, {}});
    Wall left = {domain.lower[0], "left"};
    for (const auto &[right, next] : obstacles)
      {
        const double rounding = 1e-12 * (right.x - left.x);
        if (std::all_of(points.begin(), points.end(), [&, right = right](const auto &point) {
              return point.size() == 1 && point[0] >= left.x - rounding &&
                     point[0] <= right.x + rounding;
            }))
          {
            domain.exit_set  = exit_set_of_part(domain, left.name, right.name);
            const auto walls = domain.walls;
            domain.lower     = {left.x};
            domain.upper     = {right.x};
            domain.walls     = {{"left", walls.at(left.name)}, {"right", walls.at(right.name)}};
            domain.part_of_domain = "the part with the points, its left wall is " + left.name +
                                    ", its right wall " + right.name;
            domain.target_list.clear();
            return;
          }
        left = next;
      }
    throw InputError("Quantities/points",
                     "needs points between the same two targets, or target and wall: no path "
                     "passes a target in dimension 1; run one part after the other");
  }
} // namespace dynkin
