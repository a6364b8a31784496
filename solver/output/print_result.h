// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_output_print_result_h
#define dynkin_output_print_result_h

#include "output/result_files.h"
#include "utilities/log.h"
#include "utilities/result.h"

#include <nlohmann/json.hpp>

namespace dynkin
{
  /** For results.json: what is nothing is null, doubles have all their digits. */
  nlohmann::ordered_json
  to_json(const Record &record);

  /** The same text read again; nothing if it is none. */
  Record
  from_json(const std::string &text);

  /** The lines of a result in the log. */
  void
  print(const Result &result, const Log &log);

  /** The same as a text, with labels of 16 characters; no label takes no room. */
  std::string
  to_text(const std::vector<LogLine> &lines);

  /** Its tables, and results.json, last. */
  void
  write(const Result &result, const ResultFiles &files);
} // namespace dynkin

#endif
