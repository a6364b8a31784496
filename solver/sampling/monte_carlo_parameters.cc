// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "sampling/monte_carlo_parameters.h"

#include "chain/chain_parameters.h"
#include "utilities/entry_table.h"
#include "utilities/exceptions.h"

#include <algorithm>
#include <cmath>

namespace dynkin
{
  namespace
  {
    const Range path_counts = Ranges::integers(2., MonteCarloParameters::most_paths);
    const Range seeds       = Ranges::integers(0., 0x1p53);
    const Range fractions   = {0., 1., true, true};

    const char *const splitting = "splitting";

    const std::vector<Choice> path_processes = {
      {"sde",
       "the diffusion by Euler-Maruyama steps; walls are shifted inwards by 0.5826 |n . s| "
       "sqrt(time step), since paths leave between steps as well"},
      {"chain",
       "Euler's chain z' = z + eps b(z) + sqrt(eps) s(z) xi of Discrete chain/step; time is in "
       "steps"},
      {"sgd",
       "stochastic gradient descent itself, with mini-batches of Gaussian inputs: Model/type = "
       "linear regression; time is in steps"}};
  } // namespace

  void
  MonteCarloParameters::add_parameters(EntryTable &table)
  {
    table.begin_section("Monte Carlo");
    table.add("process", process, "What makes a step.", path_processes);
    table.add("method",
              method,
              "How exits are sampled.",
              {{"plain", "each path from its point until it leaves"},
               {splitting,
                "mean times of rare exits by adaptive multilevel splitting: paths that come nearer "
                "to leaving than others are split"}});
    table.add(
      "time step",
      time_step,
      "Step h > 0 [time] of sde. Not set: such that the noise of a step is at most 1/20 of the "
      "distance from the middle of the domain to its walls, its drift 1/50 of it, and drift^2 "
      "h/diffusion at most 1/50.",
      number_pattern(Ranges::positive),
      {OnlyFor{"Monte Carlo/process", {"sde"}}});
    table.add(
      "paths",
      paths,
      "Number of paths from each point, 2 to 1e9; of splitting those between two levels, 256 a "
      "replica, 24 replicas at least. Not set: 100000, 16384 of splitting, or as many as `standard "
      "error` needs. Set together with it: the most there are.",
      number_pattern(path_counts));
    table.add("standard error",
              standard_error,
              "Paths are added until the standard error of the mean is below this part of it, "
              "between 0 and 1, dimensionless.",
              number_pattern(fractions));
    table.add("maximum time",
              maximum_time,
              "Time > 0 [time; for chain and sgd steps] at which paths end that are still inside; "
              "they are counted, and there is no mean then. Not set: none.",
              number_pattern(Ranges::positive),
              {OnlyFor{"Monte Carlo/method", {"plain"}}});
    table.add("seed",
              seed,
              "Seed of the random numbers, an integer from 0 to 2^53. They depend on the seed, the "
              "path and the step alone, so that results are the same with any number of threads "
              "and processes.",
              number_pattern(seeds));
  }

  bool
  MonteCarloParameters::is_splitting() const
  {
    return method == splitting;
  }

  double
  MonteCarloParameters::first_count(const double round) const
  {
    return standard_error > 0. ? std::min(round, paths) : paths;
  }

  double
  MonteCarloParameters::next_count(const double n, const double relative_error) const
  {
    constexpr double growth = 16.; // of rounds, at most
    if (standard_error == 0.)
      return paths;
    if (relative_error <= standard_error)
      return n;
    const double ratio = relative_error / standard_error;
    return std::min(paths, std::ceil(n * std::min(growth, 1.1 * ratio * ratio)));
  }

  void
  MonteCarloParameters::check(ChainParameters &chain, const double learning_rate)
  {
    check_choice("Monte Carlo/process", process, path_processes);
    for (const auto &[entry, is_set] :
         {std::make_pair("step", chain.step != 0.), std::make_pair("steps", !chain.steps.empty())})
      if (is_set && process == "sde")
        throw InputError(std::string("Discrete chain/") + entry,
                         "has no meaning for Monte Carlo/process = sde, only for chain or sgd");
    if (process == "sgd" && chain.step != 0. && chain.step != learning_rate)
      throw InputError("Discrete chain/step",
                       "needs to be left out for Monte Carlo/process = sgd, whose step is "
                       "Model/learning rate");
    if (process != "sde")
      chain.check(learning_rate);
    if (paths == 0.)
      paths = standard_error > 0. ? most_paths : is_splitting() ? 16384. : default_paths;
    check_number("Monte Carlo/paths", paths, path_counts);
    check_number("Monte Carlo/seed", seed, seeds);
  }
} // namespace dynkin
