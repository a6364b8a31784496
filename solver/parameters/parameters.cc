// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "parameters/parameters.h"

#include "theory/density/group_tail_index.h"
#include "theory/density/whole_space_map.h"

#include <algorithm>

#include "domain/shape_table.h"
#include "domain/symmetry.h"
#include "domain/targets.h"
#include "parameters/parameter_checks.h"
#include "parameters/rewards.h"
#include "utilities/entry_table.h"
#include "utilities/exceptions.h"

namespace dynkin
{
  namespace
  {
    const Range any_dimension    = Ranges::integers(1, 1e9);
    const Range theory_dimension = Ranges::integers(1, 500);
    const Range mesh_dimension   = Ranges::integers(1, 3);
    const Range moment_counts    = Ranges::integers(1, 20);
    const Range cycle_counts     = Ranges::integers(0, 20);
    const Range mode_counts      = Ranges::integers(1, 100);
    const Range probabilities    = {0., 1., true, true};

    /** Completes times and start of a transient density, and maps the whole space. */
    void
    check_start(Parameters &parameters)
    {
      std::vector<double> &times = parameters.quantities.times;
      if (times.empty())
        throw InputError("Quantities/times", "needs at least one time");
      std::sort(times.begin(), times.end());
      times.erase(std::unique(times.begin(), times.end()), times.end());
      parameters.start.check(parameters.model);
      if (!parameters.domain.shape->is_bounded())
        map_whole_space(
          parameters.domain, parameters.model, parameters.start, parameters.quantities.points);
      else
        parameters.model.weight_eta = parameters.start.weight_eta(parameters.model);
    }
  } // namespace

  void
  QuantityParameters::add_parameters(EntryTable &table)
  {
    table.begin_section("Quantities");
    table.add(
      "points",
      points,
      "Where values are reported [length]: `dimension` numbers per point, points separated "
      "by ';', all inside the closed domain. Not set: Model/center; for densities in radii of "
      "groups the roots of E r_k^2.",
      table_pattern(Ranges::any));
    table.add(
      "times",
      times,
      "Times t >= 0 [time] at which P(tau > t) or the density is reported; several separated by "
      "','. Only for problem = exit law, transient density, monte carlo (process = sde) and "
      "theory.",
      list_pattern(Ranges::non_negative),
      {OnlyFor{"Monte Carlo/process", {"sde"}}, OnlyFor{"Monte Carlo/method", {"plain"}}});
    table.add(
      "quantiles",
      quantiles,
      "Probabilities p between 0 and 1, dimensionless, for which the time t with P(tau <= t) "
      "= p is reported; several separated by ','. For a stationary density the x with P(X <= x) = "
      "p. "
      "Only for problem = exit law, discrete chain (numbers of steps), monte carlo, and stationary "
      "density in dimension 1.",
      list_pattern(probabilities),
      {OnlyFor{"Monte Carlo/method", {"plain"}}});
    table.add(
      "distances",
      distances,
      "Distances r > 0 [length] from Model/center for which the probability P(|v - w*| > r) is "
      "reported; several separated by ','. Only for stationary densities on the whole space.",
      list_pattern(Ranges::positive),
      {shapes_with("Quantities/distances")});
    table.add("eigenvalues",
              eigenvalues,
              "How many eigenvalues, those of smallest modulus, are computed, 1 to 100. Only for "
              "problem = spectrum.",
              number_pattern(mode_counts));
    table.add(
      "moments",
      moments,
      "How many moments E tau^n [time^n], n = 1, 2, ..., of the exit time are computed, 1 "
      "to 20. More than 1 only for problem = exit time, exit law, discrete chain and theory.",
      number_pattern(moment_counts));
    for (const auto &[name, formula, meaning] :
         {std::make_tuple("running reward", &running_reward, "g(x) of E int_0^tau g(X_t) dt"),
          std::make_tuple("terminal reward", &terminal_reward, "h(x) of E h(X_tau)")})
      table.add(name,
                *formula,
                std::string("A formula in x, y, z: ") + meaning +
                  ", tau the exit time; the expected sum of both rewards is computed. Only for "
                  "problem = exit place.",
                text_pattern("a formula in x, y, z"));
  }

  void
  StudyParameters::add_parameters(EntryTable &table)
  {
    table.begin_section("Study");
    table.add("convergence cycles",
              convergence_cycles,
              "Number of meshes of a convergence study, 0 to 20, dimensionless; each has the cells "
              "of the one before halved, beginning with Discretization/refinements; needs "
              "Discretization/tolerance = 0. 0: no study.",
              number_pattern(cycle_counts));
    table.add("sweep",
              sweep,
              "Repeats the run for several values of an entry: `Model/learning rate: 0.5, 0.2, "
              "0.1`; several entries separated by ';', for all combinations. Lists and matrices "
              "as values are separated by '|': `Model/decoupled/sigma: 1, 0.5 | 2, 1`. A killed "
              "sweep goes on where it was.",
              text_pattern("'ENTRY: value, value, ...', separated by ';'"));
  }

  EntryTable
  Parameters::entries(const ProblemKinds &problems)
  {
    EntryTable table;
    table.add(
      "dimension",
      dimension,
      "Space dimension d, 1 to 3, for problem = theory up to 500; all lists of coefficients "
      "and coordinates have this length. With Model/group sizes their sum, which may be left "
      "out; lists have an entry per group.",
      number_pattern(any_dimension));
    table.add("problem", problem, "What is computed.", choices_of(problems));
    model.add_parameters(table);
    domain.add_parameters(table);
    discretization.add_parameters(table);
    solver.add_parameters(table);
    quantities.add_parameters(table);
    start.add_parameters(table);
    chain.add_parameters(table);
    monte_carlo.add_parameters(table);
    study.add_parameters(table);
    output.add_parameters(table);
    table.restrict("problem", [&](const Entry &entry) {
      return problems_with(problems, entry.section, entry.path());
    });
    return table;
  }

  void
  Parameters::check(const ProblemKinds &problems)
  {
    check_choice("problem", problem, choices_of(problems));
    this->kind              = find_problem(problems, problem);
    const ProblemKind &kind = *this->kind;
    if (!model.group_sizes.empty())
      dimension = number_of_groups(*this);
    check_number("dimension", dimension, kind.is_theory() ? theory_dimension : mesh_dimension);

    model.check(dimension);
    quantities.center = model.center;
    check_killing(model, kind);
    if (!model.group_sizes.empty() && dimension == 1)
      domain.make_ball_an_interval();
    domain.check(dimension, kind.is_density ? BoundaryKind::reflecting : BoundaryKind::absorbing);
    if (!model.group_sizes.empty())
      {
        check_groups(*this);
        domain.group_sizes = model.group_sizes;
      }
    if (dimension == 1 && domain.shape->as<ShapeWithTargets>())
      keep_part_between_targets(domain,
                                quantities.points.empty()
                                  ? std::vector<std::vector<double>>{model.center}
                                  : quantities.points);
    if (kind.is_chain)
      {
        if (dimension > 1 && !model.group_sizes.empty())
          throw InputError("Model/group sizes",
                           "needs one group for problem = discrete chain, whose radius is a chain "
                           "of its own");
        chain.check(model.eta);
        if (dimension > 1 && chain.is_mini_batch())
          throw InputError("Discrete chain/noise",
                           "needs gaussian in more than one dimension, or Model/group sizes with "
                           "one group, whose radius is a chain of its own");
        if (dimension > 1)
          {
            check_domain_without_mesh(domain, problem);
            require_absorbing_walls(domain, "problem = " + problem + " in more than one dimension");
          }
        check_walls(domain, kind, false);
        check_mini_batches(*this);
      }
    else if (kind.is_sampled)
      {
        check_domain_without_mesh(domain, problem);
        check_walls(domain, kind, false);
        check_path_walls(*this);
        monte_carlo.check(chain, model.eta);
        for (const double time : quantities.times)
          if (monte_carlo.maximum_time > 0. && time > monte_carlo.maximum_time)
            throw InputError("Quantities/times", "needs times up to Monte Carlo/maximum time");
        for (const double n : chain.steps)
          if (monte_carlo.maximum_time > 0. && n > monte_carlo.maximum_time)
            throw InputError("Discrete chain/steps",
                             "needs numbers up to Monte Carlo/maximum time");
      }
    else if (!kind.has_mesh)
      {
        check_exit_set(domain, dimension);
        if (!domain.periodic_axes().empty())
          throw InputError("Domain/boundary",
                           "needs walls that are not periodic for problem = theory");
      }
    else
      {
        if (!domain.shape->is_bounded() && !kind.is_density)
          throw InputError("Domain/shape", "needs a bounded shape for problem = " + problem);
        check_walls(domain, kind, model.kills());
        if (kind.has_start)
          check_start(*this);
        else if (!domain.shape->is_bounded())
          map_whole_space(domain, model, quantities.points);
        else if (kind.is_density && !model.group_sizes.empty())
          model.weight_tail_index = weight_tail_index_of_groups(model);
        check_distances(*this);
        if (dimension > 1 && domain.is_cut_whole_space && !quantities.distances.empty())
          throw InputError("Quantities/distances",
                           "needs tails of power laws, or dimension = 1: the whole space is cut "
                           "to a box for tails as thin as these");
        if (kind.is_place)
          check_exit_place(*this);
      }
    solver.check();

    check_points(quantities.points, *this);
    if (quantities.points.empty() && kind.is_density && !model.group_sizes.empty())
      quantities.points = {typical_radii(*this)};
    if (quantities.points.empty())
      {
        if (!domain.shape->contains(model.center))
          throw InputError(
            "Model/center",
            "needs a point inside the closed domain, or Quantities/points to be set");
        quantities.points = {model.center};
      }
    check_number("Quantities/moments", quantities.moments, moment_counts);
    for (const double time : quantities.times)
      check_number("Quantities/times", time, Ranges::non_negative);
    for (const double probability : quantities.quantiles)
      check_number("Quantities/quantiles", probability, probabilities);
    check_number("Quantities/eigenvalues", quantities.eigenvalues, mode_counts);
    check_number("Study/convergence cycles", study.convergence_cycles, cycle_counts);
    if (study.convergence_cycles > 0 && discretization.tolerance > 0.)
      throw InputError("Study/convergence cycles",
                       "needs Discretization/tolerance = 0, which would decide on the meshes "
                       "otherwise; only 0 is allowed");
    if (!model.group_sizes.empty())
      domain.mirror = model.center; // radii are not negative
    else if (kind.is_even)
      domain.mirror = find_mirror(model, domain, dimension);
    if (!domain.shape->is_bounded() && kind.has_mesh)
      {
        const bool is_shell = model.state_dimension() > 8.; // narrow in the radii
        discretization.prefer(dimension == 3 ? 6 : 8,
                              dimension == 1   ? 5
                              : dimension == 2 ? (is_shell ? 4 : 3)
                                               : 1);
      }
    const bool prefers_adaptivity =
      (kind.meshes == ProblemKind::Meshes::adaptive ||
       (kind.meshes == ProblemKind::Meshes::adaptive_bounded && domain.shape->is_bounded())) &&
      study.convergence_cycles == 0;
    discretization.complete(
      dimension, prefers_adaptivity ? kind.tolerance : 0., domain.shape->first_refinements());
    output.check();
  }
} // namespace dynkin
