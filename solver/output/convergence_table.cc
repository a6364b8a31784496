// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "output/convergence_table.h"

#include "output/print_result.h"

#include <cmath>
#include <iomanip>
#include <sstream>

namespace dynkin
{
  namespace
  {
    /** The columns of a row by name; an empty cell is nothing. */
    Record
    columns(const ConvergenceRow &row, const ConvergenceRow *previous)
    {
      Record line = {{"cells", row.cells}, {"dofs", row.dofs}};
      if (row.errors)
        {
          const auto add = [&](const char *name, const double ErrorNorms::*norm) {
            line[name] = (*row.errors).*norm;
            line[std::string(name) + " rate"] =
              previous != nullptr
                ? Record(std::log2((*previous->errors).*norm / (*row.errors).*norm))
                : Record();
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
    cell_text(const std::string &name, const Record &cell)
    {
      if (cell.is_nothing())
        return "-";
      if (const long long *count = cell.as<long long>())
        return std::to_string(*count);
      std::ostringstream out;
      if (name == "value")
        out << std::setprecision(14) << cell.number();
      else if (name.find("rate") != std::string::npos || name == "seconds")
        out << std::fixed << std::setprecision(2) << cell.number();
      else
        out << std::scientific << std::setprecision(3) << cell.number();
      return out.str();
    }

    int
    column_width(const std::string &name)
    {
      return name == "value" ? 22 : name.find("rate") != std::string::npos ? 11 : 16;
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

  Record
  ConvergenceTable::record() const
  {
    Record table = Record::list();
    for (std::size_t k = 0; k < rows.size(); ++k)
      table.add(columns(rows[k], k > 0 ? &rows[k - 1] : nullptr));
    return table;
  }

  std::string
  ConvergenceTable::text() const
  {
    std::ostringstream head, body;
    const Record       table = record();
    for (const Record &row : *table.as<Record::List>())
      {
        head.str("");
        for (const auto &[name, cell] : *row.as<Record::Named>())
          {
            head << std::setw(column_width(name)) << name;
            body << std::setw(column_width(name)) << cell_text(name, cell);
          }
        body << '\n';
      }
    return head.str() + "\n" + body.str();
  }

  std::string
  ConvergenceTable::csv() const
  {
    std::string  head, body;
    const Record table = record();
    for (const Record &row : *table.as<Record::List>())
      {
        head.clear();
        std::string line;
        for (const auto &[name, cell] : *row.as<Record::Named>())
          {
            head += (head.empty() ? "" : ",") + name;
            line += (line.empty() ? "" : ",") + (cell.is_nothing() ? "" : to_json(cell).dump());
          }
        body += line + "\n";
      }
    return head + "\n" + body;
  }
} // namespace dynkin
