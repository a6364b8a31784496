// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "utilities/entry_table.h"

#include <algorithm>

namespace dynkin
{
  std::string
  join_path(const std::string &section, const std::string &name)
  {
    return section.empty() ? name : section + "/" + name;
  }

  std::string
  Entry::path() const
  {
    return join_path(section, name);
  }

  void
  EntryTable::begin_section(const std::string &path)
  {
    section = path;
  }

  void
  EntryTable::add(const std::string         &name,
                  std::string               &value,
                  const std::string         &help,
                  const std::vector<Choice> &choices,
                  const Uses                &uses)
  {
    std::string text = help;
    for (const Choice &choice : choices)
      text += "\n- " + choice.name + ": " + choice.help;
    add(name, value, text, choice_pattern(choices), uses);
  }

  void EntryTable::restrict(const std::string                                            &choice,
                            const std::function<std::vector<std::string>(const Entry &)> &values)
  {
    for (Entry &entry : entries)
      if (const std::vector<std::string> those = values(entry); !those.empty())
        entry.uses.insert(entry.uses.begin(), {choice, those});
  }

  const std::vector<Entry> &
  EntryTable::rows() const
  {
    return entries;
  }

  const Entry *
  EntryTable::find(const std::string &path) const
  {
    const auto row = std::find_if(
      entries.begin(), entries.end(), [&](const Entry &entry) { return entry.path() == path; });
    return row == entries.end() ? nullptr : &*row;
  }

  bool
  EntryTable::set(const std::string &path, const std::string &text)
  {
    const Entry &entry    = *find(path);
    const bool   is_unset = text.empty() && entry.default_text.empty();
    if (!is_unset && !entry.allowed.matches(text))
      return false;
    if (!text.empty())
      entry.store(text);
    return true;
  }

  void
  EntryTable::add_row(const std::string                              &name,
                      const std::string                              &present_text,
                      const std::string                              &help,
                      const ValuePattern                             &allowed,
                      const Uses                                     &uses,
                      const std::function<void(const std::string &)> &store)
  {
    const std::string default_text = allowed.matches(present_text) ? present_text : "";
    entries.push_back({section, name, default_text, help, allowed, uses, store});
  }
} // namespace dynkin
