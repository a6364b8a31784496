// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/monte_carlo_page.h"

#include "sampling/exit_statistics.h"
#include "sampling/parallel_paths.h"
#include "sampling/time_step.h"
#include "utilities/exceptions.h"

#include <chrono>
#include <cmath>

namespace dynkin
{
  namespace
  {
    constexpr double first_round = 10240., largest_round = 1048576.; // paths
    constexpr double growth     = 16.;                               // of rounds, at most
    constexpr double large_bias = 0.02;                              // of the mean
    constexpr double unlimited  = 0x1p47;                            // steps

    PathProcess
    process_of(const std::string &name)
    {
      return name == "sde"   ? PathProcess::sde
             : name == "sgd" ? PathProcess::sgd
                             : PathProcess::chain;
    }

    std::string
    with_deviation(const SampleMean &number)
    {
      return format_number(number.value, 8) + "   +- " + format_number(number.standard_error, 2);
    }

    SampleMean
    scaled(const SampleMean &number, const double factor)
    {
      return {factor * number.value, factor * number.standard_error};
    }

    void
    put(Record &entry, const std::string &name, const SampleMean &number)
    {
      entry[name]             = number.value;
      entry["standard error"] = number.standard_error;
    }

    /** How many paths there are to be when n were not enough: as many as are likely to be. */
    double
    next_count(const ExitStatistics &statistics, const MonteCarloParameters &parameters)
    {
      const double n = statistics.count();
      if (parameters.standard_error == 0.)
        return parameters.paths;
      const SampleMean mean = statistics.mean();
      if (mean.standard_error <= parameters.standard_error * mean.value)
        return n;
      const double ratio = mean.standard_error / (parameters.standard_error * mean.value);
      return std::min(parameters.paths, std::ceil(n * std::min(growth, 1.1 * ratio * ratio)));
    }

    /** All paths from a start, in rounds that are the same for any number of processes. */
    template <int dim>
    void
    run(const ParallelPaths<dim>   &paths,
        const MonteCarloParameters &parameters,
        const std::vector<double>  &start,
        const double                maximum,
        const std::string          &what,
        const Log                  &log,
        ExitStatistics             &statistics)
    {
      const bool is_sde = parameters.process == "sde";
      const auto begin  = std::chrono::steady_clock::now();
      double     target =
        parameters.standard_error > 0. ? std::min(first_round, parameters.paths) : parameters.paths;
      for (double n = 0.; n < target;)
        {
          const auto count     = static_cast<unsigned int>(std::min(largest_round, target - n));
          double     next_told = 2.; // seconds
          const auto progress  = [&](const double n_left) {
            const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
            if (seconds.count() < next_told)
              return;
            next_told         = 1.2 * seconds.count();
            const double done = (n + std::min<double>(n_left, count)) / target;
            std::string  text = what + format_number(100. * done, 2) + " % of " +
                               format_number(target, 10) + " paths have ended";
            if (done > 0.)
              text += ", " + format_number(seconds.count() * (1. / done - 1.), 2) + " s left";
            log.progress(text);
          };
          const auto     first = static_cast<std::uint64_t>(n);
          const PathEnds ends  = paths.sample(first, count, start, maximum, false, progress);
          statistics.add(ends);
          if (is_sde)
            statistics.add_coarse(ends,
                                  paths.sample(first,
                                               std::min(count, std::max(2u, count / 4)),
                                               start,
                                               std::ceil(0.5 * maximum),
                                               true,
                                               [](double) {}));
          n += count;
          if (n == target)
            target = next_count(statistics, parameters);
        }
    }

    template <int dim>
    Result
    page_of(const Parameters &parameters, const Log &log)
    {
      Result     page;
      const auto object = [&page](const std::string &reason) { // the first reason is enough
        if (page.objection.empty())
          page.objection = reason;
      };
      const MonteCarloParameters &monte_carlo = parameters.monte_carlo;
      const PathProcess           process     = process_of(monte_carlo.process);
      const bool                  is_sde      = process == PathProcess::sde;
      const std::vector<double>  &thresholds =
        is_sde ? parameters.quantities.times : parameters.chain.steps;
      PathLaw<dim> law =
        create_path_law<dim>(parameters.model,
                             *parameters.domain.shape,
                             process,
                             is_sde ? monte_carlo.time_step : parameters.chain.step);
      if (law.step == 0.)
        law.step = choose_time_step(law, parameters.quantities.points);
      const double h       = is_sde ? law.step : 1.; // of a step, in the unit of what is reported
      const auto   n_steps = [h](const double time) { return std::floor(time / h * (1. + 1e-12)); };
      const double maximum = monte_carlo.maximum_time > 0.
                               ? std::min(unlimited, n_steps(monte_carlo.maximum_time))
                               : unlimited;
      std::vector<double> steps;
      for (const double time : thresholds)
        steps.push_back(n_steps(time));

      log.line("equation",
               process == PathProcess::sgd
                 ? "z' = z - eta/B sum_b x_b (x_b . z - y_b),  x_b ~ N(0, S),  y_b ~ N(0, sigma^2)"
                 : parameters.kind->equation);
      log.line("walls",
               is_sde ? "a path has left within 0.5826 |n . s| sqrt(h) of a wall"
                      : "a step beyond a wall ends it");
      log.line("model", create_model<dim>(parameters.model)->description());
      log.line("domain", parameters.domain.describe());
      const ParallelPaths<dim> paths(
        law, static_cast<std::uint64_t>(monte_carlo.seed), MPI_COMM_WORLD);
      log.line(
        "paths",
        (is_sde
           ? "time step " + format_number(h) +
               (monte_carlo.time_step > 0. ? "" : " (chosen: Monte Carlo/time step is not set)")
           : "time in steps") +
          ", seed " + format_number(monte_carlo.seed, 16) + ", " + std::to_string(paths.n_threads) +
          (paths.n_threads == 1 ? " thread" : " threads") +
          (paths.n_ranks > 1 ? " on each of " + std::to_string(paths.n_ranks) + " processes" : ""));

      const std::string unit = is_sde ? "tau" : "steps", time_key = is_sde ? "time" : "steps";
      Record            list = Record::list();
      for (const std::vector<double> &point : parameters.quantities.points)
        {
          const std::string at = point_in_words(point) + "   ";
          ExitStatistics    statistics(steps, maximum, parameters.domain.shape->wall_names.size());
          run(paths, monte_carlo, point, maximum, at, log, statistics);

          if (is_sde && statistics.mean().value == 0.)
            throw InputError(
              "Monte Carlo/time step",
              "needs to be smaller than " + format_number(h) + ": " + at +
                "the process is within the part of a step, 0.5826 |n . s| sqrt(h), by "
                "which walls are shifted");
          Record           entry  = {{"point", point}};
          const double     inside = statistics.n_inside();
          const SampleMean mean   = scaled(statistics.mean(), h);
          if (inside == 0.)
            {
              put(entry, "mean", mean);
              entry["log10"] = std::log10(mean.value);
              page.tell("E[" + unit + "]", at + with_deviation(mean));
            }
          else
            {
              entry["mean"]           = nullptr;
              entry["standard error"] = nullptr;
              entry["reason"] =
                "paths are still inside at the maximum time: the mean is larger than E[min(" +
                unit + ", maximum time)]";
              Record least;
              put(least, "value", mean);
              entry["lower bound"] = least;
              page.tell("E[" + unit + "]",
                        at + "is larger than " + with_deviation(mean) + ", for " +
                          format_number(inside, 10) + " of " +
                          format_number(statistics.count(), 10) + " paths are still inside at " +
                          format_number(h * maximum));
              if (thresholds.empty())
                object(format_number(inside, 10) + " of " + format_number(statistics.count(), 10) +
                       " paths are still inside at Monte Carlo/maximum time, so that there is "
                       "no mean, only a lower bound; a longer time, or Quantities/times for "
                       "the survival until then");
            }
          entry["paths"]        = static_cast<std::uint64_t>(statistics.count());
          entry["still inside"] = static_cast<std::uint64_t>(inside);
          if (monte_carlo.standard_error > 0. &&
              mean.standard_error > monte_carlo.standard_error * mean.value)
            object("the relative standard error is " +
                   format_number(mean.standard_error / mean.value, 2) +
                   " with Monte Carlo/paths = " + format_number(monte_carlo.paths, 10) +
                   ", above " + format_number(monte_carlo.standard_error));
          if (is_sde && inside == 0.)
            {
              const SampleMean bias  = scaled(statistics.bias(), h);
              const double     least = std::abs(bias.value) - 2. * bias.standard_error;
              if (least > 3. * mean.standard_error && least > large_bias * mean.value)
                object("the time step " + format_number(h) + " changes the mean by about " +
                       format_number(100. * std::abs(bias.value) / mean.value, 2) +
                       " %, far more than its standard error; Monte Carlo/time step needs to be "
                       "smaller");
              entry["bias estimate"]                   = bias.value;
              entry["standard error of bias estimate"] = bias.standard_error;
              page.tell("bias",
                        at + with_deviation(bias) +
                          ", of the time step: twice the step less this one");
            }
          Record survivals = Record::list(), times = survivals, places = survivals;
          for (unsigned int k = 0; k < thresholds.size(); ++k)
            {
              Record part = {{time_key, thresholds[k]}};
              if (steps[k] <= maximum)
                put(part, "value", statistics.survival(k));
              std::string bias;
              if (is_sde)
                {
                  const SampleMean of_step = statistics.survival_bias(k);
                  part["bias estimate"]    = of_step.value;
                  bias                     = "; bias " + format_number(of_step.value, 2) + " +- " +
                         format_number(of_step.standard_error, 1);
                }
              survivals.add(part);
              page.tell("P[" + unit + " > " + format_number(thresholds[k], 16) + "]",
                        at + with_deviation(statistics.survival(k)) + bias);
            }
          for (const double p : parameters.quantities.quantiles)
            {
              SampleMean quantile = scaled(statistics.quantile(p), h);
              if (is_sde) // times are multiples of the step
                quantile.standard_error = std::max(quantile.standard_error, h);
              Record part = {{"probability", p}};
              put(part, time_key, quantile);
              times.add(part);
              page.tell("quantile",
                        at + "p = " + format_number(p) + "   " +
                          (std::isfinite(quantile.value) ? with_deviation(quantile)
                                                         : "beyond the maximum time"));
            }
          for (unsigned int id = 0; id < parameters.domain.shape->wall_names.size(); ++id)
            if (const std::string &wall = parameters.domain.shape->wall_names[id];
                parameters.domain.shape->wall_names.size() > 1 &&
                !(law.is_radial && wall == "left"))
              {
                Record part = {{"wall", wall}};
                put(part, "value", statistics.wall(id));
                places.add(part);
                page.tell("P[" + wall + "]", at + with_deviation(statistics.wall(id)));
              }
          entry.update({{"survival", survivals}, {"quantiles", times}, {"exit place", places}});
          list.add(entry);
        }
      page.numbers = {{"monte carlo", list},
                      {is_sde ? "time step" : "step", law.step},
                      {"process", monte_carlo.process},
                      {"seed", static_cast<std::uint64_t>(monte_carlo.seed)}};
      return page;
    }
  } // namespace

  Result
  monte_carlo_page(const Parameters &parameters, const Log &log)
  {
    return parameters.dimension == 1   ? page_of<1>(parameters, log)
           : parameters.dimension == 2 ? page_of<2>(parameters, log)
                                       : page_of<3>(parameters, log);
  }
} // namespace dynkin
