// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "sampling/splitting.h"

#include "sampling/path_score.h"
#include "utilities/exceptions.h"
#include "utilities/log.h"

#include <Eigen/Cholesky>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace dynkin
{
  namespace
  {
    constexpr unsigned int n_pilots = 2048, n_burn_in = 2, most_levels = 2000;
    constexpr double       part_in_A      = 0.9;
    constexpr double       reached        = 0.25;  // of the paths of a stage, about
    constexpr double       out_of_A       = 1.25;  // times the half axes of A
    constexpr double       stage_of_few   = 0.01;  // the least that leave in the last stage
    constexpr double       most_loops     = 4096.; // times the time to settle, until a path is back
    constexpr double       most_to_settle = 0x1p22;
    constexpr double       infinite       = std::numeric_limits<double>::infinity();

    template <int dim>
    std::vector<double>
    scores_at(const PathScore<dim> &score, const std::vector<double> &places)
    {
      const auto          lanes = std::make_unique<PathLanes<dim>>();
      Lanes<double>       values;
      std::vector<double> scores;
      const std::size_t   n_places = places.size() / dim;
      for (std::size_t first = 0; first < n_places; first += n_lanes)
        {
          const auto n =
            static_cast<unsigned int>(std::min<std::size_t>(n_lanes, n_places - first));
          for (unsigned int q = 0; q < n; ++q)
            for (unsigned int i = 0; i < dim; ++i)
              lanes->x[i][q] = places[dim * (first + q) + i];
          score.evaluate(n, *lanes, values);
          scores.insert(scores.end(), values.begin(), values.begin() + n);
        }
      return scores;
    }

    /** The number below which the part p of them is. */
    double
    quantile(std::vector<double> numbers, const double p)
    {
      const auto at = numbers.begin() + static_cast<std::ptrdiff_t>(p * (numbers.size() - 1));
      std::nth_element(numbers.begin(), at, numbers.end());
      return *at;
    }

    /** Largest difference of two distribution functions. */
    double
    distance(std::vector<double> a, std::vector<double> b)
    {
      std::sort(a.begin(), a.end());
      std::sort(b.begin(), b.end());
      double largest = 0.;
      for (std::size_t i = 0; i < a.size(); ++i)
        {
          const auto below = std::lower_bound(b.begin(), b.end(), a[i]) - b.begin();
          largest          = std::max(
            largest,
            std::abs(static_cast<double>(i) / a.size() - static_cast<double>(below) / b.size()));
        }
      return largest;
    }

    SampleMean
    mean_of(const std::vector<double> &numbers)
    {
      SampleSums sums;
      for (const double number : numbers)
        sums.add(number);
      return sums.mean();
    }
  } // namespace

  template <int dim>
  Splitting<dim>::Splitting(ParallelPaths<dim>                             &paths,
                            const PathScore<dim>                           &score,
                            const std::uint64_t                             seed,
                            const std::uint64_t                             first_path,
                            const std::vector<double>                      &start,
                            const std::function<void(const std::string &)> &progress)
    : paths(paths)
    , score(score)
    , random_numbers(seed)
    , next_path(first_path)
    , next_choice(first_path)
  {
    settle(start, progress);
    find_levels(progress);
  }

  template <int dim>
  void
  Splitting<dim>::Particles::add(const Particles &others, const std::size_t k)
  {
    x.insert(x.end(), others.x.begin() + dim * k, others.x.begin() + dim * (k + 1));
    has_left.push_back(others.has_left[k]);
  }

  template <int dim>
  typename Splitting<dim>::Particles
  Splitting<dim>::choose(const Particles &from, const std::size_t n)
  {
    Particles chosen;
    for (std::size_t k = 0; k < n; ++k)
      {
        const std::uint64_t word = random_numbers.words(next_choice++, 0, 0xffff)[0];
        chosen.add(from, (word * from.size()) >> 32);
      }
    return chosen;
  }

  template <int dim>
  PathEnds
  Splitting<dim>::sample(PathBatch<dim> batch)
  {
    batch.n_paths = static_cast<unsigned int>(batch.starts.size() / dim);
    if (batch.n_paths == 0)
      return {};
    if (batch.first == new_paths)
      {
        batch.first = next_path;
        next_path += batch.n_paths;
      }
    return paths.sample(batch);
  }

  template <int dim>
  void
  Splitting<dim>::settle(const std::vector<double>                      &start,
                         const std::function<void(const std::string &)> &progress)
  {
    // until the law of the scores is what it was at half of the time, twice
    std::vector<double> x;
    for (unsigned int k = 0; k < n_pilots; ++k)
      x.insert(x.end(), start.begin(), start.end());
    std::vector<double> before = scores_at(score, x);
    unsigned int        n_same = 0;
    const double        chance = 1.4 * std::sqrt(2. / n_pilots);
    for (double steps = 64.; n_same < 2; steps *= 2.)
      {
        progress("paths settle in the well, " + format_number(steps) + " steps");
        patience = most_loops * steps;
        if (steps > most_to_settle)
          throw ConvergenceError("paths do not settle in a well within " +
                                 std::to_string(static_cast<long>(most_to_settle)) + " steps");
        const PathEnds ends   = sample({new_paths, 0, x, steps});
        unsigned int   n_left = 0;
        for (unsigned int k = 0; k < n_pilots; ++k)
          {
            const bool has_left = ends.steps[k] <= steps;
            n_left += has_left;
            for (unsigned int i = 0; i < dim; ++i)
              x[dim * k + i] = has_left ? start[i] : ends.places[dim * k + i];
          }
        if (2 * n_left > n_pilots)
          throw ConvergenceError("paths leave before they have settled: exits are not rare, and "
                                 "Monte Carlo/method = plain is what they need");
        const std::vector<double> scores = scores_at(score, x);
        n_same                           = distance(scores, before) < chance ? n_same + 1 : 0;
        before                           = scores;
      }

    // A: where most of them are
    Eigen::Matrix<double, dim, 1>   mean       = Eigen::Matrix<double, dim, 1>::Zero();
    Eigen::Matrix<double, dim, dim> covariance = Eigen::Matrix<double, dim, dim>::Zero();
    const Eigen::Map<const Eigen::Matrix<double, dim, Eigen::Dynamic>> all(x.data(), dim, n_pilots);
    mean = all.rowwise().mean();
    for (unsigned int k = 0; k < n_pilots; ++k)
      covariance += (all.col(k) - mean) * (all.col(k) - mean).transpose() / n_pilots;
    const Eigen::Matrix<double, dim, dim> M         = covariance.inverse();
    ShellWalls<dim>                       ellipsoid = {};
    ellipsoid.hole                                  = -1.;
    for (unsigned int i = 0; i < dim; ++i)
      {
        ellipsoid.center[i] = mean[i];
        for (unsigned int j = i; j < dim; ++j)
          ellipsoid.matrix[symmetric_index<dim>(i, j)] = M(i, j);
      }
    const double radius = quantile(scores_at(*create_radius_score(ellipsoid), x), part_in_A);
    for (double &entry : ellipsoid.matrix)
      entry /= radius * radius;
    home = create_radius_score(ellipsoid);

    pool = {x, std::vector<bool>(n_pilots, false)};
    pool = come_back({pool, std::vector<bool>(n_pilots, true), {}, {}});
  }

  template <int dim>
  typename Splitting<dim>::Stage
  Splitting<dim>::come_out(const Particles &walkers)
  {
    PathBatch<dim> batch = {new_paths, 0, walkers.x, patience};
    batch.rising         = home.get();
    batch.upper          = out_of_A;
    const PathEnds ends  = sample(batch);
    Stage          stage;
    for (std::size_t k = 0; k < walkers.size(); ++k)
      stage.is_success.push_back(ends.walls[k] == PathEnds::rose);
    stage.ends  = {ends.places, std::vector<bool>(walkers.size(), false)};
    stage.steps = ends.steps;
    return stage;
  }

  template <int dim>
  typename Splitting<dim>::Particles
  Splitting<dim>::come_back(const Stage &out)
  {
    PathBatch<dim> batch  = {new_paths, 0, out.ends.x, patience};
    batch.falling         = home.get();
    batch.lower           = 1.;
    const PathEnds  ends  = sample(batch);
    const Particles there = {ends.places, std::vector<bool>(out.ends.size(), false)};
    Particles       back;
    for (std::size_t k = 0; k < there.size(); ++k)
      if (out.is_success[k] && ends.walls[k] == PathEnds::fell)
        back.add(there, k);
      else
        back.add(choose(pool, 1), 0);
    return back;
  }

  template <int dim>
  typename Splitting<dim>::Stage
  Splitting<dim>::climb(const Particles &starts, const double level, const std::uint64_t first)
  {
    const std::vector<double> scores = scores_at(score, starts.x);
    Stage                     stage;
    stage.ends = starts;
    stage.steps.assign(starts.size(), 0.);
    stage.highest = scores;
    stage.is_success.resize(starts.size());
    PathBatch<dim> batch = {first, 0, {}, patience};
    batch.falling        = home.get();
    batch.lower          = 1.;
    batch.rising         = &score;
    batch.upper          = level;
    std::vector<std::size_t> moving;
    for (std::size_t k = 0; k < starts.size(); ++k)
      if (starts.has_left[k] || scores[k] >= level)
        stage.is_success[k] = true;
      else
        {
          moving.push_back(k);
          batch.starts.insert(
            batch.starts.end(), starts.x.begin() + dim * k, starts.x.begin() + dim * (k + 1));
        }
    const PathEnds ends = sample(batch);
    for (std::size_t m = 0; m < moving.size(); ++m)
      {
        const std::size_t k = moving[m];
        if (ends.steps[m] > patience)
          throw ConvergenceError(
            "within " + format_number(patience, 3) +
            " steps some paths neither leave nor come back to the well where "
            "they began: there is another well; Monte Carlo/method = splitting "
            "needs a domain with one, or paths that come back");
        stage.steps[k]         = ends.steps[m];
        stage.highest[k]       = std::max(scores[k], ends.highest[m]);
        stage.ends.has_left[k] = ends.walls[m] != PathEnds::fell && ends.walls[m] != PathEnds::rose;
        stage.is_success[k]    = ends.walls[m] != PathEnds::fell;
        std::copy_n(ends.places.begin() + dim * m, dim, stage.ends.x.begin() + dim * k);
      }
    return stage;
  }

  template <int dim>
  void
  Splitting<dim>::find_levels(const std::function<void(const std::string &)> &progress)
  {
    Particles walkers = pool;
    for (unsigned int loop = 0; loop < n_burn_in; ++loop)
      walkers = come_back(come_out(walkers));
    pool = walkers;
    // of those that come out
    const Stage out = come_out(walkers);
    Particles   starts;
    for (std::size_t k = 0; k < walkers.size(); ++k)
      if (out.is_success[k])
        starts.add(out.ends, k);
    if (2 * starts.size() < n_pilots)
      throw ConvergenceError("paths leave before they have settled: exits are not rare, and "
                             "Monte Carlo/method = plain is what they need");
    double level = -infinite;
    while (true)
      {
        const std::uint64_t first = next_path;
        const Stage         all   = climb(starts, infinite, new_paths);
        std::vector<double> highest;
        double              n_left = 0.;
        for (std::size_t k = 0; k < starts.size(); ++k)
          {
            n_left += all.ends.has_left[k] ? 1. : 0.;
            highest.push_back(all.ends.has_left[k] ? infinite : all.highest[k]);
          }
        if (n_left >= reached * starts.size())
          return;
        // a level that most of those who are above it have come to, from below
        const std::vector<double> scores = scores_at(score, starts.x);
        double                    next   = level;
        for (const double part :
             {reached, 0.6 * reached, 0.4 * reached, 0.2 * reached, 0.1 * reached})
          if (const double there = quantile(highest, 1. - part);
              there > level && quantile(scores, 1. - 0.5 * part) < there)
            {
              next = there;
              break;
            }
        if (!(next > level) && n_left >= stage_of_few * starts.size())
          return;
        if (!(next > level))
          next = quantile(highest, 1. - reached);
        if (!(next > level) || levels.size() == most_levels)
          throw ConvergenceError(
            "of " + std::to_string(n_pilots) +
            " paths none comes nearer to the walls than where "
            "they begin at level " +
            std::to_string(levels.size()) +
            ": exits are too rare, or go another way than the nearest; another Monte Carlo/seed "
            "may find them, problem = discrete chain or exit time needs no luck");
        progress("level " + std::to_string(levels.size() + 1));
        level = next;
        levels.push_back(level);
        // the same paths once more, up to there
        const Stage stage = climb(starts, level, first);
        Particles   there;
        for (std::size_t k = 0; k < starts.size(); ++k)
          if (stage.is_success[k])
            there.add(stage.ends, k);
        starts = choose(there, n_pilots);
      }
  }

  template <int dim>
  void
  Splitting<dim>::add(const unsigned int                       n_replicas,
                      const std::function<void(const double)> &progress)
  {
    const std::size_t n       = std::size_t(n_replicas) * n_particles;
    Particles         walkers = choose(pool, n);
    for (unsigned int loop = 0; loop < n_burn_in; ++loop)
      walkers = come_back(come_out(walkers));
    const Stage            out = come_out(walkers);
    std::vector<Particles> particles(n_replicas);
    std::vector<double>    p(n_replicas), q(n_replicas), T(n_replicas);
    for (std::size_t k = 0; k < n; ++k)
      {
        const std::size_t r = k / n_particles;
        T[r] += out.steps[k] / n_particles;
        if (out.is_success[k])
          particles[r].add(out.ends, k);
        else
          q[r] += 1. / n_particles;
      }
    for (std::size_t r = 0; r < n_replicas; ++r)
      p[r] = 1. - q[r];
    for (std::size_t i = 0; i <= levels.size(); ++i)
      {
        Particles                starts;
        std::vector<std::size_t> replica;
        for (std::size_t r = 0; r < n_replicas; ++r)
          {
            const Particles own =
              i == 0 || particles[r].size() == 0 ? particles[r] : choose(particles[r], n_particles);
            for (std::size_t k = 0; k < own.size(); ++k)
              {
                starts.add(own, k);
                replica.push_back(r);
              }
            particles[r] = {};
          }
        const Stage stage = climb(starts, i < levels.size() ? levels[i] : infinite, new_paths);
        std::vector<double> count(n_replicas), steps(n_replicas);
        for (std::size_t k = 0; k < starts.size(); ++k)
          {
            count[replica[k]] += 1.;
            steps[replica[k]] += stage.steps[k];
            if (stage.is_success[k])
              particles[replica[k]].add(stage.ends, k);
          }
        for (std::size_t r = 0; r < n_replicas; ++r)
          if (count[r] > 0.)
            {
              T[r] += p[r] * steps[r] / count[r];
              p[r] *= static_cast<double>(particles[r].size()) / count[r];
            }
          else
            p[r] = 0.;
        progress((i + 1.) / (levels.size() + 1.));
      }
    for (std::size_t r = 0; r < n_replicas; ++r)
      {
        exits.push_back(p[r] + q[r]);
        loops.push_back(T[r]);
      }
  }

  template <int dim>
  unsigned int
  Splitting<dim>::n_replicas() const
  {
    return static_cast<unsigned int>(exits.size());
  }

  template <int dim>
  unsigned int
  Splitting<dim>::n_levels() const
  {
    return static_cast<unsigned int>(levels.size());
  }

  template <int dim>
  SampleMean
  Splitting<dim>::loop_steps() const
  {
    return mean_of(loops);
  }

  template <int dim>
  SampleMean
  Splitting<dim>::exit_probability() const
  {
    return mean_of(exits);
  }

  template <int dim>
  double
  Splitting<dim>::scatter() const
  {
    SampleSums logs;
    for (const double p : exits)
      if (p > 0.)
        logs.add(std::log(p));
    return logs.count() < exits.size()
             ? infinite
             : logs.mean().standard_error * std::sqrt(static_cast<double>(exits.size()));
  }

  template <int dim>
  SampleMean
  Splitting<dim>::mean() const
  {
    const SampleMean T = loop_steps(), p = exit_probability();
    // of a quotient of means, with what both have in common
    std::vector<double> residuals;
    for (std::size_t r = 0; r < exits.size(); ++r)
      residuals.push_back(loops[r] / T.value - exits[r] / p.value);
    const double value = T.value / p.value;
    return {value, value * mean_of(residuals).standard_error};
  }

  template <int dim>
  SampleMean
  Splitting<dim>::mean_from(const std::vector<double> &start, const unsigned int n)
  {
    const SampleMean in_A = mean();
    if (scores_at(*home, start).front() <= 1.)
      return in_A;
    PathBatch<dim> batch = {new_paths, 0, {}, patience};
    batch.falling        = home.get();
    batch.lower          = 1.;
    for (unsigned int k = 0; k < n; ++k)
      batch.starts.insert(batch.starts.end(), start.begin(), start.end());
    const PathEnds ends = sample(batch);
    SampleSums     times, back;
    for (unsigned int k = 0; k < n; ++k)
      {
        times.add(ends.steps[k]);
        back.add(ends.walls[k] == PathEnds::fell ? 1. : 0.);
      }
    const SampleMean time = times.mean(), share = back.mean();
    return {time.value + share.value * in_A.value,
            std::sqrt(std::pow(time.standard_error, 2) +
                      std::pow(share.standard_error * in_A.value, 2) +
                      std::pow(share.value * in_A.standard_error, 2))};
  }

  template class Splitting<1>;
  template class Splitting<2>;
  template class Splitting<3>;
} // namespace dynkin
