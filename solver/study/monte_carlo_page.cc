// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/monte_carlo_page.h"

#include "sampling/exit_places.h"
#include "sampling/path_score.h"
#include "sampling/splitting.h"
#include "sampling/time_step.h"
#include "study/monte_carlo_text.h"
#include "utilities/exceptions.h"

#include <cmath>
#include <functional>
#include <limits>
#include <memory>

namespace dynkin
{
  namespace
  {
    constexpr double        first_round = 10240., largest_round = 1048576.; // paths
    constexpr double        large_bias     = 0.02;                          // of the mean
    constexpr double        unlimited      = 0x1p47;                        // steps
    constexpr double        not_rare       = 0.02;                          // exits a loop
    constexpr double        most_scattered = 1.5;        // deviation of replicas, relative
    constexpr unsigned int  n_on_curve     = 200;        // rows
    constexpr std::uint64_t apart          = 1ull << 60; // numbers of paths

    /** All numbers of one run. */
    template <int dim>
    class MonteCarloPage
    {
    public:
      MonteCarloPage(const Parameters &parameters, const Log &log)
        : parameters(parameters)
        , monte_carlo(parameters.monte_carlo)
        , log(log)
        , is_sde(monte_carlo.process == "sde")
        , thresholds(is_sde ? parameters.quantities.times : parameters.chain.steps)
        , walls(parameters.domain.shape->wall_names)
        , law(create_law(1.))
        , h(is_sde ? law.step : 1.)
        , unit(is_sde ? "tau" : "steps")
        , time_key(is_sde ? "time" : "steps")
        , maximum(monte_carlo.maximum_time > 0.
                    ? std::min(unlimited, n_steps(monte_carlo.maximum_time))
                    : unlimited)
        , journal(parameters.output.directory, parameters.text, MPI_COMM_WORLD)
        , paths(law, seed(), journal, MPI_COMM_WORLD)
      {
        for (const double time : thresholds)
          steps.push_back(n_steps(time));
      }

      Result
      result()
      {
        tell_header();
        Record list = Record::list();
        if (monte_carlo.is_splitting())
          split(list);
        else
          for (std::size_t k = 0; k < parameters.quantities.points.size(); ++k)
            list.add(follow(parameters.quantities.points[k], static_cast<double>(k)));
        page.numbers.update({{"monte carlo", list},
                             {is_sde ? "time step" : "step", law.step},
                             {"process", monte_carlo.process},
                             {"method", monte_carlo.method},
                             {"seed", seed()}});
        for (const Table &table : {survival, places})
          if (!table.rows.empty())
            page.tables.push_back(table);
        return page;
      }

    private:
      std::uint64_t
      seed() const
      {
        return static_cast<std::uint64_t>(monte_carlo.seed);
      }

      /** With steps `factor` times as long. */
      PathLaw<dim>
      create_law(const double factor) const
      {
        PathLaw<dim> law =
          create_path_law<dim>(parameters.model,
                               parameters.domain,
                               process_of(monte_carlo.process),
                               is_sde ? monte_carlo.time_step : parameters.chain.step);
        if (law.step == 0.)
          law.step = choose_time_step(law, parameters.quantities.points);
        law.step *= factor;
        return law;
      }

      bool
      is_way_out(const unsigned int wall) const
      {
        return !(law.is_radial && dim == 1 && walls[wall] == "left") &&
               parameters.domain.walls.at(walls[wall]) == BoundaryKind::absorbing;
      }

      double
      n_steps(const double time) const
      {
        return std::floor(time / h * (1. + 1e-12));
      }

      void
      object(const std::string &reason) // the first reason is enough
      {
        if (page.objection.empty())
          page.objection = reason;
      }

      void
      tell_header() const
      {
        log.line(
          "equation",
          law.process == PathProcess::sgd
            ? "z' = z - eta/B sum_b x_b (x_b . z - y_b),  x_b ~ N(0, S),  y_b ~ N(0, sigma^2)"
            : parameters.kind->equation);
        log.line("walls",
                 is_sde ? "a path has left within 0.5826 |n . s| sqrt(h) of an absorbing wall"
                        : "a step beyond a wall ends it, but a reflecting wall is a mirror");
        log.line("model", create_model<dim>(parameters.model)->description());
        log.line("domain", parameters.domain.describe());
        log.line(
          "paths",
          (is_sde
             ? "time step " + format_number(h) +
                 (monte_carlo.time_step > 0. ? "" : " (chosen: Monte Carlo/time step is not set)")
             : "time in steps") +
            ", seed " + format_number(monte_carlo.seed, 16) + ", " +
            std::to_string(paths.n_threads) + (paths.n_threads == 1 ? " thread" : " threads") +
            (paths.n_ranks > 1 ? " on each of " + std::to_string(paths.n_ranks) + " processes"
                               : ""));
        if (journal.n_found() > 0)
          log.line("resumed",
                   std::to_string(journal.n_found()) + " paths are known from a run that was "
                                                       "interrupted");
      }

      /** Is the wanted standard error reached? */
      void
      check_deviation(const SampleMean &mean)
      {
        if (monte_carlo.standard_error > 0. &&
            mean.standard_error > monte_carlo.standard_error * mean.value)
          object("the relative standard error is " +
                 format_number(mean.standard_error / mean.value, 2) +
                 " with Monte Carlo/paths = " + format_number(monte_carlo.paths, 10) + ", above " +
                 format_number(monte_carlo.standard_error));
      }

      /** `bias` is what twice the time step adds to the mean. */
      void
      tell_bias(Record            &entry,
                const std::string &at,
                const SampleMean  &mean,
                const SampleMean  &bias)
      {
        const double least = std::abs(bias.value) - 2. * bias.standard_error;
        if (least > 3. * mean.standard_error && least > large_bias * mean.value)
          object("the time step " + format_number(h) + " changes the mean by about " +
                 format_number(100. * std::abs(bias.value) / mean.value, 2) +
                 " %, far more than its standard error; Monte Carlo/time step needs to be "
                 "smaller");
        entry["bias estimate"]                   = bias.value;
        entry["standard error of bias estimate"] = bias.standard_error;
        page.tell("bias",
                  at + with_deviation(bias) + ", of the time step: twice the step less this one");
        // Richardson's extrapolation: an error of first order
        const SampleMean limit     = {mean.value - bias.value,
                                      std::hypot(mean.standard_error, bias.standard_error)};
        const Record     part      = record_of("value", limit);
        entry["extrapolated mean"] = part;
        page.tell("extrapolated", at + with_deviation(limit) + ", to steps of length 0");
      }

      /** All paths from a start, in rounds that are the same for any number of processes. */
      void
      run(const std::vector<double> &start,
          ExitStatistics            &statistics,
          ExitPlaces<dim>           &exit_places)
      {
        ProgressLine line(log, point_in_words(start) + "   ");
        double       target = monte_carlo.first_count(first_round);
        for (double n = 0.; n < target;)
          {
            PathBatch<dim> batch = {static_cast<std::uint64_t>(n),
                                    static_cast<unsigned int>(std::min(largest_round, target - n)),
                                    start,
                                    maximum};
            const double   count = batch.n_paths;
            const PathEnds ends  = paths.sample(batch, [&](const double n_left) {
              line.tell((n + std::min(n_left, count)) / target,
                        format_number(target, 10) + " paths have ended");
            });
            statistics.add(ends);
            exit_places.add(ends, maximum);
            if (is_sde)
              {
                batch.n_paths   = std::min(batch.n_paths, std::max(2u, batch.n_paths / 4));
                batch.maximum   = std::ceil(0.5 * maximum);
                batch.is_coarse = true;
                statistics.add_coarse(ends, paths.sample(batch));
              }
            n += count;
            if (n == target)
              target = monte_carlo.next_count(n, statistics.mean().relative());
          }
      }

      /** Plain paths from a point, which is number `index`. */
      Record
      follow(const std::vector<double> &point, const double index)
      {
        const std::string at = point_in_words(point) + "   ";
        ExitStatistics    statistics(steps, maximum, walls.size());
        ExitPlaces<dim>   exit_places(law, walls.size());
        run(point, statistics, exit_places);

        if (is_sde && statistics.mean().value == 0.)
          throw InputError("Monte Carlo/time step",
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
              "paths are still inside at the maximum time: the mean is larger than E[min(" + unit +
              ", maximum time)]";
            entry["lower bound"] = record_of("value", mean);
            page.tell("E[" + unit + "]",
                      at + "is larger than " + with_deviation(mean) + ", for " +
                        format_number(inside, 10) + " of " + format_number(statistics.count(), 10) +
                        " paths are still inside at " + format_number(h * maximum));
            if (thresholds.empty())
              object(format_number(inside, 10) + " of " + format_number(statistics.count(), 10) +
                     " paths are still inside at Monte Carlo/maximum time, so that there is "
                     "no mean, only a lower bound; a longer time, or Quantities/times for "
                     "the survival until then");
          }
        entry["paths"]        = static_cast<std::uint64_t>(statistics.count());
        entry["still inside"] = static_cast<std::uint64_t>(inside);
        check_deviation(mean);
        if (is_sde && inside == 0.)
          tell_bias(entry, at, mean, scaled(statistics.bias(), h));
        tell_law(entry, at, statistics);
        for (const ExitStatistics::Band &row : statistics.curve(n_on_curve))
          survival.rows.push_back({index, h * row.time, row.survival, row.lower, row.upper});
        for (const auto &bin : exit_places.bins())
          if (is_way_out(bin.wall))
            {
              std::vector<double> row = {index, static_cast<double>(bin.wall)};
              for (const auto &[first, last] : bin.sides)
                row.insert(row.end(), {first, last});
              row.insert(row.end(), {bin.part.value, bin.part.standard_error});
              places.rows.push_back(row);
            }
        return entry;
      }

      /** Survival, quantiles and sides. */
      void
      tell_law(Record &entry, const std::string &at, const ExitStatistics &statistics)
      {
        Record survivals = Record::list(), times = survivals, sides = survivals;
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
        for (unsigned int id = 0; id < walls.size(); ++id)
          if (walls.size() > 1 && is_way_out(id))
            {
              Record part = {{"wall", walls[id]}};
              put(part, "value", statistics.wall(id));
              sides.add(part);
              page.tell("P[" + walls[id] + "]", at + with_deviation(statistics.wall(id)));
            }
        entry.update({{"survival", survivals}, {"quantiles", times}, {"exit place", sides}});
      }

      /** Replicas until their number is that of the parameters, or their deviation is. */
      void
      replicate(Splitting<dim> &splitting, const std::string &what)
      {
        constexpr unsigned int at_once = 64;
        ProgressLine           line(log, what);
        const auto             target = [&](const double n_paths) {
          return std::max<double>(Splitting<dim>::least_replicas,
                                  std::ceil(n_paths / Splitting<dim>::n_particles));
        };
        double n_last = target(monte_carlo.first_count(first_round));
        for (double n = 0.; n < n_last;)
          {
            const double more = std::min<double>(at_once, n_last - n);
            splitting.add(static_cast<unsigned int>(more), [&](const double done) {
              line.tell((n + done * more) / n_last,
                        format_number(n_last, 10) + " replicas are done");
            });
            n += more;
            if (n == n_last)
              n_last = target(monte_carlo.next_count(n * Splitting<dim>::n_particles,
                                                     splitting.mean().relative()));
          }
      }

      /** What is done, from time to time. */
      std::function<void(const std::string &)>
      told() const
      {
        const auto line = std::make_shared<ProgressLine>(log, "");
        return [line](const std::string &what) { line->tell(what); };
      }

      /** The score with which a few replicas scatter least. */
      std::unique_ptr<PathScore<dim>>
      best_score(const std::vector<double> &start)
      {
        auto scores = create_scores<dim>(parameters.model, law.walls);
        if (scores.size() == 1)
          return std::move(scores[0]);
        std::size_t best  = 0;
        double      least = std::numeric_limits<double>::infinity();
        for (std::size_t k = 0; k < scores.size(); ++k)
          {
            Splitting<dim> splitting(paths, *scores[k], seed(), apart * k, start, told());
            splitting.add(Splitting<dim>::least_replicas, [](const double) {});
            const double scatter = splitting.scatter();
            if (scatter < least)
              {
                least = scatter;
                best  = k;
              }
          }
        return std::move(scores[best]);
      }

      void
      split(Record &list)
      {
        std::vector<double> start = parameters.model.center;
        if (!parameters.domain.shape->contains(start))
          start = parameters.quantities.points.front();
        const std::unique_ptr<PathScore<dim>> score = best_score(start);
        // other paths than those that chose the score
        Splitting<dim> splitting(paths, *score, seed(), 2 * apart, start, told());
        replicate(splitting, "");
        std::unique_ptr<ParallelPaths<dim>> coarse_paths;
        std::unique_ptr<Splitting<dim>>     coarse;
        if (is_sde)
          {
            coarse_paths =
              std::make_unique<ParallelPaths<dim>>(create_law(2.), seed(), journal, MPI_COMM_WORLD);
            coarse = std::make_unique<Splitting<dim>>(
              *coarse_paths, *score, seed(), 3 * apart, start, told());
            replicate(*coarse, "steps twice as long: ");
          }

        const SampleMean T = scaled(splitting.loop_steps(), h), p = splitting.exit_probability();
        page.tell("splitting",
                  std::to_string(splitting.n_levels()) + " levels, " +
                    std::to_string(splitting.n_replicas()) + " replicas of " +
                    std::to_string(Splitting<dim>::n_particles) + " paths");
        page.tell("loop",
                  "out of the middle of the well and back: " + with_deviation(T) +
                    (is_sde ? "" : " steps"));
        page.tell("P[exit]", with_deviation(p) + ", of a loop");
        if (!(p.value > 0.))
          throw ConvergenceError("no path leaves, in any replica");
        if (p.value > not_rare)
          object("exits are not rare, " + format_number(p.value, 2) +
                 " a loop: Monte Carlo/method needs to be plain");
        if (const double scatter = p.standard_error / p.value * std::sqrt(splitting.n_replicas());
            scatter > most_scattered)
          object(
            "replicas scatter by " + format_number(scatter, 2) +
            " times their mean, so that rare ones decide, and the standard error is too small");
        const Record loop        = record_of("mean", T);
        const Record probability = record_of("value", p);
        page.numbers.update({{"splitting",
                              {{"levels", splitting.n_levels()},
                               {"replicas", splitting.n_replicas()},
                               {"loop", loop},
                               {"exits of a loop", probability}}}});
        const auto n_paths = splitting.n_replicas() * Splitting<dim>::n_particles;
        for (const std::vector<double> &point : parameters.quantities.points)
          {
            const std::string at    = point_in_words(point) + "   ";
            const SampleMean  mean  = scaled(splitting.mean_from(point, n_paths), h);
            Record            entry = {{"point", point}};
            put(entry, "mean", mean);
            entry["log10"] = std::log10(mean.value);
            page.tell("E[" + unit + "]", at + with_deviation(mean));
            entry["paths"]        = n_paths;
            entry["still inside"] = 0;
            check_deviation(mean);
            if (is_sde)
              {
                const SampleMean of_coarse = scaled(coarse->mean_from(point, n_paths), 2. * h);
                tell_bias(entry,
                          at,
                          mean,
                          {of_coarse.value - mean.value,
                           std::hypot(mean.standard_error, of_coarse.standard_error)});
              }
            list.add(entry);
          }
      }

      const Parameters               &parameters;
      const MonteCarloParameters     &monte_carlo;
      const Log                      &log;
      const bool                      is_sde;
      const std::vector<double>      &thresholds;
      const std::vector<std::string> &walls;
      const PathLaw<dim>              law;
      const double                    h; // of a step, in the unit of what is reported
      const std::string               unit, time_key;
      const double                    maximum; // steps
      std::vector<double>             steps;   // thresholds
      PathJournal                     journal;
      ParallelPaths<dim>              paths;
      Result                          page;
      Table survival = {"survival", {"point", "time", "survival", "lower 95 %", "upper 95 %"}};
      Table places   = {"exit_place",
                      dim == 3 ? std::vector<std::string>{"point",
                                                            "wall",
                                                            "azimuth from",
                                                            "azimuth to",
                                                            "cosine from",
                                                            "cosine to",
                                                            "part",
                                                            "standard error"}
                                 : std::vector<std::string>{"point",
                                                            "wall",
                                                            "angle from",
                                                            "angle to",
                                                            "part",
                                                            "standard error"}};
    };
  } // namespace

  Result
  monte_carlo_page(const Parameters &parameters, const Log &log)
  {
    return parameters.dimension == 1   ? MonteCarloPage<1>(parameters, log).result()
           : parameters.dimension == 2 ? MonteCarloPage<2>(parameters, log).result()
                                       : MonteCarloPage<3>(parameters, log).result();
  }
} // namespace dynkin
