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
                                    PathJournal        &journal,
                                    const MPI_Comm      communicator)
    : n_threads(threads_of_process(communicator))
    , n_ranks(dealii::Utilities::MPI::n_mpi_processes(communicator))
    , sampler(law, seed)
    , journal(journal)
    , communicator(communicator)
  {
  }

  template <int dim>
  PathEnds
  ParallelPaths<dim>::sample(const PathBatch<dim> &batch, const Progress &progress)
  {
    const unsigned int n_paths = batch.n_paths, number = journal.next_batch();
    const unsigned int rank     = dealii::Utilities::MPI::this_mpi_process(communicator);
    const unsigned int n_blocks = (n_paths + block_size - 1) / block_size;
    // what other processes find stays 0, so that a sum gives it to all, bit by bit
    PathEnds                  all = ends_of(batch);
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
                           PathBatch<dim>     part  = batch;
                           const unsigned int begin = block * block_size;
                           part.first               = batch.first + begin;
                           part.n_paths             = std::min(block_size, n_paths - begin);
                           if (batch.starts.size() > dim)
                part.starts.assign(batch.starts.begin() + std::size_t(dim) * begin,
                                   batch.starts.begin() +
                                     std::size_t(dim) * (begin + part.n_paths));
              PathEnds        sampled;
                           const PathEnds *ends = journal.find(number, block);
                           if (ends == nullptr)
                {
                               sampled = sampler.sample(part, &n_left);
                               journal.add(number, block, sampled);
                               ends = &sampled;
                }
              std::copy(ends->steps.begin(), ends->steps.end(), all.steps.begin() + begin);
                           std::copy(ends->walls.begin(), ends->walls.end(), all.walls.begin() + begin);
                           std::copy(ends->places.begin(),
                        ends->places.end(),
                        all.places.begin() + std::size_t(dim) * begin);
                           std::copy(ends->highest.begin(),
                        ends->highest.end(),
                        all.highest.begin() + (ends->highest.empty() ? 0 : begin));
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

    if (n_ranks > 1)
      {
        const auto gather = [this](auto &numbers) {
          std::vector<double> own(numbers.begin(), numbers.end()), sums(numbers.size());
          dealii::Utilities::MPI::sum(own, communicator, sums);
          std::copy(sums.begin(), sums.end(), numbers.begin());
        };
        gather(all.steps);
        gather(all.walls);
        gather(all.places);
        gather(all.highest);
      }
    return all;
  }

  template class ParallelPaths<1>;
  template class ParallelPaths<2>;
  template class ParallelPaths<3>;
} // namespace dynkin
