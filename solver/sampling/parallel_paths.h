// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_sampling_parallel_paths_h
#define dynkin_sampling_parallel_paths_h

#include "sampling/path_journal.h"

#include <deal.II/base/mpi.h>

#include <functional>

namespace dynkin
{
  /** Paths on all processes and their threads: in blocks, which are the same however many there are. */
  template <int dim>
  class ParallelPaths
  {
  public:
    /** Told about how many paths of this process have left so far, from time to time. */
    using Progress = std::function<void(const double n_left)>;

    ParallelPaths(const PathLaw<dim> &law,
                  const std::uint64_t seed,
                  PathJournal        &journal,
                  const MPI_Comm      communicator);

    /** On all processes; see PathSampler. Collective. Throws on all what was thrown on one. */
    PathEnds
    sample(
      const PathBatch<dim> &batch,
      const Progress       &progress = [](double) {});

    /** Of this process: as many as DEAL_II_NUM_THREADS says, else its share of the processor. */
    const unsigned int n_threads;

    const unsigned int n_ranks;

  private:
    const PathSampler<dim> sampler;
    PathJournal           &journal;
    const MPI_Comm         communicator;
  };
} // namespace dynkin

#endif
