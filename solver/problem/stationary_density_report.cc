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
  } // namespace

  template <int dim>
  void
  StationaryDensityComputation<dim>::report_quantiles(const Sampler<1> &sampler,
                                                      Result           &result,
                                                      Record           &density) const
  {
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
        Record list = Record::list();
        for (const double p : this->parameters.quantities.quantiles)
          {
            const Quantile q = quantile(p);
            const double   error =
              own.rounding(q.x) + std::max(q.difference, (largest + defect) * q.width);
            Record entry = {{"probability", p}};
            result.quantity(entry,
                            "value",
                            {q.x, error},
                            "quantile",
                            "x with P(v <= x) = " + format_number(p, 6) + "   ");
            list.add(entry);
          }
        density["quantiles"] = list;
      }
  }

  template <int dim>
  void
  StationaryDensityComputation<dim>::report_tail(Result &result, Record &density) const
  {
    const WholeSpace &space = this->parameters.domain.whole_space;
    const double      lost  = lost_mass(field());
    density["lost mass"]    = lost;
    if (space.scale.empty())
      return;
    std::string text       = "mass beyond the mesh " + format_number(lost, 2);
    density["fitted tail"] = nullptr;
    if (const auto fit = fit_tail(field()))
      {
        density["fitted tail"] = {{"tail index", fit->index}, {"from", fit->from}, {"to", fit->to}};
        text += ", tail index by a fit from r = " + format_number(fit->from, 2) + " to " +
                format_number(fit->to, 2) + ": " + format_number(fit->index, 8);
      }
    text += space.is_tail_assumed && std::isfinite(space.tail_index[0])
              ? ", the mesh is graded for "
              : ", exact: ";
    Record indices = Record::list();
    for (const double index : space.tail_index)
      {
        const std::string infinite = "infinite (Gaussian)";
        indices.add(std::isfinite(index) ? Record(index) : Record(infinite));
        text += (std::isfinite(index) ? format_number(index, 8) : infinite) + " ";
      }
    density["tail index"] = indices;
    result.tell("tail", text);
  }

  template <int dim>
  Result
  StationaryDensityComputation<dim>::results(const PointValues  &values,
                                             const Sampler<dim> &sampler) const
  {
    Result result;
    result.tell("mass",
                format_number(problem.mass(), 15) + ", by a finer quadrature " +
                  format_number(summary.mass, 15) + "; dropped equation: residual " +
                  format_number(problem.balance(), 2));
    result.tell("sign",
                "minimum " + format_number(summary.minimum) +
                  (summary.minimum < 0. ? " +- " + format_number(error_at_minimum, 1) : "") + ", " +
                  std::to_string(summary.negative_nodes) + " negative nodes, " +
                  std::to_string(summary.negative_cells) + " cells with negative values");
    Record density = {{"mass", problem.mass()},
                      {"mass by finer quadrature", summary.mass},
                      {"balance of the dropped equation", problem.balance()},
                      {"minimum", summary.minimum},
                      {"maximum", summary.maximum},
                      {"negative cells", summary.negative_cells},
                      {"negative nodes", summary.negative_nodes}};
    report_values(result, density, "values", "p", values);
    density["error estimates"] = "difference from degree " +
                                 std::to_string(companion->space.degree()) +
                                 (other_mesh ? " on a mesh that ends later" : "");
    if (!other_mesh)
      {
        density["relative L2 error estimate"] = field_estimate;
        result.tell("field", "relative L2 error " + format_number(field_estimate, 1));
      }
    report_tail(result, density);
    if constexpr (dim == 1)
      report_quantiles(sampler, result, density);
    const Sampler<dim>           other_sampler(companion->space);
    const ComparedDensities<dim> compared = {
      sampler, field(), other_sampler, companion->field(), defect};
    density.update(compared_moments(this->parameters, compared));
    const DomainParameters &domain = this->parameters.domain;
    if (!domain.shape->is_bounded() || (dim == 1 && domain.is_cut_whole_space))
      result.include(density_laws(this->parameters, compared), density);
    const CurrentSummary current = summarise_current(this->form, sampler, field());
    const double         other_production =
      summarise_current(companion->form, other_sampler, companion->field()).entropy_production;
    density.put_also("entropy production",
                     {current.entropy_production,
                      std::abs(current.entropy_production - other_production) +
                        defect * current.entropy_production});
    density["relative divergence of the current"] = current.divergence;
    if (current.entropy_production > 0.)
      result.tell("current",
                  "entropy production " + format_number(current.entropy_production, 10) +
                    ", |div J|/|J| " + format_number(current.divergence, 2));
    result.include(mean_velocity(this->parameters, this->form.model(), compared), density);
    result.numbers["stationary density"] = density;
    if (const Record errors = moment_errors(this->parameters, sampler, field());
        !errors.is_nothing())
      result.numbers["errors"]["moments"] = errors;
    return result;
  }

#define INSTANTIATE(dim)                                                                    \
  template void StationaryDensityComputation<dim>::report_quantiles(                        \
    const Sampler<1> &, Result &, Record &) const;                                          \
  template void   StationaryDensityComputation<dim>::report_tail(Result &, Record &) const; \
  template Result StationaryDensityComputation<dim>::results(const PointValues &,           \
                                                             const Sampler<dim> &) const;
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
