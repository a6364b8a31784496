// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "app/command_line.h"

#include <deal.II/base/config.h>

#include <sstream>

#include "parameters/parameter_table.h"
#include "utilities/exceptions.h"

namespace dynkin
{
  namespace
  {
    const std::string usage =
      "usage: dynkin FILE.prm [--set \"SECTION/ENTRY=VALUE\"]... [--output DIR] [--check] "
      "[--quiet]\n"
      "       dynkin --help | --version | --list | --print-parameters [markdown]\n";

    const std::string help =
      "dynkin computes mean exit times and stationary densities of stochastic differential\n"
      "equations, with the error beside every number.\n\n" +
      usage +
      "\n"
      "  FILE.prm               what to compute; see --print-parameters and params/examples/\n"
      "  --set \"ENTRY=VALUE\"    set an entry, e.g. \"Model/learning rate=0.1\", instead of the "
      "file's\n"
      "  --output DIR           where the results go, instead of Output/directory\n"
      "  --check                read and check the file, build the coarse mesh, and stop\n"
      "  --quiet                print errors only\n"
      "  --list                 problems, models, shapes, solvers and references\n"
      "  --print-parameters     all entries as a parameter file to fill in, or as a Markdown "
      "table\n"
      "  mpirun -n N dynkin ... the same on N processes\n\n"
      "Exit status: 0 success; 1 wrong input, nothing was written; 2 the tolerance was not "
      "reached;\n"
      "3 internal error.\n";

    const std::string references =
      "references (computed beside the solution where one applies)\n"
      "  product power law: stationary density of the decoupled model, restricted to the domain\n"
      "  1-D exit-time integral: mean exit time of an interval, one or both ends absorbing\n"
      "  radial exit-time integral: isotropic models of all types, a ball about the minimum\n";

    /** The choices of some entries, one line each: they stand in the help after "- ". */
    std::string
    list(const EntryTable &entries)
    {
      std::ostringstream out;
      for (const auto &[path, title] : {std::make_pair("problem", "problems"),
                                        std::make_pair("Model/type", "models"),
                                        std::make_pair("Domain/shape", "shapes"),
                                        std::make_pair("Solver/type", "solvers")})
        {
          out << title << " (" << path << ")\n";
          std::istringstream lines(entries.find(path)->help);
          for (std::string line; std::getline(lines, line);)
            if (line.rfind("- ", 0) == 0)
              out << "  " << line.substr(2) << '\n';
          out << '\n';
        }
      return out.str() + references;
    }

    std::string
    answer_to(const std::string &option, const std::string &format, const EntryTable &entries)
    {
      if (option == "--help")
        return help;
      if (option == "--version")
        return "dynkin " DYNKIN_VERSION " (deal.II " DEAL_II_PACKAGE_VERSION ")\n";
      if (option == "--list")
        return list(entries);
      if (option != "--print-parameters")
        return "";
      if (!format.empty() && format != "markdown")
        throw InputError("", "--print-parameters '" + format + "': needs markdown or nothing");
      return format.empty() ? to_template(entries.rows()) : to_markdown(entries.rows());
    }
  } // namespace

  CommandLine::CommandLine(const int argc, const char *const *argv, const EntryTable &entries)
  {
    const std::vector<std::string> words(argv + 1, argv + argc);
    const std::string              hint = " (dynkin --help shows all options)";
    if (words.empty())
      throw InputError("",
                       "a parameter file is missing; usage: dynkin FILE.prm [--set "
                       "\"SECTION/ENTRY=VALUE\"]... [--output DIR] [--check] [--quiet]" +
                         hint);

    for (auto word = words.begin(); word != words.end(); ++word)
      {
        answer = answer_to(*word, word + 1 == words.end() ? "" : word[1], entries);
        if (!answer.empty())
          return;
        if (*word == "--set" || *word == "--output")
          {
            const bool is_set = *word == "--set";
            if (word + 1 == words.end() || word[1].empty() || word[1].rfind("--", 0) == 0)
              throw InputError(
                "", *word + " needs " + (is_set ? "'SECTION/ENTRY=VALUE'" : "a directory") + hint);
            ++word;
            if (is_set)
              overrides.push_back(*word);
            else if (output_directory.empty())
              output_directory = *word;
            else
              throw InputError("", "--output needs to be given once, not twice" + hint);
          }
        else if (*word == "--check")
          check_only = true;
        else if (*word == "--quiet")
          quiet = true;
        else if (word->rfind("-", 0) == 0)
          throw InputError("", "unknown option '" + *word + "'" + hint);
        else if (file.empty())
          file = *word;
        else
          throw InputError("",
                           "needs one parameter file, but there are '" + file + "' and '" + *word +
                             "'" + hint);
      }
    if (file.empty())
      throw InputError("", "a parameter file is missing" + hint);
  }
} // namespace dynkin
