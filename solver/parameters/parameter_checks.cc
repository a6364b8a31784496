// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "parameters/parameter_checks.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "domain/targets.h"
#include "model/groups.h"
#include "theory/moments/group_moments.h"
#include "utilities/exceptions.h"
#include "utilities/log.h"

namespace dynkin
{
  void
  check_walls(const DomainParameters &domain, const ProblemKind &problem, const bool kills)
  {
    const bool ends = domain.absorbs() || (kills && !problem.is_place);
    if (problem.is_exit && !ends)
      throw InputError("Domain/boundary",
                       "needs at least one absorbing wall for problem = " + problem.name +
                         " (nothing ever leaves through reflecting walls)");
    if (problem.is_density && domain.absorbs())
      throw InputError("Domain/boundary",
                       "needs reflecting or periodic walls only for problem = " + problem.name +
                         " (everything would leave through an absorbing wall)");
  }

  void
  check_killing(const ModelParameters &model, const ProblemKind &problem)
  {
    if (model.kills() && problem.killed_equation.empty())
      throw InputError("Model/killing rate",
                       "needs 0 for problem = " + problem.name + problem.without_killing);
  }

  void
  check_exit_set(const DomainParameters &domain, const unsigned int dimension)
  {
    const bool is_interval = dimension == 1 && domain.shape->is_bounded();
    if (!domain.exit_set.empty() &&
        !(is_interval && (domain.exit_set == "left" || domain.exit_set == "right")))
      throw InputError("Domain/exit set", "needs left or right, and an interval");
  }

  void
  check_domain_without_mesh(const DomainParameters &domain, const std::string &problem)
  {
    const std::string of_problem = " for problem = " + problem;
    if (!domain.targets.empty())
      throw InputError("Domain/targets", "has no meaning" + of_problem + ", so far");
    if (!domain.shape->is_bounded())
      throw InputError("Domain/shape", "needs a bounded shape" + of_problem);
    if (!domain.shape->knows_what_it_contains())
      throw InputError("Domain/shape",
                       "needs an interval, box, ball, ellipsoid or annulus" + of_problem);
    if (!domain.periodic_axes().empty())
      throw InputError("Domain/boundary", "needs walls that are not periodic" + of_problem);
  }

  void
  require_absorbing_walls(const DomainParameters &domain, const std::string &what)
  {
    for (const auto &[wall, kind] : domain.walls)
      if (kind != BoundaryKind::absorbing)
        throw InputError("Domain/boundary", "needs absorbing walls only for " + what + ", so far");
  }

  void
  check_path_walls(const Parameters &parameters)
  {
    if (!parameters.model.group_sizes.empty())
      require_absorbing_walls(parameters.domain, "paths of radii");
    else if (parameters.monte_carlo.process == "sgd")
      require_absorbing_walls(parameters.domain, "Monte Carlo/process = sgd");
  }

  void
  check_distances(const Parameters &parameters)
  {
    constexpr double  near  = 0.1; // of the length scale
    const WholeSpace &space = parameters.domain.whole_space;
    if (parameters.quantities.distances.empty() || parameters.dimension == 1 ||
        space.center.empty())
      return;
    if (euclidean_distance(space.center, parameters.quantities.center) > near * space.scale[0][0])
      throw InputError("Model/center",
                       "needs to be near (" + to_text(space.center) +
                         "), about which the density lies, for Quantities/distances: they are "
                         "distances from it");
  }

  unsigned int
  number_of_groups(const Parameters &parameters)
  {
    constexpr double           rounding = 1e-12;
    const std::vector<double> &sizes    = parameters.model.group_sizes;
    const double               d        = std::accumulate(sizes.begin(), sizes.end(), 0.);
    if (parameters.dimension != 0 && std::abs(parameters.dimension - d) > rounding * d)
      throw InputError("dimension",
                       "needs the sum of Model/group sizes, " + format_number(d, 15) +
                         ", or to be left out");
    if (sizes.size() > 3 && !parameters.kind->is_theory())
      throw InputError("Model/group sizes",
                       "needs at most 3 groups for a mesh or paths in their radii, but has " +
                         std::to_string(sizes.size()));
    return sizes.size();
  }

  std::vector<double>
  typical_radii(const Parameters &parameters)
  {
    const GroupCoefficients of(parameters.model);
    std::vector<double>     radii = GroupMoments(parameters.model).mean_squares();
    for (unsigned int k = 0; k < radii.size(); ++k)
      radii[k] = std::sqrt(std::isfinite(radii[k]) ? radii[k] : of.sizes[k] * of.variance(k));
    while (!parameters.domain.shape->contains(radii))
      for (double &r : radii)
        r *= 0.5;
    return radii;
  }

  void
  check_groups(const Parameters &parameters)
  {
    const ModelParameters    &model   = parameters.model;
    const DomainParameters   &domain  = parameters.domain;
    const ProblemKind        &problem = *parameters.kind;
    const std::vector<double> origin(parameters.dimension, 0.);
    if (!model.kind().radial_growth())
      throw InputError(
        "Model/group sizes",
        "needs a model that is the same in all directions of a group, else radii are "
        "no process of their own: coupled or linear regression with diagonal "
        "matrices, decoupled with rho = 0");
    if (model.center != origin)
      throw InputError("Model/center",
                       "needs to be left out with Model/group sizes: radii are "
                       "distances from it");
    if (problem.has_start)
      throw InputError("Model/group sizes",
                       "needs another problem than " + problem.name + ", so far");
    if (problem.is_density && are_many(model.group_sizes))
      throw InputError(
        "Model/group sizes",
        "needs at most 40 coordinates beside the radii for problem = " + problem.name +
          ": the density of more underflows; problem = theory has the "
          "moments of any number");
    if (!domain.shape->is_even_about(origin) ||
        (parameters.dimension > 1 && domain.shape->has_opposite_walls()))
      throw InputError("Domain/shape",
                       "needs a ball or an ellipsoid along the axes, about the origin, with "
                       "Model/group sizes: a domain of radii");
    if (domain.symmetry != "auto")
      throw InputError("Domain/symmetry",
                       "needs auto with Model/group sizes: radii are not negative");
    for (const std::vector<double> &point : parameters.quantities.points)
      if (std::any_of(point.begin(), point.end(), [](const double r) { return r < 0.; }))
        throw InputError("Quantities/points", "needs radii >= 0 with Model/group sizes");
  }

  void
  check_mini_batches(const Parameters &parameters)
  {
    constexpr double       largest = 1e6; // cost, and rounding of gamma functions
    const ModelParameters &model   = parameters.model;
    if (!parameters.chain.is_mini_batch())
      return;
    if (&model.kind() != &model.linear_regression)
      throw InputError("Discrete chain/noise",
                       "needs gaussian, or Model/type = linear regression, whose mini-batches "
                       "are known");
    if (model.linear_regression.batch_size > largest)
      throw InputError("Model/linear regression/batch size",
                       "needs an integer from 1 to 1e6 for Discrete chain/noise = mini-batch");
    for (const double d : model.group_sizes)
      if (d != std::round(d) || d > largest)
        throw InputError("Model/group sizes",
                         "needs an integer from 1 to 1e6 for Discrete chain/noise = mini-batch, "
                         "samples have so many coordinates");
    for (const auto &[wall, kind] : parameters.domain.walls)
      if (kind != BoundaryKind::absorbing && !(wall == "left" && !model.group_sizes.empty()))
        throw InputError("Domain/boundary",
                         "needs absorbing walls for Discrete chain/noise = mini-batch");
  }

  void
  check_points(const std::vector<std::vector<double>> &points, const Parameters &parameters)
  {
    const std::string d     = std::to_string(parameters.dimension);
    const Shape      &shape = *parameters.domain.shape;
    for (unsigned int i = 0; i < points.size(); ++i)
      {
        const std::string point = "point " + std::to_string(i + 1);
        if (points[i].size() != parameters.dimension)
          throw InputError("Quantities/points",
                           "needs " + d + " numbers per point (dimension = " + d +
                             ") and ';' between points, but " + point + " has " +
                             std::to_string(points[i].size()));
        if (const auto *with_targets = shape.as<ShapeWithTargets>())
          for (unsigned int k = 0; k < with_targets->targets.size(); ++k)
            if (!with_targets->is_outside(k, points[i]))
              throw InputError("Quantities/points",
                               "needs points outside the targets, but " + point + " is inside " +
                                 target_name(k));
        if (!shape.contains(points[i]))
          throw InputError("Quantities/points",
                           "needs points inside the closed domain, but " + point +
                             " is outside the " + shape.name +
                             (parameters.domain.is_cut_whole_space
                                ? " to which the whole space is cut: the density is as good as 0"
                                : ""));
      }
  }
} // namespace dynkin
