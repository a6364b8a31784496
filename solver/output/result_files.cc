// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "output/result_files.h"

#include "utilities/exceptions.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <sstream>

namespace dynkin
{
  ResultFiles::ResultFiles(const std::string &directory, const MPI_Comm communicator)
    : directory(directory)
    , is_writer(dealii::Utilities::MPI::this_mpi_process(communicator) == 0)
  {
    std::error_code failure;
    if (is_writer)
      std::filesystem::create_directories(directory, failure);
    if (failure)
      throw InputError("Output/directory", "cannot be created: " + failure.message());
    MPI_Barrier(communicator);
  }

  std::string
  ResultFiles::path(const std::string &name) const
  {
    return directory + "/" + name;
  }

  void
  ResultFiles::write(const std::string &name, const std::string &content) const
  {
    if (!is_writer)
      return;
    const std::string temporary = path(name + ".part");
    std::ofstream     file(temporary);
    file << content << std::flush;
    file.close();
    if (!file)
      throw_cannot_write(temporary);
    publish(name);
  }

  void
  ResultFiles::publish(const std::string &name) const
  {
    std::error_code failure;
    if (is_writer)
      std::filesystem::rename(path(name + ".part"), path(name), failure);
    if (failure)
      throw_cannot_write(path(name));
  }

  void
  ResultFiles::write(const Table &table) const
  {
    std::ostringstream csv;
    csv << std::setprecision(16);
    for (std::size_t k = 0; k < table.columns.size(); ++k)
      csv << (k > 0 ? "," : "") << table.columns[k];
    for (const std::vector<double> &row : table.rows)
      for (std::size_t k = 0; k < row.size(); ++k)
        csv << (k > 0 ? ',' : '\n') << row[k];
    csv << '\n';
    write(table.name + ".csv", csv.str());
  }

  void
  ResultFiles::remove(const std::string &name) const
  {
    std::error_code failure;
    if (is_writer)
      std::filesystem::remove(path(name), failure);
    if (failure)
      throw_cannot_write(path(name));
  }

  void
  throw_cannot_write(const std::string &path)
  {
    const std::string reason = std::strerror(errno);
    std::error_code   ignored;
    if (std::filesystem::path(path).extension() == ".part")
      std::filesystem::remove(path, ignored);
    throw MachineError("cannot write " + path + ": " + reason +
                       "; make room, or choose another Output/directory, and run again");
  }
} // namespace dynkin
