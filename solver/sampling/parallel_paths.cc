// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "sampling/parallel_paths.h"

#include "utilities/exceptions.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <exception>
#include <mutex>
#include <thread>

namespace dynkin
{
  namespace
  {
    constexpr unsigned int block_size = 1024; // paths

    unsigned int
    threads_of_process(const MPI_Comm communicator)
    {
      if (const char *asked_for = std::getenv("DEAL_II_NUM_THREADS"))
        if (const int n = std::atoi(asked_for); n > 0)
          return std::min(n, 1024);
      int n_here = 1;
      if (dealii::Utilities::MPI::job_supports_mpi())
        {
          MPI_Comm here;
          MPI_Comm_split_type(communicator, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &here);
          MPI_Comm_size(here, &n_here);
          MPI_Comm_free(&here);
        }
      return std::max(1u, std::thread::hardware_concurrency() / static_cast<unsigned int>(n_here));
    }

    /** What is being thrown, in two lines: the entry of an InputError or nothing, and its text. */
    std::string
    current_fault()
    {
      try
        {
          throw;
        }
      catch (const InputError &error)
        {
          return error.entry() + "\n" + error.what();
        }
      catch (const std::exception &error)
        {
          return std::string("\n") + error.what();
        }
    }

    /** The first fault of all processes, if there is one. */
    void
    throw_everywhere(const std::string &fault, const MPI_Comm communicator)
    {
      for (const std::string &one : dealii::Utilities::MPI::all_gather(communicator, fault))
        if (!one.empty())
          {
            const std::size_t end = one.find('\n');
            if (end == 0)
              throw std::runtime_error(one.substr(1));
            throw InputError(one.substr(0, end), one.substr(end + 1));
          }
    }
  } // namespace

  template <int dim>
  ParallelPaths<dim>::ParallelPaths(const PathLaw<dim> &law,
                                    const std::uint64_t seed,
                                    const MPI_Comm      communicator)
    : n_threads(threads_of_process(communicator))
    , n_ranks(dealii::Utilities::MPI::n_mpi_processes(communicator))
    , sampler(law, seed)
    , communicator(communicator)
  {
  }

  template <int dim>
  PathEnds
  ParallelPaths<dim>::sample(const std::uint64_t        first,
                             const unsigned int         n_paths,
                             const std::vector<double> &start,
                             const double               maximum,
                             const bool                 is_coarse,
                             const Progress            &progress) const
  {
    const unsigned int rank     = dealii::Utilities::MPI::this_mpi_process(communicator);
    const unsigned int n_blocks = (n_paths + block_size - 1) / block_size;
    // what other processes find stays 0, so that a sum gives it to all, bit by bit
    std::vector<double>       steps(n_paths, 0.);
    std::vector<unsigned int> walls(n_paths, 0);
    std::atomic<unsigned int> next{rank}, n_working{0};
    std::atomic<std::size_t>  n_left{0};
    std::atomic<bool>         is_over{false};
    std::mutex                mutex;
    std::condition_variable   has_ended;
    std::string               fault;

    const auto work = [&]() {
      try
        {
          for (unsigned int block = next.fetch_add(n_ranks); block < n_blocks && !is_over;
               block              = next.fetch_add(n_ranks))
            {
                           const unsigned int begin = block * block_size;
                           const PathEnds     ends  = sampler.sample(first + begin,
                                                   std::min(block_size, n_paths - begin),
                                                   start,
                                                   maximum,
                                                   is_coarse,
                                                   &n_left);
                           std::copy(ends.steps.begin(), ends.steps.end(), steps.begin() + begin);
                           std::copy(ends.walls.begin(), ends.walls.end(), walls.begin() + begin);
            }
        }
      catch (...)
        {
          const std::lock_guard<std::mutex> lock(mutex);
          is_over = true;
          fault   = current_fault();
        }
      const std::lock_guard<std::mutex> lock(mutex);
      --n_working;
      has_ended.notify_all();
    };

    std::vector<std::thread> threads;
    const unsigned int       n_useful = std::min(n_threads, n_blocks);
    n_working                         = n_useful;
    for (unsigned int t = 0; t < n_useful; ++t)
      threads.emplace_back(work);
    {
      std::unique_lock<std::mutex> lock(mutex);
      while (!has_ended.wait_for(lock, std::chrono::seconds(1), [&]() { return n_working == 0; }))
        progress(static_cast<double>(n_left) * n_ranks);
    }
    for (std::thread &thread : threads)
      thread.join();
    throw_everywhere(fault, communicator);

    PathEnds                  ends;
    std::vector<unsigned int> all_walls(n_paths);
    ends.steps.resize(n_paths);
    dealii::Utilities::MPI::sum(steps, communicator, ends.steps);
    dealii::Utilities::MPI::sum(walls, communicator, all_walls);
    ends.walls.assign(all_walls.begin(), all_walls.end());
    return ends;
  }

  template class ParallelPaths<1>;
  template class ParallelPaths<2>;
  template class ParallelPaths<3>;
} // namespace dynkin
