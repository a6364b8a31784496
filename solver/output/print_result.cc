// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "output/print_result.h"

namespace dynkin
{
  namespace
  {
    constexpr std::size_t label_width = 16;

    struct JsonOf
    {
      nlohmann::ordered_json
      operator()(const Record::List &items) const
      {
        auto json = nlohmann::ordered_json::array();
        for (const Record &item : items)
          json.push_back(to_json(item));
        return json;
      }

      nlohmann::ordered_json
      operator()(const Record::Named &items) const
      {
        auto json = nlohmann::ordered_json::object();
        for (const auto &[name, item] : items)
          json[name] = to_json(item);
        return json;
      }

      template <typename T>
      nlohmann::ordered_json
      operator()(const T &leaf) const
      {
        return leaf;
      }
    };

    Record
    record_of(const nlohmann::ordered_json &json)
    {
      if (json.is_boolean())
        return json.get<bool>();
      if (json.is_number_integer())
        return json.get<long long>();
      if (json.is_number())
        return json.get<double>();
      if (json.is_string())
        return json.get<std::string>();
      Record record;
      if (json.is_array())
        record = Record::list();
      if (json.is_object())
        record = Record::named();
      for (const auto &[key, item] : json.items())
        if (json.is_array())
          record.add(record_of(item));
        else if (json.is_object())
          record[key] = record_of(item);
      return record;
    }
  } // namespace

  Record
  from_json(const std::string &text)
  {
    const auto json = nlohmann::ordered_json::parse(text, nullptr, false);
    return json.is_discarded() ? Record() : record_of(json);
  }

  nlohmann::ordered_json
  to_json(const Record &record)
  {
    return record.visit(JsonOf());
  }

  void
  print(const Result &result, const Log &log)
  {
    for (const LogLine &line : result.lines)
      log.line(line.label, line.text);
  }

  std::string
  to_text(const std::vector<LogLine> &lines)
  {
    std::string text;
    for (const LogLine &line : lines)
      {
        const std::size_t length = line.label.size();
        const std::size_t gap = length == 0 ? 0 : length < label_width ? label_width - length : 1;
        text += line.label + std::string(gap, ' ') + line.text + "\n";
      }
    return text;
  }

  void
  write(const Result &result, const ResultFiles &files)
  {
    for (const Table &table : result.tables)
      files.write(table);
    files.write("results.json", to_json(result.numbers).dump(2) + "\n");
  }
} // namespace dynkin
