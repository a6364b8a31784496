// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "app/mpi_session.h"

#include <deal.II/base/exceptions.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <new>
#include <sstream>
#include <thread>

#include "utilities/exceptions.h"

namespace dynkin
{
  namespace
  {
    bool
    is_started_by_mpirun()
    {
      for (const char *name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "PMIX_RANK"})
        if (std::getenv(name) != nullptr)
          return true;
      return false;
    }

    /** On one line, whatever a library put into it. */
    std::string
    in_one_line(const std::string &text)
    {
      std::istringstream words(text);
      std::string        line;
      for (std::string word; words >> word;)
        line += (line.empty() ? "" : " ") + word;
      return line;
    }

    /** Do all processes come here within a few seconds? */
    bool
    all_processes_arrive(const MPI_Comm communicator)
    {
      MPI_Request request;
      int         arrived = 0;
      MPI_Ibarrier(communicator, &request);
      for (unsigned int i = 0; i < 300 && arrived == 0; ++i)
        {
          MPI_Test(&request, &arrived, MPI_STATUS_IGNORE);
          if (arrived == 0)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
      return arrived != 0;
    }
  } // namespace

  Process::Process(char *program)
    : words{program, nullptr}
  {
    if (is_started_by_mpirun())
      start_mpi();
  }

  Process::~Process()
  {
    if (error_communicator != MPI_COMM_NULL)
      MPI_Comm_free(&error_communicator);
  }

  void
  Process::start_mpi()
  {
    if (mpi != nullptr)
      return;
    if (!is_started_by_mpirun())
      {
        setenv("OMPI_MCA_ess_singleton_isolated", "1", 0);
        setenv("OMPI_MCA_btl", "self", 0);
        // what two runs at a time would share
        setenv("OMPI_MCA_sharedfp", "^sm", 0);
        setenv("OMPI_MCA_orte_create_session_dirs", "0", 0);
      }
    mpi = std::make_unique<dealii::Utilities::MPI::MPI_InitFinalize>(n_words, command_line, 1);
    MPI_Comm_dup(MPI_COMM_WORLD, &error_communicator);
  }

  bool
  Process::is_first() const
  {
    return mpi == nullptr || dealii::Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0;
  }

  int
  Process::run(const std::function<int()> &story)
  {
    int         status = 3;
    std::string sentence;
    try
      {
        return story();
      }
    catch (const InputError &error)
      {
        status   = 1;
        sentence = error.what();
      }
    catch (const ConvergenceError &error)
      {
        status   = 2;
        sentence = error.what();
      }
    catch (const MachineError &error)
      {
        sentence = error.what();
      }
    catch (const std::bad_alloc &)
      {
        sentence = "not enough memory; use fewer Discretization/refinements or more processes";
      }
    catch (const dealii::ExceptionBase &error)
      {
        std::ostringstream info;
        error.print_info(info);
        sentence = std::string("internal error: ") + error.get_exc_name() + " " + info.str();
      }
    catch (const std::exception &error)
      {
        sentence = std::string("internal error: ") + error.what();
      }
    catch (...)
      {
        sentence = "internal error of unknown kind";
      }
    report(status, in_one_line(sentence));
    return status;
  }

  void
  Process::report(const int status, const std::string &sentence) const
  {
    const bool all_failed = mpi == nullptr || all_processes_arrive(error_communicator);
    if (is_first() || !all_failed)
      std::cerr << "dynkin: error: " << sentence << std::endl;
    if (!all_failed)
      MPI_Abort(MPI_COMM_WORLD, status);
  }
} // namespace dynkin
