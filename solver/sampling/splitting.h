// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_sampling_splitting_h
#define dynkin_sampling_splitting_h

#include "sampling/exit_statistics.h"
#include "sampling/parallel_paths.h"

#include <functional>

namespace dynkin
{
  /**
   * Mean times of rare exits by adaptive multilevel splitting (F. Cerou, A. Guyader, Stoch. Anal. Appl. 25, 2007).
   *
   * A is an ellipsoid in the middle of the well, with half of the law there, and paths come out of A when they are out of a
   * larger one; from one coming out to the next takes a mean time T. If after an exit paths begin anew where others come
   * back to A, then
   *
   *   E tau = T/(q + p),
   *
   * exactly, with the probability q to leave before a path comes out of A, and p after it has come out and before it is back.
   * p is the product of probabilities to reach one level of a score after another before A, each about 1/4, of paths that
   * begin where others reached the level before; the times of all of them, times the products so far, are in T.
   * The means are right with any score, and with any levels that do not depend on the same paths. A replica is one such
   * product; standard errors come from many replicas.
   */
  template <int dim>
  class Splitting
  {
  public:
    static constexpr unsigned int n_particles = 256, least_replicas = 24;

    /**
     * Lets paths from `start` settle, and finds the levels. Paths are counted from `first_path` on; `progress` is told
     * what is done. Throws ConvergenceError if there are no levels.
     */
    Splitting(ParallelPaths<dim>                             &paths,
              const PathScore<dim>                           &score,
              const std::uint64_t                             seed,
              const std::uint64_t                             first_path,
              const std::vector<double>                      &start,
              const std::function<void(const std::string &)> &progress);

    /** More replicas. `progress` is told the part that is done. */
    void
    add(const unsigned int n_replicas, const std::function<void(const double)> &progress);

    unsigned int
    n_replicas() const;

    unsigned int
    n_levels() const;

    /** T, in steps. */
    SampleMean
    loop_steps() const;

    /** p + q. */
    SampleMean
    exit_probability() const;

    /** Standard deviation of log(p + q); infinite if no path leaves in some replica. */
    double
    scatter() const;

    /** E tau from where paths come back to A, in steps. */
    SampleMean
    mean() const;

    /** From any point, by n paths until they are in A. Those that leave before have their own times. */
    SampleMean
    mean_from(const std::vector<double> &start, const unsigned int n);

  private:
    /** Paths side by side, and whether they have left. */
    struct Particles
    {
      std::vector<double> x;
      std::vector<bool>   has_left;

      std::size_t
      size() const
      {
        return has_left.size();
      }

      void
      add(const Particles &others, const std::size_t k);
    };

    /** Where they are then, whether they got there, after how many steps, and the highest scores on the way. */
    struct Stage
    {
      Particles           ends;
      std::vector<bool>   is_success;
      std::vector<double> steps, highest;
    };

    static constexpr std::uint64_t new_paths = -1; // in place of the number of the first

    PathEnds
    sample(PathBatch<dim> batch);

    /** Finds A, and the pool. */
    void
    settle(const std::vector<double>                      &start,
           const std::function<void(const std::string &)> &progress);

    /** Until each is out of A, a success, or has left. */
    Stage
    come_out(const Particles &walkers);

    /** Until each is in A; in place of those that have left, others of the pool. */
    Particles
    come_back(const Stage &out);

    /** Until each has reached the level or left, a success, or is in A. */
    Stage
    climb(const Particles &starts, const double level, const std::uint64_t first);

    /** With replacement. */
    Particles
    choose(const Particles &from, const std::size_t n);

    void
    find_levels(const std::function<void(const std::string &)> &progress);

    ParallelPaths<dim>                   &paths;
    const PathScore<dim>                 &score;
    const RandomNumbers                   random_numbers;
    std::uint64_t                         next_path, next_choice;
    double                                patience = 0.; // steps until a path is back
    std::unique_ptr<const PathScore<dim>> home;          // 1 on the surface of A
    Particles                             pool;          // where paths came back to A
    std::vector<double>                   levels;        // of the score
    std::vector<double>                   exits, loops;  // p + q and T of the replicas
  };
} // namespace dynkin

#endif
