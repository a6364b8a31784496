// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_utilities_entry_table_h
#define dynkin_utilities_entry_table_h

#include "utilities/entry_values.h"

namespace dynkin
{
  /** The values of another entry, `choice` by its path, for which an entry has a meaning. */
  struct OnlyFor
  {
    std::string              choice;
    std::vector<std::string> values;
  };

  /** All of them have to hold. */
  using Uses = std::vector<OnlyFor>;

  /** One row: how an entry is called, what may stand there, and where its value goes. */
  struct Entry
  {
    std::string                              section; // "Model/decoupled"; empty at the top
    std::string                              name;
    std::string                              default_text; // empty: none
    std::string                              help; // choices: one line "- name: help" for each
    ValuePattern                             allowed;
    Uses                                     uses;
    std::function<void(const std::string &)> store;

    std::string
    path() const;
  };

  /** "section/name", or the name alone at the top. */
  std::string
  join_path(const std::string &section, const std::string &name);

  /** All entries of a parameter file, in order, with the variables that their values go to. */
  class EntryTable
  {
  public:
    /** Rows from here on belong to it, "Model/decoupled". */
    void
    begin_section(const std::string &path);

    /**
     * An entry that is stored in `value`, whose present value is the default. A present
     * value that is not allowed (a learning rate of 0, an empty name) means that there is
     * no default; then an empty text means "not set".
     */
    template <typename T>
    void
    add(const std::string  &name,
        T                  &value,
        const std::string  &help,
        const ValuePattern &allowed,
        const Uses         &uses = {})
    {
      add_row(name, to_text(value), help, allowed, uses, [&value](const std::string &text) {
        read_text(text, value);
      });
    }

    /** An entry that is one of several names; the help gets a line "- name: help" for each. */
    void
    add(const std::string         &name,
        std::string               &value,
        const std::string         &help,
        const std::vector<Choice> &choices,
        const Uses                &uses = {});

    /** Entries have a meaning only for those values of `choice` that are given for them, if any. */
    void restrict(const std::string                                            &choice,
                  const std::function<std::vector<std::string>(const Entry &)> &values);

    const std::vector<Entry> &
    rows() const;

    /** The row of this path, or nullptr. */
    const Entry *
    find(const std::string &path) const;

    /** Stores the value of an entry there is; false if the text is not allowed. */
    bool
    set(const std::string &path, const std::string &text);

  private:
    std::vector<Entry> entries;
    std::string        section;

    void
    add_row(const std::string                              &name,
            const std::string                              &present_text,
            const std::string                              &help,
            const ValuePattern                             &allowed,
            const Uses                                     &uses,
            const std::function<void(const std::string &)> &store);
  };
} // namespace dynkin

#endif
