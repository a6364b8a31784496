// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "parameters/problem_kind.h"

#include <algorithm>

namespace dynkin
{
  std::vector<Choice>
  choices_of(const ProblemKinds &problems)
  {
    std::vector<Choice> choices;
    for (const ProblemKind *kind : problems)
      choices.push_back({kind->name, kind->help});
    return choices;
  }

  const ProblemKind *
  find_problem(const ProblemKinds &problems, const std::string &name)
  {
    const auto row = std::find_if(problems.begin(), problems.end(), [&](const ProblemKind *kind) {
      return kind->name == name;
    });
    return row == problems.end() ? nullptr : *row;
  }

  std::vector<std::string>
  problems_with(const ProblemKinds &problems, const std::string &section, const std::string &path)
  {
    for (const std::string &name : {path, section})
      {
        std::vector<std::string> those;
        for (const ProblemKind *kind : problems)
          if (std::find(kind->entries.begin(), kind->entries.end(), name) != kind->entries.end())
            those.push_back(kind->name);
        if (!those.empty())
          return those;
      }
    return {};
  }
} // namespace dynkin
