// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <algorithm>
#include <cmath>

#include "measure/current.h"
#include "measure/density_laws.h"
#include "measure/density_moments.h"
#include "measure/density_tail.h"
#include "measure/distribution.h"
#include "measure/functionals.h"
#include "problem/mean_velocity.h"
#include "problem/moment_errors.h"
#include "problem/stationary_density_computation.h"

using namespace dealii;

// What is reported of a stationary density.

namespace dynkin
{
  namespace
  {
    constexpr int n_quantiles_compared = 16;

    /** `before`, the entry's `key`, `after`, and its value, for each of the entries that are numbers. */
    void
    log_numbers(const Log         &log,
                const std::string &what,
                const std::string &before,
                const std::string &key,
                const std::string &after,
                const Json        &entries)
    {
      for (const Json &entry : entries)
        if (entry["value"].is_number())
          log.line(what,
                   before + format_number(entry[key].template get<double>(), 6) + after + "   " +
                     with_error(entry["value"].template get<double>(),
                                entry["error estimate"].template get<double>()));
    }
  } // namespace

  template <int dim>
  Json
  StationaryDensityComputation<dim>::quantiles(const Sampler<1> &sampler) const
  {
    Json json = Json::array();
    if constexpr (dim == 1)
      {
        const Distribution own(sampler, field());
        const Distribution other(Sampler<1>(companion->space), companion->field());
        struct Quantile
        {
          double x, difference, width; // the last: probability of the shorter tail over density
        };
        const auto quantile = [&](const double p) {
          const double x = own.quantile(p, 1. - p);
          return Quantile{x,
                          std::abs(other.quantile(p, 1. - p) - x),
                          std::min(p, 1. - p) / point_values(field(), {{x}}).front()};
        };
        // at single ones the two distributions may agree by accident: relative error of tails
        double largest = 0.;
        for (int i = 1; i < n_quantiles_compared; ++i)
          {
            const Quantile q = quantile(static_cast<double>(i) / n_quantiles_compared);
            largest          = std::max(largest, q.difference / q.width);
          }
        for (const double p : this->parameters.quantities.quantiles)
          {
            const Quantile q = quantile(p);
            json.push_back(
              {{"probability", p},
               {"value", q.x},
               {"error estimate",
                own.rounding(q.x) + std::max(q.difference, (largest + defect) * q.width)}});
          }
      }
    return json;
  }

  template <int dim>
  Json
  StationaryDensityComputation<dim>::tail() const
  {
    const WholeSpace &space = this->parameters.domain.whole_space;
    Json              json  = {{"lost mass", lost_mass(field())}};
    if (space.scale.empty())
      return json;
    const bool is_assumed = space.is_radial && std::isfinite(space.tail_index[0]) &&
                            this->parameters.model.weight_tail_index == 0.;
    Json indices = Json::array();
    for (const double index : space.tail_index)
      indices.push_back(std::isfinite(index) ? Json(index) : Json("infinite (Gaussian)"));
    json["tail index"]  = indices;
    json["fitted tail"] = nullptr;
    std::string text    = "mass beyond the mesh " + format_number(json["lost mass"], 2);
    if (const auto fit = fit_tail(field()))
      {
        json["fitted tail"] = {{"tail index", fit->index}, {"from", fit->from}, {"to", fit->to}};
        text += ", tail index by a fit from r = " + format_number(fit->from, 2) + " to " +
                format_number(fit->to, 2) + ": " + format_number(fit->index, 8);
      }
    text += is_assumed ? ", the mesh is graded for " : ", exact: ";
    for (const Json &index : indices)
      text += (index.is_string() ? index.template get<std::string>()
                                 : format_number(index.template get<double>(), 8)) +
              " ";
    this->log.line("tail", text);
    return json;
  }

  template <int dim>
  Result
  StationaryDensityComputation<dim>::results(const PointValues  &result,
                                             const Sampler<dim> &sampler) const
  {
    this->log.line("mass",
                   format_number(problem.mass(), 15) + ", by a finer quadrature " +
                     format_number(summary.mass, 15) + "; dropped equation: residual " +
                     format_number(problem.balance(), 2));
    this->log.line("sign",
                   "minimum " + format_number(summary.minimum) +
                     (summary.minimum < 0. ? " +- " + format_number(error_at_minimum, 1) : "") +
                     ", " + std::to_string(summary.negative_nodes) + " negative nodes, " +
                     std::to_string(summary.negative_cells) + " cells with negative values");
    log_values(this->log, "p", result);

    const Json values  = json_values(result);
    Json       density = {{"mass", problem.mass()},
                          {"mass by finer quadrature", summary.mass},
                          {"balance of the dropped equation", problem.balance()},
                          {"minimum", summary.minimum},
                          {"maximum", summary.maximum},
                          {"negative cells", summary.negative_cells},
                          {"negative nodes", summary.negative_nodes},
                          {"values", values},
                          {"error estimates",
                           "difference from degree " + std::to_string(companion->space.degree()) +
                             (other_mesh ? " on a mesh that ends later" : "")}};
    if (!other_mesh)
      {
        density["relative L2 error estimate"] = field_estimate;
        this->log.line("field", "relative L2 error " + format_number(field_estimate, 1));
      }
    density.update(tail());
    if constexpr (dim == 1)
      {
        density["quantiles"] = quantiles(sampler);
        log_numbers(
          this->log, "quantile", "x with P(v <= x) = ", "probability", "", density["quantiles"]);
      }
    const Sampler<dim>           other_sampler(companion->space);
    const ComparedDensities<dim> compared = {
      sampler, field(), other_sampler, companion->field(), defect};
    density.update(compared_moments(this->parameters, compared));
    const DomainParameters &domain = this->parameters.domain;
    std::vector<Table>      tables;
    if (!domain.shape->is_bounded() || (dim == 1 && domain.is_cut_whole_space))
      {
        const Result laws = density_laws(this->parameters, compared);
        density.update(laws.numbers);
        if (density.contains("tail probabilities"))
          log_numbers(
            this->log, "tail", "P(|v - w*| > ", "distance", ")", density["tail probabilities"]);
        tables = laws.tables;
      }
    const CurrentSummary current  = summarise_current(this->form, sampler, field());
    density["entropy production"] = current.entropy_production;
    density["error estimate of the entropy production"] =
      std::abs(
        current.entropy_production -
        summarise_current(companion->form, other_sampler, companion->field()).entropy_production) +
      defect * current.entropy_production;
    density["relative divergence of the current"] = current.divergence;
    if (current.entropy_production > 0.)
      this->log.line("current",
                     "entropy production " + format_number(current.entropy_production, 10) +
                       ", |div J|/|J| " + format_number(current.divergence, 2));
    density.update(mean_velocity(this->parameters, this->form.model(), compared, this->log));
    Json       json          = {{"stationary density", density}};
    const Json moment_report = moment_errors(this->parameters, sampler, field());
    if (!moment_report.is_null())
      json["errors"]["moments"] = moment_report;
    return {json, tables};
  }

#define INSTANTIATE(dim)                                                                  \
  template Json   StationaryDensityComputation<dim>::quantiles(const Sampler<1> &) const; \
  template Json   StationaryDensityComputation<dim>::tail() const;                        \
  template Result StationaryDensityComputation<dim>::results(const PointValues &,         \
                                                             const Sampler<dim> &) const;
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
