// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/theory_page.h"

#include "study/theory_sections.h"
#include "utilities/log.h"

namespace dynkin
{
  namespace
  {
    /** A number with all its digits; (1, 2) for a list; words as they are; key value, key value for things by name. */
    struct Words
    {
      std::string
      operator()(std::nullptr_t) const
      {
        return "-";
      }

      std::string
      operator()(const bool yes) const
      {
        return yes ? "true" : "false";
      }

      std::string
      operator()(const long long number) const
      {
        return std::to_string(number);
      }

      std::string
      operator()(const double number) const
      {
        return format_number(number, 15);
      }

      std::string
      operator()(const std::string &text) const
      {
        return text;
      }

      std::string
      operator()(const Record::List &items) const
      {
        std::string text;
        for (const Record &item : items)
          text += (text.empty() ? "" : item.as<Record::List>() ? "; " : ", ") + item.visit(*this);
        return "(" + text + ")";
      }

      std::string
      operator()(const Record::Named &items) const
      {
        std::string text;
        for (const auto &[name, item] : items)
          text += (text.empty() ? "" : ", ") + name + " " + item.visit(*this);
        return text;
      }
    };

    std::string
    words(const Record &record)
    {
      return record.visit(Words());
    }

    bool
    is_list_of_named(const Record &record)
    {
      const Record::List *list = record.as<Record::List>();
      return list != nullptr && !list->empty() && list->front().as<Record::Named>() != nullptr;
    }

    /** A heading with the formula or the reason, then one line for each number or list entry. */
    void
    describe(const std::string &key, const Record &content, const Record &fact, Result &page)
    {
      std::string          head  = key;
      const Record::Named *named = content.as<Record::Named>();
      if (named == nullptr && !is_list_of_named(content) && !content.is_nothing())
        head += " = " + words(content);
      const Record::Named  nothing;
      const Record::Named *facts = fact.as<Record::Named>();
      for (const auto &[name, value] : facts == nullptr ? nothing : *facts)
        if (name == "reason")
          head += ": " + words(value);
        else if (name == "formula")
          head += "   [" + words(value) + "]";
        else if (name != "value" && name != "values")
          head += ", " + name + " " + words(value);
      page.tell("", head);
      const auto lines = [&](const std::string &before, const Record &list) {
        for (const Record &entry : list.items())
          page.tell("", "    " + before + words(entry));
      };
      if (is_list_of_named(content))
        lines("", content);
      if (named != nullptr)
        for (const auto &[name, value] : *named)
          {
            const Record::List *list = value.as<Record::List>();
            if (is_list_of_named(value))
              lines(name + ": ", value);
            else if (list == nullptr || !list->empty())
              page.tell("", "    " + name + " " + words(value));
          }
    }
  } // namespace

  Result
  theory_page(const Parameters &parameters, const Log &)
  {
    Result page;
    Record numbers = {{"theory", Record::named()}};
    if (!parameters.model.group_sizes.empty())
      add_group_theory(parameters, numbers);
    else
      {
        add_exit_theory(parameters, numbers);
        add_small_noise_theory(parameters, numbers);
        add_density_theory(parameters, numbers);
        add_ergodic_theory(parameters, numbers);
      }

    const Record &facts = *numbers.find("theory");
    for (const auto &[key, value] : *numbers.as<Record::Named>())
      if (key != "theory")
        {
          const Record *fact = facts.find(key);
          describe(key, value, fact == nullptr ? Record() : *fact, page);
        }
    for (const auto &[key, fact] : *facts.as<Record::Named>())
      if (numbers.find(key) == nullptr)
        {
          const Record *values = fact.find("values");
          if (values == nullptr)
            values = fact.find("value");
          describe(key, values == nullptr ? Record() : *values, fact, page);
        }
    page.numbers = numbers;
    return page;
  }
} // namespace dynkin
