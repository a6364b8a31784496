// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "sampling/path_journal.h"

#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace dynkin
{
  namespace
  {
    constexpr double most_bytes = 4e9, quiet_seconds = 2.;

    /** FNV-1a, 64 bits. */
    std::uint64_t
    checksum(const std::string &bytes)
    {
      std::uint64_t sum = 0xcbf29ce484222325;
      for (const char c : bytes)
        sum = (sum ^ static_cast<unsigned char>(c)) * 0x100000001b3;
      return sum;
    }

    void
    put(std::string &bytes, const unsigned int value)
    {
      bytes.append(reinterpret_cast<const char *>(&value), sizeof(value));
    }

    template <typename T>
    void
    put(std::string &bytes, const std::vector<T> &values)
    {
      const std::uint64_t n = values.size();
      bytes.append(reinterpret_cast<const char *>(&n), sizeof(n));
      bytes.append(reinterpret_cast<const char *>(values.data()), n * sizeof(T));
    }

    /** A record of a file: its length, its bytes, and their checksum. */
    std::string
    sealed(const std::string &bytes)
    {
      const std::uint64_t n = bytes.size(), sum = checksum(bytes);
      std::string         record(reinterpret_cast<const char *>(&n), sizeof(n));
      record += bytes;
      record.append(reinterpret_cast<const char *>(&sum), sizeof(sum));
      return record;
    }

    /** Reads what put() and sealed() wrote. */
    class Reader
    {
    public:
      explicit Reader(const std::string &bytes)
        : bytes(bytes)
      {
      }

      template <typename T>
      bool
      get(T &value)
      {
        if (bytes.size() - at < sizeof(T))
          return false;
        std::memcpy(&value, &bytes[at], sizeof(T));
        at += sizeof(T);
        return true;
      }

      template <typename T>
      bool
      get(std::vector<T> &values)
      {
        std::uint64_t n;
        if (!get(n) || n > (bytes.size() - at) / sizeof(T))
          return false;
        values.resize(n);
        if (n > 0)
          std::memcpy(values.data(), bytes.data() + at, n * sizeof(T));
        at += n * sizeof(T);
        return true;
      }

      /** The next record, if it is whole. */
      bool
      get_sealed(std::string &content)
      {
        const std::size_t begin = at;
        std::uint64_t     n, sum;
        if (get(n) && n <= bytes.size() - at)
          {
            content = bytes.substr(at, n);
            at += n;
            if (get(sum) && sum == checksum(content))
              return true;
          }
        at = begin;
        return false;
      }

      std::size_t at = 0;

    private:
      const std::string &bytes;
    };
  } // namespace

  PathJournal::PathJournal(const std::string &directory,
                           const std::string &run,
                           const MPI_Comm     communicator)
    : directory(directory)
    , run(run)
    , rank(dealii::Utilities::MPI::this_mpi_process(communicator))
    , n_ranks(dealii::Utilities::MPI::n_mpi_processes(communicator))
    , begin(std::chrono::steady_clock::now())
  {
    const auto on_any = [communicator](const bool yes) { // waits for all
      return dealii::Utilities::MPI::max(yes ? 1u : 0u, communicator) > 0;
    };
    for (unsigned int of = 0;; ++of)
      {
        const bool exists = on_any(std::ifstream(path(of)).good());
        if (!exists && of >= n_ranks)
          break;
        const bool is_same = on_any(read(of));
        if (exists && !is_same && rank == 0)
          std::remove(path(of).c_str());
      }
    on_any(true); // nobody writes before the last is removed
  }

  PathJournal::~PathJournal()
  {
    if (file.is_open())
      file.close();
    std::remove(path(rank).c_str());
    if (rank == 0) // of more processes than there are now
      for (unsigned int of = n_ranks; std::remove(path(of).c_str()) == 0; ++of)
        ;
  }

  std::string
  PathJournal::path(const unsigned int of) const
  {
    return directory + "/paths." + std::to_string(of) + ".part";
  }

  bool
  PathJournal::read(const unsigned int of)
  {
    std::error_code no_matter;
    if (!std::filesystem::is_regular_file(path(of), no_matter))
      return false;
    std::ifstream     in(path(of), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    Reader            reader(bytes);
    std::string       record;
    if (!reader.get_sealed(record) || record != run)
      return false;
    while (reader.get_sealed(record))
      {
        Reader   block(record);
        Key      key;
        PathEnds ends;
        if (block.get(key.first) && block.get(key.second) && block.get(ends.steps) &&
            block.get(ends.walls) && block.get(ends.places) && block.get(ends.highest))
          found.emplace(key, std::move(ends));
      }
    if (of == rank)
      {
        std::error_code fault;
        std::filesystem::resize_file(path(of), reader.at, fault);
        is_begun = !fault;
        n_bytes  = static_cast<double>(reader.at);
      }
    return true;
  }

  const PathEnds *
  PathJournal::find(const unsigned int batch, const unsigned int block) const
  {
    const auto known = found.find({batch, block});
    return known == found.end() ? nullptr : &known->second;
  }

  std::size_t
  PathJournal::n_found() const
  {
    std::size_t n = 0;
    for (const auto &block : found)
      n += block.second.steps.size();
    return n;
  }

  void
  PathJournal::add(const unsigned int batch, const unsigned int block, const PathEnds &ends)
  {
    const std::lock_guard<std::mutex>   lock(mutex);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    if (n_bytes > most_bytes || (!is_begun && seconds.count() < quiet_seconds))
      return;
    std::string text;
    if (!is_begun)
      text = sealed(run);
    std::string bytes;
    put(bytes, batch);
    put(bytes, block);
    put(bytes, ends.steps);
    put(bytes, ends.walls);
    put(bytes, ends.places);
    put(bytes, ends.highest);
    text += sealed(bytes);
    if (!file.is_open())
      {
        std::error_code no_matter;
        std::filesystem::create_directories(directory, no_matter);
        file.open(path(rank), std::ios::binary | (is_begun ? std::ios::app : std::ios::trunc));
      }
    is_begun = true;
    file << text << std::flush;
    // after a fault of the disk the file would be torn in the middle
    n_bytes = file ? n_bytes + static_cast<double>(text.size()) : 2. * most_bytes;
  }
} // namespace dynkin
