// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/sweep.h"

#include <deal.II/base/mpi.h>
#include <deal.II/base/utilities.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "model/formula_list.h"
#include "output/print_result.h"
#include "output/sweep_table.h"
#include "parameters/parameter_text.h"
#include "study/application.h"
#include "study/header.h"
#include "study/small_noise_limit.h"
#include "utilities/entry_values.h"
#include "utilities/exceptions.h"
#include "utilities/log.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    const std::string     sweep_entry  = "Study/sweep";
    constexpr std::size_t maximum_rows = 10000;

    std::string
    row_name(const std::size_t k)
    {
      const std::string number = std::to_string(k + 1);
      return "row_" + std::string(number.size() < 3 ? 3 - number.size() : 0, '0') + number;
    }

    /** The whole file, or nothing if it cannot be read. */
    std::string
    content(const std::string &file_name)
    {
      std::ifstream      file(file_name);
      std::ostringstream text;
      text << file.rdbuf();
      return text.str();
    }

    /** With the value of constant arithmetic in its place; other texts stay as they are. */
    std::string
    number_text(const std::string &text)
    {
      try
        {
          return with_values(text);
        }
      catch (const std::invalid_argument &)
        {
          return text;
        }
    }

    /** Of the rows of a convergence table. */
    void
    remove_times(Record &table)
    {
      Record rows = Record::list();
      for (const Record &row : table.items())
        {
          Record kept;
          for (const auto &[name, item] : *row.as<Record::Named>())
            if (name != "seconds")
              kept[name] = item;
          rows.add(kept);
        }
      table = rows;
    }
  } // namespace

  Sweep::Sweep(const ParameterFile &file)
    : place(file.place_of(sweep_entry))
    , directory(file.value("Output/directory"))
    , used_parameters(file.used_parameters())
  {
    read_entries(file.value(sweep_entry));
    std::size_t n_rows = 1;
    for (const auto &values : choices)
      {
        n_rows *= values.size();
        if (n_rows > maximum_rows)
          fail("there are more than " + std::to_string(maximum_rows) + " combinations");
      }
    for (std::size_t k = 0; k < n_rows; ++k)
      {
        Row row{combination(k), file, {}};
        row.file.assign(sweep_entry, "", place);
        row.file.assign("Output/directory", directory + "/" + row_name(k), place);
        for (std::size_t i = 0; i < entries.size(); ++i)
          row.file.set_override(entries[i] + "=" + row.values[i], place);
        row.parameters = row.file.read();
        rows.push_back(row);
      }
  }

  void
  Sweep::fail(const std::string &reason) const
  {
    throw InputError(
      sweep_entry, place + ": " + reason + "; needs 'ENTRY: value, value, ...', separated by ';'");
  }

  void
  Sweep::read_entries(const std::string &text)
  {
    std::vector<std::string> parts;
    for (const std::string &part : split_items(text, ';'))
      if (part.find(':') != std::string::npos)
        parts.push_back(part);
      else if (!parts.empty())
        parts.back() += "; " + part; // the next row of a matrix
      else
        fail("'" + shorten(part) + "' names no entry");

    for (const std::string &part : parts)
      {
        const std::size_t colon = part.find(':');
        const std::string entry = Utilities::trim(part.substr(0, colon));
        const std::string list  = part.substr(colon + 1);
        if (std::find(entries.begin(), entries.end(), entry) != entries.end())
          fail(entry + " is named twice");
        if (entry == sweep_entry || entry == "Output/directory")
          fail(entry + " cannot be swept");
        entries.push_back(entry);
        choices.push_back(
          split_items(Utilities::trim(list), list.find('|') != std::string::npos ? '|' : ','));
        const std::vector<std::string> &values = choices.back();
        if (values.empty() || std::any_of(values.begin(), values.end(), [](const std::string &v) {
              return v.empty();
            }))
          fail(entry + " has an empty value");
      }
  }

  std::vector<std::string>
  Sweep::combination(std::size_t k) const
  {
    std::vector<std::string> values(entries.size());
    for (std::size_t i = entries.size(); i-- > 0; k /= choices[i].size())
      values[i] = choices[i][k % choices[i].size()];
    return values;
  }

  std::string
  Sweep::describe(const Row &row) const
  {
    std::string text;
    for (std::size_t i = 0; i < entries.size(); ++i)
      text += (i > 0 ? "; " : "") + entries[i] + " = " + row.values[i];
    return text;
  }

  std::string
  Sweep::Row::finished_results() const
  {
    const std::string folder = parameters.output.directory;
    std::string       results;
    if (Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0 &&
        content(folder + "/parameters.prm") == parameters.text)
      {
        results               = content(folder + "/results.json");
        const Record  all     = from_json(results);
        const Record *version = all.find("version");
        if (version == nullptr || version->as<std::string>() == nullptr ||
            *version->as<std::string>() != DYNKIN_VERSION)
          results.clear();
      }
    return Utilities::MPI::broadcast(MPI_COMM_WORLD, results);
  }

  std::string
  Sweep::Row::compute(const bool quiet, const Log &log) const
  {
    const ResultFiles files(parameters.output.directory, MPI_COMM_WORLD);
    // until the run is through, there is nothing that could be taken for its results
    files.remove("results.json");
    try
      {
        run_application(parameters, false, quiet);
      }
    catch (const InputError &error)
      {
        throw InputError(error.entry(), file.describe(error));
      }
    catch (const ConvergenceError &error)
      {
        log.line("failed", error.what());
        if (finished_results().empty())
          {
            Result result            = header(parameters, false);
            result.numbers["reason"] = error.what();
            files.write("parameters.prm", parameters.text);
            write(result, files);
          }
      }
    return finished_results();
  }

  Record
  Sweep::summary(const Row &row, const std::string &results) const
  {
    // of the run, or different from one to the next
    const std::vector<std::string> left_out = {
      "program", "version", "problem", "dimension", "ranks", "peak memory MB", "seconds"};
    Record summary;
    for (std::size_t i = 0; i < entries.size(); ++i)
      {
        const Record number = from_json(number_text(row.values[i]));
        const bool   is_one = number.as<double>() || number.as<long long>();
        summary[entries[i]] = is_one ? number : Record(row.values[i]);
      }
    const Record all = from_json(results);
    if (all.as<Record::Named>() == nullptr)
      throw MachineError("the results of " + row.parameters.output.directory +
                         " cannot be read again; was the folder changed meanwhile?");
    for (const auto &[key, value] : *all.as<Record::Named>())
      if (std::find(left_out.begin(), left_out.end(), key) == left_out.end())
        {
          summary[key] = value;
          if (key == "convergence")
            remove_times(summary[key]);
        }
    return summary;
  }

  int
  Sweep::run(const bool check_only, const bool quiet) const
  {
    const Log log(!quiet && Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0);
    Record    list      = Record::list();
    bool      converged = true;
    for (std::size_t k = 0; k < rows.size(); ++k)
      {
        const Row        &row   = rows[k];
        const std::string title = "row " + std::to_string(k + 1) + " of " +
                                  std::to_string(rows.size()) + ": " + describe(row);
        if (check_only)
          {
            log.text(title);
            run_application(row.parameters, true, quiet);
            continue;
          }
        std::string results = row.finished_results();
        log.text(title + (results.empty() ? "" : ": finished before"));
        if (results.empty())
          results = row.compute(quiet, log);
        list.add(summary(row, results));
        const bool *is_converged = list.item(k).find("converged")->as<bool>();
        converged                = converged && is_converged != nullptr && *is_converged;
        const ResultFiles files(directory, MPI_COMM_WORLD);
        files.write("sweep.json", to_json(list).dump(2) + "\n");
        files.write("sweep.csv", sweep_table(list));
      }
    if (check_only)
      return 0;

    const Parameters &first  = rows.front().parameters;
    Result            result = header(first, converged);
    result.numbers["sweep"]  = list;
    if (entries == std::vector<std::string>{"Model/learning rate"} && !first.model.kills())
      result.include(small_noise_limit(first, list), result.numbers);
    print(result, log);
    const ResultFiles files(directory, MPI_COMM_WORLD);
    files.write("parameters.prm", used_parameters);
    write(result, files);
    log.line("written", directory + "/: results.json, sweep.csv, sweep.json, parameters.prm");
    return converged ? 0 : 2;
  }
} // namespace dynkin
