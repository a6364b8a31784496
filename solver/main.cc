// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <iostream>

#include "app/command_line.h"
#include "app/mpi_session.h"
#include "parameters/parameter_file.h"
#include "parameters/parameter_table.h"
#include "study/application.h"
#include "study/problem_table.h"
#include "study/sweep.h"
#include "utilities/exceptions.h"

int
main(int argc, char *argv[])
{
  using namespace dynkin;

  Process process(argv[0]);
  return process.run([&]() {
    const ProblemKinds problems = problem_kinds();
    const CommandLine  command_line(argc, argv, known_entries(problems));
    if (!command_line.answer.empty())
      {
        std::cout << (process.is_first() ? command_line.answer : "");
        return 0;
      }

    ParameterFile file(command_line.file, problems);
    for (const std::string &assignment : command_line.overrides)
      file.set_override(assignment);
    if (!command_line.output_directory.empty())
      file.set_override("Output/directory=" + command_line.output_directory, "--output");
    if (!file.value("Study/sweep").empty())
      {
        const Sweep sweep(file);
        process.start_mpi();
        return sweep.run(command_line.check_only, command_line.quiet);
      }
    const Parameters parameters = file.read();

    process.start_mpi();
    try
      {
        return run_application(parameters, command_line.check_only, command_line.quiet);
      }
    catch (const InputError &error)
      {
        throw InputError(error.entry(), file.describe(error));
      }
  });
}
