// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/theory_sections.h"

#include "theory/exit/known_exit.h"

namespace dynkin
{
  void
  add_exit_theory(const Parameters &parameters, Json &page)
  {
    const QuantityParameters &quantities = parameters.quantities;
    const auto                no_formula = [&](const std::string &key, const std::string &reason) {
      page[key]           = nullptr;
      page["theory"][key] = {{"value", nullptr}, {"reason", reason}};
    };
    try
      {
        const KnownExit exit(parameters.model, parameters.domain, quantities.moments);
        Json            list = Json::array();
        for (const auto &x : quantities.points)
          {
            const double log_mean = exit.log_mean(x);
            Json         entry    = {{"point", x},
                                     {"value", finite_or_null(std::exp(log_mean))},
                                     {"log10", finite_or_null(log_mean / std::log(10.))},
                                     {"moments", Json::array()}};
            try
              {
                entry["error estimate"] = exit.relative_error(x) * std::exp(log_mean);
              }
            catch (const std::domain_error &)
              {
                // computed or absent
              }
            for (unsigned int n = 1; n <= quantities.moments; ++n)
              entry["moments"].push_back(finite_or_null(exit.moment(n, x)));
            list.push_back(entry);
          }
        page["mean exit time"]           = list;
        page["theory"]["mean exit time"] = {{"formula", exit.name()}};
        try
          {
            Json law = {{"rate", exit.rate()}, {"survival", Json::array()}};
            for (const auto &x : quantities.points)
              for (const double t : quantities.times)
                law["survival"].push_back(
                  {{"point", x}, {"time", t}, {"value", exit.survival(t, x)}});
            page["exit law"]           = law;
            page["theory"]["exit law"] = {{"formula", "eigenfunction expansion"}};
          }
        catch (const std::domain_error &error)
          {
            no_formula("exit law", error.what());
          }
        if (!parameters.domain.exit_set.empty() && parameters.dimension == 1)
          {
            Json place = Json::array();
            for (const auto &x : quantities.points)
              place.push_back({{"point", x}, {"value", exit.probability_of_exit_set(x)}});
            page["exit place"] = place;
          }
      }
    catch (const std::domain_error &error)
      {
        no_formula("mean exit time", error.what());
      }
  }
} // namespace dynkin
