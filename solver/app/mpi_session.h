// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_app_mpi_session_h
#define dynkin_app_mpi_session_h

#include <deal.II/base/mpi.h>

#include <functional>
#include <memory>
#include <string>

namespace dynkin
{
  /**
   * This process among those that mpirun started, or alone: sets MPI up and
   * turns exceptions into one sentence on standard error and an exit status.
   *
   * Alone, MPI starts only when it is needed and without looking for other
   * machines, which saves 0.3 s.
   */
  class Process
  {
  public:
    /** The libraries see no word of the command line but its first one. */
    explicit Process(char *program);
    ~Process();

    Process(const Process &) = delete;
    Process &
    operator=(const Process &) = delete;

    /** To be called before anything needs MPI; a second call does nothing. */
    void
    start_mpi();

    /** The one process that prints. */
    bool
    is_first() const;

    /**
     * Exit status of the story: what it returns, 1 after an InputError, 2 after
     * a ConvergenceError, 3 after anything else. If all processes fail, the
     * first one says why; if only some do, these say why and end all.
     */
    int
    run(const std::function<int()> &story);

  private:
    char  *words[2];
    int    n_words      = 1;
    char **command_line = words;

    std::unique_ptr<dealii::Utilities::MPI::MPI_InitFinalize> mpi;
    MPI_Comm                                                  error_communicator = MPI_COMM_NULL;

    void
    report(const int status, const std::string &sentence) const;
  };
} // namespace dynkin

#endif
