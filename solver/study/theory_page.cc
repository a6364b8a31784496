// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/theory_page.h"

#include "study/theory_sections.h"
#include "utilities/log.h"

namespace dynkin
{
  namespace
  {
    /** A number with all its digits; (1, 2) for a list; words as they are. */
    std::string
    word(const Json &value)
    {
      if (value.is_number_float())
        return format_number(value.get<double>(), 15);
      if (value.is_null())
        return "-";
      if (value.is_string())
        return value.get<std::string>();
      if (!value.is_array())
        return value.dump();
      std::string list;
      for (const Json &entry : value)
        list += (list.empty() ? "" : entry.is_array() ? "; " : ", ") + word(entry);
      return "(" + list + ")";
    }

    /** key value, key value, ... of a flat object. */
    std::string
    line_of(const Json &object)
    {
      std::string line;
      for (const auto &[key, value] : object.items())
        line += (line.empty() ? "" : ", ") + key + " " + word(value);
      return line;
    }

    /** A heading with the formula or the reason, then one line for each number or list entry. */
    std::string
    describe(const std::string &key, const Json &content, const Json &fact)
    {
      std::string out = key;
      const bool  flat =
        !content.is_object() && !(content.is_array() && !content.empty() && content[0].is_object());
      if (flat && !content.is_null())
        out += " = " + word(content);
      for (const auto &[name, value] : fact.items())
        if (name == "reason")
          out += ": " + word(value);
        else if (name == "formula")
          out += "   [" + word(value) + "]";
        else if (name != "value" && name != "values")
          out += ", " + name + " " + word(value);
      out += "\n";
      const auto lines = [&](const std::string &head, const Json &list) {
        for (const Json &entry : list)
          out += "    " + head + line_of(entry) + "\n";
      };
      if (content.is_array() && !flat)
        lines("", content);
      if (content.is_object())
        for (const auto &[name, value] : content.items())
          {
            if (value.is_array() && !value.empty() && value[0].is_object())
              lines(name + ": ", value);
            else if (!(value.is_array() && value.empty()))
              out += "    " + name + " " + word(value) + "\n";
          }
      return out;
    }
  } // namespace

  TheoryPage::TheoryPage(const Parameters &parameters)
  {
    page["theory"] = Json::object();
    add_exit_theory(parameters, page);
    add_small_noise_theory(parameters, page);
    add_density_theory(parameters, page);
    add_ergodic_theory(parameters, page);
  }

  const nlohmann::ordered_json &
  TheoryPage::json() const
  {
    return page;
  }

  std::string
  TheoryPage::text() const
  {
    std::string out;
    for (const auto &[key, value] : page.items())
      if (key != "theory")
        out += describe(key, value, page["theory"].value(key, Json::object()));
    for (const auto &[key, fact] : page["theory"].items())
      if (!page.contains(key))
        out += describe(key, fact.value("values", fact.value("value", Json())), fact);
    return out;
  }
} // namespace dynkin
