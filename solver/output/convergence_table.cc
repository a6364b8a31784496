// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "output/convergence_table.h"

#include "utilities/log.h"

#include <cmath>
#include <iomanip>
#include <sstream>

namespace dynkin
{
  namespace
  {
    /** The columns of a row by name; an empty cell is null. */
    nlohmann::ordered_json
    columns(const ConvergenceRow &row, const ConvergenceRow *previous)
    {
      nlohmann::ordered_json line = {{"cells", row.cells}, {"dofs", row.dofs}};
      if (row.errors)
        {
          const auto add = [&](const char *name, const double ErrorNorms::*norm) {
            line[name] = (*row.errors).*norm;
            line[std::string(name) + " rate"] =
              previous != nullptr
                ? nlohmann::ordered_json(std::log2((*previous->errors).*norm / (*row.errors).*norm))
                : nlohmann::ordered_json(nullptr);
          };
          add("L2", &ErrorNorms::L2);
          add("H1", &ErrorNorms::H1);
          add("Linf", &ErrorNorms::Linf);
        }
      line["value"]          = row.value;
      line["error estimate"] = row.estimate;
      line["seconds"]        = row.seconds;
      return line;
    }

    std::string
    cell_text(const std::string &name, const nlohmann::ordered_json &cell)
    {
      if (cell.is_null())
        return "-";
      if (cell.is_number_integer())
        return cell.dump();
      std::ostringstream out;
      if (name == "value")
        out << std::setprecision(14) << cell.get<double>();
      else if (name.find("rate") != std::string::npos || name == "seconds")
        out << std::fixed << std::setprecision(2) << cell.get<double>();
      else
        out << std::scientific << std::setprecision(3) << cell.get<double>();
      return out.str();
    }
  } // namespace

  void
  ConvergenceTable::add(const ConvergenceRow &row)
  {
    rows.push_back(row);
  }

  std::size_t
  ConvergenceTable::size() const
  {
    return rows.size();
  }

  nlohmann::ordered_json
  ConvergenceTable::json() const
  {
    nlohmann::ordered_json table = nlohmann::ordered_json::array();
    for (std::size_t k = 0; k < rows.size(); ++k)
      table.push_back(columns(rows[k], k > 0 ? &rows[k - 1] : nullptr));
    return table;
  }

  std::string
  ConvergenceTable::text() const
  {
    std::ostringstream out;
    const auto         table = json();
    for (std::size_t k = 0; k < table.size(); ++k)
      {
        const auto width = [](const std::string &name) {
          return name == "value" ? 22 : name.find("rate") != std::string::npos ? 11 : 16;
        };
        if (k == 0)
          {
            for (const auto &[name, cell] : table[k].items())
              out << std::setw(width(name)) << name;
            out << '\n';
          }
        for (const auto &[name, cell] : table[k].items())
          out << std::setw(width(name)) << cell_text(name, cell);
        out << '\n';
      }
    return out.str();
  }

  std::string
  ConvergenceTable::csv() const
  {
    std::ostringstream out;
    const auto         table = json();
    for (std::size_t k = 0; k < table.size(); ++k)
      {
        std::string head, line;
        for (const auto &[name, cell] : table[k].items())
          {
            head += (head.empty() ? "" : ",") + name;
            line += (line.empty() ? "" : ",") + (cell.is_null() ? "" : cell.dump());
          }
        out << (k == 0 ? head + "\n" : "") << line << '\n';
      }
    return out.str();
  }
} // namespace dynkin
