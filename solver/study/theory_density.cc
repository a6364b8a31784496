// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/theory_sections.h"
#include "theory/density/known_density.h"

#include <functional>

#include "theory/density/power_law_density.h"
#include "theory/density/student_t_density.h"
#include "theory/density/tail_index.h"
#include "theory/moments/closed_moments.h"

namespace dynkin
{
  namespace
  {
    const std::vector<double> probabilities = {0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 0.999};

    /** Quantiles of every coordinate on R^d: {"coordinate", "probability", "value"}. */
    Record
    quantiles_fact(const ModelParameters &model)
    {
      std::function<double(unsigned int, double)> quantile;
      std::string                                 formula;
      if (model.kind().as_independent())
        {
          const PowerLawDensity density(model);
          formula  = "Student's t of each coordinate";
          quantile = [density, w = model.center](const unsigned int i, const double p) {
            return w[i] + density.factor(i).quantile(p);
          };
        }
      else
        {
          const StudentTDensity density(model);
          formula  = "Student's t, marginal of the multivariate one";
          quantile = [density](const unsigned int i, const double p) {
            return density.quantile(i, p);
          };
        }
      Record values = Record::list();
      for (unsigned int i = 0; i < model.center.size(); ++i)
        for (const double p : probabilities)
          values.add({{"coordinate", i}, {"probability", p}, {"value", quantile(i, p)}});
      return {{"formula", formula}, {"values", values}};
    }

    void
    add_whole_space_moments(const ModelParameters &model, Record &section)
    {
      section["mean"]       = model.center;
      section["covariance"] = stationary_covariance(model);
      section["tail index"] = TailIndex(model).value();
    }
  } // namespace

  void
  add_density_theory(const Parameters &parameters, Record &page)
  {
    const ModelParameters  &model  = parameters.model;
    const DomainParameters &domain = parameters.domain;
    page["stationary density"]     = nullptr;
    add_fact(page, "stationary density", [&]() -> Record {
      const KnownDensity density(model, domain);
      Record             values = Record::list();
      for (const std::vector<double> &x : parameters.quantities.points)
        values.add({{"point", x}, {"value", density.value(x)}});
      Record section = {{"mass", 1.},
                        {"lost mass", 0.},
                        {"values", values},
                        {"normalisation", std::exp(density.log_normalisation())}};
      if (!domain.shape->is_bounded())
        add_whole_space_moments(model, section);
      page["stationary density"] = section;
      return {{"formula", density.name()}};
    });
    add_fact(page, "quantiles", [&] { return quantiles_fact(model); });
  }
} // namespace dynkin
