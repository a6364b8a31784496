// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "parameters/parameter_file.h"

#include <deal.II/base/utilities.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "model/formula_list.h"
#include "parameters/parameter_table.h"
#include "parameters/parameter_text.h"

namespace dynkin
{
  namespace
  {
    using Names = std::vector<std::string>;

    bool
    contains(const Names &names, const std::string &name)
    {
      return std::find(names.begin(), names.end(), name) != names.end();
    }

    /** "a, b or c" */
    std::string
    in_words(const Names &names)
    {
      std::string text = names.front();
      for (unsigned int i = 1; i < names.size(); ++i)
        text += (i + 1 < names.size() ? ", " : " or ") + names[i];
      return text;
    }

    Names
    entry_paths(const EntryTable &entries)
    {
      Names paths;
      for (const Entry &entry : entries.rows())
        paths.push_back(entry.path());
      return paths;
    }

    /** "Model", "Model/decoupled", ... */
    Names
    section_paths(const EntryTable &entries)
    {
      Names paths;
      for (const Entry &entry : entries.rows())
        if (!entry.section.empty() && (paths.empty() || paths.back() != entry.section))
          paths.push_back(entry.section);
      return paths;
    }

    /** The rows of a CSV file as the text of a matrix, "1, 2; 3, 4". */
    std::string
    read_csv(const std::string &csv_file)
    {
      std::string matrix;
      for (const std::string &line :
           dealii::Utilities::split_string_list(read_text_file(csv_file), '\n'))
        if (const std::string row = dealii::Utilities::trim(line); !row.empty())
          matrix += (matrix.empty() ? "" : "; ") + row;
      return matrix;
    }

    /** Is it a number that double precision does not hold? */
    bool
    is_beyond_double(const std::string &text)
    {
      char *end = nullptr;
      errno     = 0;
      std::strtod(text.c_str(), &end);
      return errno == ERANGE && *end == '\0';
    }

    /** The numbers that constant arithmetic stands for; else nothing, and why. */
    std::string
    arithmetic_value(const std::string &text, std::string &reason)
    {
      try
        {
          const std::string value = with_values(text);
          if (value != text)
            reason = ", but the value is " + shorten(value);
          return value;
        }
      catch (const std::invalid_argument &error)
        {
          const bool is_meant = text.find_first_of("*/^(") != std::string::npos;
          if (is_meant && shorten(text) == text)
            reason = std::string(", but ") + error.what();
          return "";
        }
    }

    /** Numbers may be written as arithmetic. Throws InputError if the text is not allowed. */
    void
    store(EntryTable &entries, const std::string &path, const std::string &text)
    {
      if (entries.set(path, text))
        return;
      std::string       reason;
      const std::string value = arithmetic_value(text, reason);
      if (is_beyond_double(text))
        reason = ", of a size from 2.3e-308 to 1.7e308";
      if (value.empty() || !entries.set(path, value))
        throw InputError(path, "needs " + entries.find(path)->allowed.words + reason);
    }
  } // namespace

  ParameterFile::ParameterFile(const std::string &file_name, const ProblemKinds &problems)
    : ParameterFile(file_name, read_text_file(file_name), problems)
  {
  }

  ParameterFile::ParameterFile(const std::string  &file_name,
                               const std::string  &text,
                               const ProblemKinds &problems)
    : file_name(file_name)
    , problems(problems)
    , known(known_entries(problems))
  {
    const Names paths    = entry_paths(known);
    const Names sections = section_paths(known);
    for (const ParameterStatement &statement : parse_parameter_text(file_name, text))
      {
        const std::string path  = statement.path();
        const std::string where = file_name + ", line " + std::to_string(statement.line) + ": ";
        if (statement.is_subsection)
          {
            if (!contains(sections, path))
              throw InputError(
                path, where + "unknown subsection " + shorten(path) + suggestion(path, sections));
            continue;
          }
        if (known.find(path) == nullptr)
          throw InputError(path,
                           where + "unknown entry " + shorten(path) + suggestion(path, paths));
        if (const Setting *first = find(path))
          throw InputError(path,
                           where + path + " = '" + shorten(statement.value) +
                             "': needs to be set once, but is set in line " +
                             std::to_string(first->line) + " already");
        settings.push_back({path, with_files(path, statement.value), statement.line, ""});
      }
    if (settings.empty())
      throw InputError("", file_name + ": sets nothing; needs at least dimension and problem");
  }

  void
  ParameterFile::set_override(const std::string &assignment, const std::string &option)
  {
    using dealii::Utilities::trim;
    const std::size_t equals = assignment.find('=');
    const std::string path   = trim(assignment.substr(0, equals));
    if (equals == std::string::npos || path.empty())
      throw InputError("", option + " '" + shorten(assignment) + "': needs 'SECTION/ENTRY=VALUE'");
    const std::string value = trim(assignment.substr(equals + 1));
    const std::string where = option + " " + shorten(path) + " = '" + shorten(value) + "': ";
    const bool        is_control =
      std::any_of(assignment.begin(), assignment.end(), [](const unsigned char c) {
        return c < 0x20 || c == 0x7F;
      });
    if (is_control || value.find('#') != std::string::npos ||
        (!value.empty() && value.back() == '\\'))
      throw InputError(
        path, option + ": needs a value without '#', control characters or '\\' at its end");
    if (known.find(path) == nullptr)
      throw InputError(path,
                       option + " " + shorten(path) + ": unknown entry" +
                         suggestion(path, entry_paths(known)));

    const Setting *earlier = find(path);
    if (earlier != nullptr && !earlier->option.empty())
      throw InputError(path,
                       where + "needs to be set once, but " + earlier->option + " sets it already");
    assign(path, value, option);
  }

  void
  ParameterFile::assign(const std::string &path,
                        const std::string &value,
                        const std::string &option)
  {
    const Setting setting{path, with_files(path, value), 0, option};
    if (const Setting *earlier = find(path))
      settings[earlier - settings.data()] = setting;
    else
      settings.push_back(setting);
  }

  std::string
  ParameterFile::value(const std::string &path) const
  {
    if (const Setting *setting = find(path))
      return setting->value;
    const Entry *entry = known.find(path);
    return entry == nullptr ? "" : entry->default_text;
  }

  Parameters
  ParameterFile::read_unchecked() const
  {
    Parameters parameters;
    EntryTable entries = parameters.entries(problems);
    if (const Setting *dimension = find("dimension"))
      store(entries, dimension->path, dimension->value);
    for (const Setting &setting : settings)
      store(entries, setting.path, setting.value);
    return parameters;
  }

  Parameters
  ParameterFile::read() const
  {
    try
      {
        Parameters parameters = read_unchecked();
        for (const Setting &setting : settings)
          {
            const std::string reason = why_without_meaning(setting.path, parameters);
            if (!reason.empty())
              throw InputError(setting.path, "has no meaning for " + reason);
          }
        parameters.check(problems);
        parameters.text = used_parameters();
        return parameters;
      }
    catch (const InputError &error)
      {
        throw InputError(error.entry(), describe(error));
      }
  }

  std::string
  ParameterFile::why_without_meaning(const std::string &path, const Parameters &parameters) const
  {
    for (const OnlyFor &use : known.find(path)->uses)
      {
        const std::string chosen = value(use.choice);
        if (!chosen.empty() && !contains(use.values, chosen))
          return use.choice + " = " + chosen + ", only for " + in_words(use.values);
      }
    if (const ProblemKind *kind = find_problem(problems, parameters.problem);
        path == "Quantities/quantiles" && kind != nullptr && kind->is_density &&
        parameters.dimension > 1)
      return "densities in more than one dimension, only in one";
    if (path == "Model/learning rate" && !parameters.model.uses_learning_rate())
      return "Model/type = " + parameters.model.type + " without eta in a formula";
    return "";
  }

  std::string
  ParameterFile::used_parameters() const
  {
    const Parameters   parameters = read_unchecked();
    const auto         text       = [&](const Entry &entry) { return value(entry.path()); };
    std::vector<Entry> used;
    for (const Entry &entry : known.rows())
      if (!text(entry).empty() && why_without_meaning(entry.path(), parameters).empty())
        used.push_back(entry);
    return "# All parameters in use, by dynkin " DYNKIN_VERSION ".\n" +
           to_parameter_text(used, text, [](const Entry &) { return ""; });
  }

  std::string
  ParameterFile::place_of(const std::string &path) const
  {
    const Setting *setting = find(path);
    if (setting == nullptr)
      return file_name + ": " + path + " (not set)";
    return (setting->option.empty() ? file_name + ", line " + std::to_string(setting->line) + ":"
                                    : setting->option) +
           " " + path;
  }

  std::string
  ParameterFile::describe(const InputError &error) const
  {
    if (error.entry().empty())
      return file_name + ": " + error.what();
    const Setting *setting = find(error.entry());
    return place_of(error.entry()) +
           (setting == nullptr ? "" : " = '" + shorten(setting->value) + "'") + ": " + error.what();
  }

  const ParameterFile::Setting *
  ParameterFile::find(const std::string &path) const
  {
    const auto setting = std::find_if(settings.begin(), settings.end(), [&](const auto &candidate) {
      return candidate.path == path;
    });
    return setting == settings.end() ? nullptr : &*setting;
  }

  std::string
  ParameterFile::with_files(const std::string &path, const std::string &value) const
  {
    const auto folder = std::filesystem::path(file_name).parent_path();
    if (path == "Domain/mesh file" && !std::filesystem::exists(value) &&
        std::filesystem::exists(folder / value))
      return folder / value;
    if (value.empty() || value[0] != '@')
      return value;
    try
      {
        return read_csv(folder / dealii::Utilities::trim(value.substr(1)));
      }
    catch (const InputError &error)
      {
        throw InputError(path,
                         file_name + ": " + path + " = '" + shorten(value) + "': " + error.what());
      }
  }
} // namespace dynkin
