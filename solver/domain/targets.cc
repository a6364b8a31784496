// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "domain/targets.h"

#include <algorithm>
#include <stdexcept>

#include "domain/box.h"
#include "domain/domain_parameters.h"
#include "model/formula.h"
#include "model/formula_list.h"
#include "utilities/entry_values.h"
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

    std::string
    description_of(const Shape &whole, const std::vector<Target> &targets)
    {
      std::string text = whole.description;
      for (const Target &target : targets)
        text += (text == whole.description ? " without |v - (" : ", |v - (") +
                to_text(target.center) + ")| <= " + to_text(target.radius);
      return text;
    }

    std::vector<std::string>
    walls_of(const Shape &whole, const std::vector<Target> &targets)
    {
      std::vector<std::string> names = whole.wall_names;
      for (unsigned int k = 0; k < targets.size(); ++k)
        names.push_back(target_name(k));
      return names;
    }

    /** Its walls between `left` and `right`, by the names of the part; unknown ones stay. */
    std::string
    exit_set_of_part(const DomainParameters &domain,
                     const std::string      &left,
                     const std::string      &right)
    {
      const auto  names = domain.shape->wall_names;
      const auto  ids   = domain.shape->wall_ids();
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
    return euclidean_distance(point, center) - radius;
  }

  std::vector<Target>
  read_targets(const std::string &text, const unsigned int dimension)
  {
    std::vector<Target> targets;
    for (const std::string &item : split_formulas(text, ';'))
      targets.push_back(read_target(item, dimension));
    return targets;
  }

  std::string
  target_name(const unsigned int k)
  {
    return "target " + std::to_string(k + 1);
  }

  ShapeWithTargets::ShapeWithTargets(const std::shared_ptr<const Shape> &whole,
                                     const std::vector<Target>          &targets)
    : Shape(whole->name + " with targets",
            description_of(*whole, targets),
            walls_of(*whole, targets),
            whole->center)
    , whole(whole)
    , targets(targets)
  {
    for (unsigned int k = 0; k < targets.size(); ++k)
      {
        if (!(whole->distance_to_wall(targets[k].center).value() - targets[k].radius >
              room * targets[k].radius))
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

  bool
  ShapeWithTargets::is_outside(const unsigned int k, const std::vector<double> &point) const
  {
    return targets[k].distance(point) >= -rounding * targets[k].radius;
  }

  bool
  ShapeWithTargets::contains(const std::vector<double> &point) const
  {
    bool is_inside = whole->contains(point);
    for (unsigned int k = 0; k < targets.size(); ++k)
      is_inside = is_inside && is_outside(k, point);
    return is_inside;
  }

  bool
  ShapeWithTargets::has_opposite_walls() const
  {
    return whole->has_opposite_walls() && targets.front().center.size() > 1;
  }

  std::shared_ptr<const Shape>
  cut_targets(const std::shared_ptr<const Shape> &whole,
              const std::string                  &targets,
              const unsigned int                  dimension)
  {
    if (!whole->distance_to_wall(std::vector<double>(dimension)) || dimension > 3)
      throw InputError(entry,
                       "needs Domain/shape = interval, box, ball or annulus, in dimensions 1 to "
                       "3; holes of other shapes need a mesh file");
    return std::make_shared<ShapeWithTargets>(whole, read_targets(targets, dimension));
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
    const auto                        &with_targets = *domain.shape->as<ShapeWithTargets>();
    const auto                        &whole        = *with_targets.whole->as<Box>();
    for (const Target &target : with_targets.targets)
      {
        const std::string name = target_name(obstacles.size());
        obstacles.push_back(
          {{target.center[0] - target.radius, name}, {target.center[0] + target.radius, name}});
      }
    std::sort(obstacles.begin(), obstacles.end(), [](const auto &a, const auto &b) {
      return a.first.x < b.first.x;
    });
    obstacles.push_back({{whole.upper[0], "right"}, {}});
    Wall left = {whole.lower[0], "left"};
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
            domain.walls     = {{"left", walls.at(left.name)}, {"right", walls.at(right.name)}};
            domain.part_of_domain = "the part with the points, its left wall is " + left.name +
                                    ", its right wall " + right.name;
            domain.shape = whole.with_ends({left.x}, {right.x});
            return;
          }
        left = next;
      }
    throw InputError("Quantities/points",
                     "needs points between the same two targets, or target and wall: no path "
                     "passes a target in dimension 1; run one part after the other");
  }
} // namespace dynkin
