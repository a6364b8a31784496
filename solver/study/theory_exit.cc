// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/theory_sections.h"

#include "theory/exit/known_exit.h"

namespace dynkin
{
  Record
  exit_time_entry(const std::vector<double> &x,
                  const double               log_mean,
                  const std::vector<double> &moments)
  {
    return {{"point", x},
            {"value", std::exp(log_mean)},
            {"log10", log_mean / std::log(10.)},
            {"moments", moments}};
  }

  void
  add_exit_theory(const Parameters &parameters, Record &page)
  {
    const QuantityParameters &quantities = parameters.quantities;
    const auto                no_formula = [&](const std::string &key, const std::string &reason) {
      page[key]           = nullptr;
      page["theory"][key] = {{"value", nullptr}, {"reason", reason}};
    };
    try
      {
        const KnownExit exit(parameters.model, parameters.domain, quantities.moments);
        Record          list = Record::list();
        for (const auto &x : quantities.points)
          {
            const double        log_mean = exit->log_mean(x);
            std::vector<double> moments;
            for (unsigned int n = 1; n <= quantities.moments; ++n)
              moments.push_back(exit->moment(n, x));
            Record entry = exit_time_entry(x, log_mean, moments);
            try
              {
                entry["error estimate"] = exit->relative_error(x) * std::exp(log_mean);
              }
            catch (const std::domain_error &)
              {
                // computed or absent
              }
            list.add(entry);
          }
        page["mean exit time"]           = list;
        page["theory"]["mean exit time"] = {{"formula", exit->name}};
        try
          {
            Record law = {{"rate", exit->rate()}, {"survival", Record::list()}};
            for (const auto &x : quantities.points)
              for (const double t : quantities.times)
                law["survival"].add({{"point", x}, {"time", t}, {"value", exit->survival(t, x)}});
            page["exit law"]           = law;
            page["theory"]["exit law"] = {{"formula", "eigenfunction expansion"}};
          }
        catch (const std::domain_error &error)
          {
            no_formula("exit law", error.what());
          }
        if (!parameters.domain.exit_set.empty() && parameters.dimension == 1)
          {
            Record place = Record::list();
            for (const auto &x : quantities.points)
              place.add({{"point", x}, {"value", exit.probability_of_exit_set(x)}});
            page["exit place"] = place;
          }
      }
    catch (const std::domain_error &error)
      {
        no_formula("mean exit time", error.what());
      }
  }
} // namespace dynkin
