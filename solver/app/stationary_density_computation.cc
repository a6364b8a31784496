// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "app/stationary_density_computation.h"

#include "app/density_laws.h"
#include "app/density_moments.h"
#include "app/moment_errors.h"
#include "output/current.h"
#include "output/density_tail.h"
#include "output/distribution.h"
#include "output/functionals.h"
#include "output/vtu_writer.h"
#include "theory/monomials.h"

#include <cmath>
#include <limits>
#include <sstream>

using namespace dealii;

namespace dynkin
{
  template <int dim>
  StationaryDensityComputation<dim>::StationaryDensityComputation(const Parameters  &parameters,
                                                                  const Model<dim>  &model,
                                                                  const Mesh<dim>   &mesh,
                                                                  const unsigned int degree,
                                                                  const Log         &log)
    : Computation<dim>(parameters, model, mesh, degree, log)
    , problem(this->form, parameters.solver, log)
  {
  }

  template <int dim>
  void
  StationaryDensityComputation<dim>::solve()
  {
    problem.solve();
  }

  template <int dim>
  PointValues
  StationaryDensityComputation<dim>::evaluate()
  {
    const unsigned int degree = this->space.degree();
    companion = std::make_unique<StationaryDensityComputation<dim>>(this->parameters,
                                                                    this->form.model(),
                                                                    this->space.mesh(),
                                                                    degree > 1 ? degree - 1 : 2,
                                                                    this->log);
    companion->solve();
    PointValues values;
    values.points       = this->parameters.quantities.points;
    const auto   own    = point_values(field(), values.points);
    const auto   others = point_values(companion->field(), values.points);
    const double rounding =
      problem.report().residual + 100. * std::numeric_limits<double>::epsilon();
    for (unsigned int k = 0; k < own.size(); ++k)
      values.add(own[k], std::abs(others[k] / own[k] - 1.) + rounding);
    return values;
  }

  template <int dim>
  std::string
  StationaryDensityComputation<dim>::objection() const
  {
    const auto         summary = summarise_density(Sampler<dim>(this->space), field());
    std::ostringstream text;
    if (summary.minimum < 0. || summary.negative_nodes > 0)
      text << "the density is not positive: " << summary.negative_nodes << " negative nodes, "
           << summary.negative_cells << " cells with negative values, the lowest "
           << summary.minimum << " at (" << summary.place_of_minimum << "); refine the mesh";
    const double lost = lost_mass(field()), tolerance = this->parameters.domain.lost_mass_tolerance;
    if (text.str().empty() && lost > tolerance)
      text << "the mass beyond the mesh is " << lost
           << ", above Domain/lost mass tolerance = " << tolerance;
    return text.str();
  }

  template <int dim>
  Field<dim>
  StationaryDensityComputation<dim>::field() const
  {
    return problem.density();
  }

  template <int dim>
  const SolverReport &
  StationaryDensityComputation<dim>::report() const
  {
    return problem.report();
  }

  template <int dim>
  Json
  StationaryDensityComputation<dim>::moments(const Sampler<dim> &sampler) const
  {
    const auto &parameters = this->parameters;
    Json        mean = Json::array(), covariance = Json::array(), fourth = Json::array();
    double      heaviest = std::numeric_limits<double>::infinity();
    for (const double index : parameters.domain.whole_space.tail_index)
      heaviest = std::min(heaviest, index);
    const Sampler<dim> other_sampler(companion->space);
    const auto         both = [&](const unsigned int order) {
      return std::make_pair(density_moments(parameters, sampler, field(), order),
                            density_moments(parameters, other_sampler, companion->field(), order));
    };

    const auto first = both(1), second = both(2);
    const auto shifted =
      [&](const Eigen::VectorXd &m1, const Eigen::VectorXd &m2, const auto i, const auto j) {
        Exponents alpha(dim, 0), beta(dim, 0), gamma(dim, 0);
        ++alpha[i];
        ++beta[j];
        ++gamma[i];
        ++gamma[j];
        const Monomials one(dim, 1), two(dim, 2);
        return m2(two.index(gamma)) - m1(one.index(alpha)) * m1(one.index(beta));
      };
    double largest = 0.;
    for (unsigned int i = 0; i < dim; ++i)
      {
        Exponents alpha(dim, 0);
        ++alpha[i];
        const unsigned int k = Monomials(dim, 1).index(alpha);
        mean.push_back(heaviest > 1. ? Json(parameters.model.center[i] + first.first(k)) : Json());
        covariance.push_back(Json::array());
        for (unsigned int j = 0; j < dim; ++j)
          if (heaviest > 2.)
            {
              covariance[i].push_back(shifted(first.first, second.first, i, j));
              largest = std::max(largest,
                                 std::abs(covariance[i][j].template get<double>() -
                                          shifted(first.second, second.second, i, j)));
            }
          else
            covariance[i].push_back(nullptr);
      }
    Json json = {{"mean", mean}, {"covariance", covariance}};
    if (heaviest > 2.)
      json["error estimate of the covariance"] = largest;
    if (heaviest > 4.)
      {
        const auto      own = both(4);
        const Monomials monomials(dim, 4);
        for (unsigned int k = 0; k < monomials.size(); ++k)
          fourth.push_back({{"exponents", monomials[k]},
                            {"value", own.first(k)},
                            {"error estimate", std::abs(own.first(k) - own.second(k))}});
        json["fourth moments about the center"] = fourth;
      }
    if (heaviest <= 4.)
      json["infinite moments"] =
        "moments of order " + format_number(heaviest, 6) +
        " (the tail index) and above do not exist: " +
        (heaviest > 2.   ? "the fourth moments are infinite"
         : heaviest > 1. ? "the variance is infinite"
                         : "the variance is infinite and there is no mean");
    return json;
  }

  template <int dim>
  Json
  StationaryDensityComputation<dim>::quantiles(const Sampler<1> &sampler) const
  {
    Json json = Json::array();
    if constexpr (dim == 1)
      {
        const Distribution own(sampler, field());
        const Distribution other(Sampler<1>(companion->space), companion->field());
        for (const double p : this->parameters.quantities.quantiles)
          {
            const double x = own.quantile(p, 1. - p);
            json.push_back({{"probability", p},
                            {"value", x},
                            {"error estimate", std::abs(other.quantile(p, 1. - p) - x)}});
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
                format_number(fit->to, 2) + ": " + format_number(fit->index, 8) +
                (this->parameters.model.type == "expression" ? ", given: " : ", exact: ");
      }
    for (const Json &index : indices)
      text += (index.is_string() ? index.template get<std::string>()
                                 : format_number(index.template get<double>(), 8)) +
              " ";
    this->log.line("tail", text);
    return json;
  }

  template <int dim>
  Json
  StationaryDensityComputation<dim>::results(const PointValues  &result,
                                             const Sampler<dim> &sampler) const
  {
    const DensitySummary<dim> summary = summarise_density(sampler, field());
    this->log.line("mass",
                   format_number(problem.mass(), 15) + ", by a finer quadrature " +
                     format_number(summary.mass, 15) + "; dropped equation: residual " +
                     format_number(problem.balance(), 2));
    this->log.line("sign",
                   "minimum " + format_number(summary.minimum) + ", " +
                     std::to_string(summary.negative_nodes) + " negative nodes, " +
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
                          {"values", values}};
    density.update(tail());
    if constexpr (dim == 1)
      density["quantiles"] = quantiles(sampler);
    density.update(moments(sampler));
    if (this->parameters.domain.shape == "whole space")
      density.update(density_laws<dim>(this->parameters,
                                       {sampler,
                                        field(),
                                        Sampler<dim>(companion->space),
                                        companion->field(),
                                        std::abs(summary.mass - 1.)}));
    const CurrentSummary current                  = summarise_current(this->form, sampler, field());
    density["entropy production"]                 = current.entropy_production;
    density["relative divergence of the current"] = current.divergence;
    if (current.entropy_production > 0.)
      this->log.line("current",
                     "entropy production " + format_number(current.entropy_production, 10) +
                       ", |div J|/|J| " + format_number(current.divergence, 2));
    Json       json          = {{"stationary density", density}};
    const Json moment_report = moment_errors(this->parameters, sampler, field());
    if (!moment_report.is_null())
      json["errors"]["moments"] = moment_report;
    return json;
  }

  template <int dim>
  void
  StationaryDensityComputation<dim>::write_vtu(const std::string &filename) const
  {
    write_density(field(), this->form.model(), filename);
    const double window = this->parameters.output.window;
    if (window > 0.)
      write_density(field(),
                    this->form.model(),
                    filename.substr(0, filename.find_last_of('/') + 1) + "window.vtu",
                    window);
  }

  template class StationaryDensityComputation<1>;
  template class StationaryDensityComputation<2>;
  template class StationaryDensityComputation<3>;
} // namespace dynkin
