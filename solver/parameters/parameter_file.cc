// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "parameters/parameter_file.h"

#include <deal.II/base/parameter_handler.h>
#include <deal.II/base/utilities.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "model/formula_list.h"
#include "parameters/entry_uses.h"
#include "parameters/parameter_text.h"

namespace dynkin
{
  namespace
  {
    std::vector<EntryDescription>
    known_entries()
    {
      Parameters               parameters;
      dealii::ParameterHandler prm;
      parameters.add_parameters(prm);
      return describe_entries(prm);
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
  } // namespace

  ParameterFile::ParameterFile(const std::string &file_name)
    : ParameterFile(file_name, read_text_file(file_name))
  {
  }

  ParameterFile::ParameterFile(const std::string &file_name, const std::string &text)
    : file_name(file_name)
    , entries(known_entries())
  {
    const std::vector<std::string> paths = entry_paths();
    for (const ParameterStatement &statement : parse_parameter_text(file_name, text))
      {
        const std::string path  = statement.path();
        const std::string where = file_name + ", line " + std::to_string(statement.line) + ": ";
        if (statement.is_subsection)
          {
            if (!has_section(path))
              fail_unknown_section(path, statement.line);
            continue;
          }
        if (std::find(paths.begin(), paths.end(), path) == paths.end())
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
    const auto        paths = entry_paths();
    const bool        is_control =
      std::any_of(assignment.begin(), assignment.end(), [](const unsigned char c) {
        return c < 0x20 || c == 0x7F;
      });
    if (is_control || value.find('#') != std::string::npos ||
        (!value.empty() && value.back() == '\\'))
      throw InputError(
        path, option + ": needs a value without '#', control characters or '\\' at its end");
    if (std::find(paths.begin(), paths.end(), path) == paths.end())
      throw InputError(path,
                       option + " " + shorten(path) + ": unknown entry" + suggestion(path, paths));

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
    const auto entry = std::find_if(entries.begin(), entries.end(), [&](const auto &candidate) {
      return candidate.path() == path;
    });
    return entry != entries.end() ? entry->default_value : "";
  }

  Parameters
  ParameterFile::read_unchecked() const
  {
    Parameters               parameters;
    dealii::ParameterHandler prm;
    parameters.add_parameters(prm);
    if (const Setting *dimension = find("dimension"))
      apply(prm, *dimension);
    for (const Setting &setting : settings)
      apply(prm, setting);
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
        parameters.check();
        return parameters;
      }
    catch (const InputError &error)
      {
        throw InputError(error.entry(), describe(error));
      }
  }

  void
  ParameterFile::apply(dealii::ParameterHandler &prm, const Setting &setting) const
  {
    const auto names = dealii::Utilities::split_string_list(setting.path, '/');
    for (unsigned int i = 0; i + 1 < names.size(); ++i)
      prm.enter_subsection(names[i]);
    const auto accepts = [&](const std::string &value) {
      try
        {
          prm.set(names.back(), value);
          return true;
        }
      catch (const dealii::ParameterHandler::ExcValueDoesNotMatchPattern &)
        {
          return false;
        }
    };
    if (!accepts(setting.value))
      {
        std::string       reason;
        const std::string value = arithmetic_value(setting.value, reason);
        if (value.empty() || !accepts(value))
          {
            const auto entry =
              std::find_if(entries.begin(), entries.end(), [&](const auto &candidate) {
                return candidate.path() == setting.path;
              });
            throw InputError(setting.path, "needs " + entry->allowed + reason);
          }
      }
    for (unsigned int i = 0; i + 1 < names.size(); ++i)
      prm.leave_subsection();
  }

  std::string
  ParameterFile::used_parameters() const
  {
    const Parameters parameters = read_unchecked();
    const auto       text = [&](const EntryDescription &entry) { return value(entry.path()); };
    std::vector<EntryDescription> used;
    std::copy_if(
      entries.begin(), entries.end(), std::back_inserter(used), [&](const EntryDescription &entry) {
        return !text(entry).empty() && why_without_meaning(entry.path(), parameters).empty();
      });
    return "# All parameters in use, by dynkin " DYNKIN_VERSION ".\n" +
           to_parameter_text(used, text, [](const EntryDescription &) { return ""; });
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

  std::vector<std::string>
  ParameterFile::entry_paths() const
  {
    std::vector<std::string> paths;
    for (const EntryDescription &entry : entries)
      paths.push_back(entry.path());
    return paths;
  }

  bool
  ParameterFile::has_section(const std::string &section) const
  {
    return std::any_of(entries.begin(), entries.end(), [&](const EntryDescription &entry) {
      return (entry.section + "/").rfind(section + "/", 0) == 0;
    });
  }

  void
  ParameterFile::fail_unknown_section(const std::string &path, const unsigned int line) const
  {
    std::vector<std::string> sections;
    for (const EntryDescription &entry : entries)
      if (!entry.section.empty() && (sections.empty() || sections.back() != entry.section))
        sections.push_back(entry.section);
    throw InputError(path,
                     file_name + ", line " + std::to_string(line) + ": unknown subsection " +
                       shorten(path) + suggestion(path, sections));
  }
} // namespace dynkin
