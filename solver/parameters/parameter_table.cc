// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "parameters/parameter_table.h"

#include <deal.II/base/utilities.h>

#include <algorithm>
#include <numeric>
#include <sstream>

#include "parameters/parameters.h"

namespace dynkin
{
  namespace
  {
    std::vector<std::string>
    split_path(const std::string &path)
    {
      return dealii::Utilities::split_string_list(path, '/');
    }

    /** Levenshtein's distance. */
    std::size_t
    edit_distance(const std::string &a, const std::string &b)
    {
      std::vector<std::size_t> row(b.size() + 1);
      std::iota(row.begin(), row.end(), 0);
      for (std::size_t i = 0; i < a.size(); ++i)
        {
          std::size_t diagonal = row[0]++;
          for (std::size_t j = 0; j < b.size(); ++j)
            {
              const std::size_t replaced = diagonal + (a[i] != b[j]);
              diagonal                   = row[j + 1];
              row[j + 1]                 = std::min({replaced, row[j] + 1, row[j + 1] + 1});
            }
        }
      return row.back();
    }

    std::string
    last_name(const std::string &path)
    {
      return path.substr(path.rfind('/') + 1);
    }

    std::string
    replace_all(const std::string &text, const std::string &from, const std::string &to)
    {
      return dealii::Utilities::replace_in_string(text, from, to);
    }
  } // namespace

  EntryTable
  known_entries(const ProblemKinds &problems)
  {
    static Parameters defaults;
    return defaults.entries(problems);
  }

  std::string
  to_parameter_text(const std::vector<Entry>                        &entries,
                    const std::function<std::string(const Entry &)> &value,
                    const std::function<std::string(const Entry &)> &comment)
  {
    std::ostringstream       out;
    std::vector<std::string> open;
    const auto               indent  = [&]() { return std::string(2 * open.size(), ' '); };
    const auto               move_to = [&](const std::vector<std::string> &target) {
      const auto common = std::mismatch(open.begin(), open.end(), target.begin(), target.end());
      for (auto n = open.end() - common.first; n > 0; --n)
        {
          open.pop_back();
          out << indent() << "end\n";
        }
      for (auto name = common.second; name != target.end(); ++name)
        {
          out << (open.empty() ? "\n" : "") << indent() << "subsection " << *name << '\n';
          open.push_back(*name);
        }
    };

    for (const Entry &entry : entries)
      {
        move_to(split_path(entry.section));
        std::istringstream lines(comment(entry));
        for (std::string line; std::getline(lines, line);)
          out << indent() << "# " << line << '\n';
        out << indent() << "set " << entry.name << " = " << value(entry) << '\n';
      }
    move_to({});
    return out.str();
  }

  std::string
  to_template(const std::vector<Entry> &entries)
  {
    return "# Numbers may be written as arithmetic: 0.1/8, pi/2, 2*sqrt(3).\n\n" +
           to_parameter_text(
             entries,
             [](const Entry &entry) { return entry.default_text; },
             [](const Entry &entry) {
               std::istringstream lines(entry.help + "\nAllowed: " + entry.allowed.words + ".");
               std::string        text;
               for (std::string line; std::getline(lines, line);)
                 for (const std::string &part : dealii::Utilities::break_text_into_lines(line, 90))
                   text += part + '\n';
               return text;
             });
  }

  std::string
  to_markdown(const std::vector<Entry> &entries)
  {
    std::ostringstream out;
    out << "Numbers may be written as arithmetic: `0.1/8`, `pi/2`, `2*sqrt(3)`.\n\n"
        << "| entry | default | allowed | meaning |\n|---|---|---|---|\n";
    for (const Entry &entry : entries)
      out << "| `" << entry.path() << "` | "
          << (entry.default_text.empty() ? "none" : "`" + entry.default_text + "`") << " | "
          << entry.allowed.words << " | "
          << replace_all(replace_all(entry.help, "|", "\\|"), "\n", "<br>") << " |\n";
    return out.str();
  }

  std::string
  suggestion(const std::string &name, const std::vector<std::string> &candidates)
  {
    std::string nearest, all;
    std::size_t smallest = std::max<std::size_t>(2, last_name(name).size() / 3) + 1;
    for (const std::string &candidate : candidates)
      {
        const bool same_section =
          name.substr(0, name.rfind('/') + 1) == candidate.substr(0, candidate.rfind('/') + 1);
        const std::size_t distance =
          edit_distance(last_name(name), last_name(candidate)) + !same_section;
        if (distance < smallest)
          {
            smallest = distance;
            nearest  = candidate;
          }
        if (same_section)
          all += (all.empty() ? "" : ", ") + last_name(candidate);
      }
    return nearest.empty() ? "; known here: " + all : "; did you mean " + nearest + "?";
  }
} // namespace dynkin
