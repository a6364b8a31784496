// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_sampling_path_journal_h
#define dynkin_sampling_path_journal_h

#include "sampling/path_sampler.h"

#include <deal.II/base/mpi.h>

#include <chrono>
#include <fstream>
#include <map>
#include <mutex>

namespace dynkin
{
  /**
   * Blocks of paths that have ended, in files paths.N.part (one a process, in no portable format) in the output
   * directory, so that the same run goes on where it was killed, with any number of processes: what blocks hold depends
   * on the run alone. Nothing is written in the first seconds, and no more than some GB. The files go when the run ends.
   */
  class PathJournal
  {
  public:
    /** `run` is what the blocks depend on: those of other runs are removed. Collective. */
    PathJournal(const std::string &directory, const std::string &run, const MPI_Comm communicator);

    /** Removes the files. */
    ~PathJournal();

    PathJournal(const PathJournal &) = delete;

    /** Batches are counted in the order in which they are sampled. */
    unsigned int
    next_batch()
    {
      return n_batches++;
    }

    /** Of the batch and the block, counted from 0; nullptr if it is not known. */
    const PathEnds *
    find(const unsigned int batch, const unsigned int block) const;

    /** From any thread. A disk that is full is no reason to end. */
    void
    add(const unsigned int batch, const unsigned int block, const PathEnds &ends);

    /** Paths that were found when the run began. */
    std::size_t
    n_found() const;

  private:
    using Key = std::pair<unsigned int, unsigned int>;

    /** What the file of one process holds; is it one of this run? Cuts off what is torn if it is the own one. */
    bool
    read(const unsigned int of);

    std::string
    path(const unsigned int rank) const;

    const std::string                           directory, run;
    const unsigned int                          rank, n_ranks;
    std::map<Key, PathEnds>                     found;
    std::ofstream                               file;
    bool                                        is_begun  = false; // the own file
    double                                      n_bytes   = 0.;
    unsigned int                                n_batches = 0;
    std::mutex                                  mutex;
    const std::chrono::steady_clock::time_point begin;
  };
} // namespace dynkin

#endif
