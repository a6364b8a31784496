// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "problem/exit_law_computation.h"

using namespace dealii;

// What is reported of the law of the exit time.

namespace dynkin
{
  template <int dim>
  Result
  ExitLawComputation<dim>::results(const PointValues &values, const Sampler<dim> &sampler) const
  {
    const QuantityParameters &quantities = this->parameters.quantities;
    Result                    result     = ExitTimeComputation<dim>::results(values, sampler);
    Record                    law;
    law.put_also("rate", rate);
    result.tell("rate", in_words(rate));
    Record survivals = Record::list(), times = Record::list();
    for (unsigned int k = 0; k < values.list.size(); ++k)
      {
        const std::vector<double> &point = values.list[k].point;
        const std::string          at    = point_in_words(point);
        for (unsigned int i = 0; i < quantities.times.size(); ++i)
          {
            const double t     = quantities.times[i];
            Record       entry = {{"point", point}, {"time", t}};
            result.quantity(entry,
                            "value",
                            survival[k][i],
                            "P[tau > t]",
                            at + ", t = " + format_number(t) + "   ");
            entry.put_also("density", densities[k][i]);
            survivals.add(entry);
          }
        for (unsigned int i = 0; i < quantities.quantiles.size(); ++i)
          {
            const double p     = quantities.quantiles[i];
            Record       entry = {{"point", point}, {"probability", p}};
            result.quantity(
              entry, "time", quantiles[k][i], "quantile", at + ", p = " + format_number(p) + "   ");
            if (k == 0 && p == 0.5)
              law["median"] = static_cast<double>(quantiles[k][i].value);
            times.add(entry);
          }
      }
    law["survival"]  = survivals;
    law["quantiles"] = times;
    if (!survival_fields.empty())
      {
        const FieldCheck check = check_fields();
        result.tell("check",
                    "P[tau > t] at all nodes: minimum " + format_number(check.minimum, 2) +
                      ", largest increase in time " + format_number(check.increase, 2) +
                      (check.is_monotone ? ", monotone" : ", NOT MONOTONE"));
        law.update({{"minimum", check.minimum},
                    {"maximum", check.maximum},
                    {"largest increase", check.increase},
                    {"monotone", check.is_monotone}});
      }
    result.numbers["exit law"] = law;
    return result;
  }

#define INSTANTIATE(dim) \
  template Result ExitLawComputation<dim>::results(const PointValues &, const Sampler<dim> &) const;
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
