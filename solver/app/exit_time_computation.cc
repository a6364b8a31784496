// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "app/exit_time_computation.h"

#include "geometry/mirror.h"
#include "output/functionals.h"
#include "output/vtu_writer.h"
#include "problem/dual_weighted_residual.h"
#include "utilities/exceptions.h"

#include <algorithm>
#include <cmath>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr unsigned int enrichment[] = {0, 2, 2, 1}; // by dimension

    /** A number that may be beyond the range of a double: null, and its logarithm. */
    Json
    large_number(const long double value)
    {
      return {{"value", static_cast<double>(value)},
              {"log10", static_cast<double>(std::log10(value))}};
    }
  } // namespace

  template <int dim>
  ExitTimeComputation<dim>::ExitTimeComputation(const Parameters  &parameters,
                                                const Model<dim>  &model,
                                                const Mesh<dim>   &mesh,
                                                const unsigned int degree,
                                                const Log         &log)
    : Computation<dim>(parameters, model, mesh, degree)
    , log(log)
    , problem(this->form, parameters.solver, log)
  {
  }

  template <int dim>
  void
  ExitTimeComputation<dim>::solve()
  {
    try
      {
        problem.solve(this->parameters.quantities.moments);
      }
    catch (const ConvergenceError &)
      {
        cell_indicators = problem.unresolved_cells();
        throw;
      }
  }

  template <int dim>
  std::vector<double>
  ExitTimeComputation<dim>::relative_values(const unsigned int n) const
  {
    Field<dim> field = problem.moment(n);
    field.scale      = 1.;
    return point_values(field, this->parameters.quantities.points);
  }

  template <int dim>
  unsigned int
  ExitTimeComputation<dim>::richer_degree() const
  {
    return this->space.degree() + enrichment[dim];
  }

  template <int dim>
  std::unique_ptr<ExitTimeComputation<dim>>
  ExitTimeComputation<dim>::create_richer() const
  {
    return std::make_unique<ExitTimeComputation<dim>>(
      this->parameters, this->form.model(), this->space.mesh(), richer_degree(), log);
  }

  template <int dim>
  PointValues
  ExitTimeComputation<dim>::evaluate()
  {
    const std::unique_ptr<ExitTimeComputation<dim>> richer = create_richer();
    try
      {
        richer->solve();
      }
    catch (const ConvergenceError &)
      {
        cell_indicators = richer->cell_indicators;
        throw;
      }
    PointValues values;
    compare(*richer, values);
    return values;
  }

  template <int dim>
  void
  ExitTimeComputation<dim>::compare(ExitTimeComputation<dim> &richer, PointValues &values)
  {
    values.points = this->parameters.quantities.points;
    moment_estimates.clear();
    for (unsigned int n = 1; n <= this->parameters.quantities.moments; ++n)
      {
        const std::vector<double> own = relative_values(n), other = richer.relative_values(n);
        const long double         scale = problem.moment(n).scale;
        const long double         ratio = richer.problem.moment(n).scale / scale;
        moment_estimates.emplace_back();
        for (unsigned int k = 0; k < own.size(); ++k)
          {
            const double difference = std::abs(static_cast<double>(other[k] * ratio - own[k]));
            moment_estimates.back().push_back((own[k] != 0. ? difference / std::abs(own[k]) : 0.) +
                                              problem.rounding());
            if (n == 1)
              values.add(scale * own[k], moment_estimates.back().back());
            else
              values.relative[k] = std::max(values.relative[k], moment_estimates.back().back());
          }
      }
    localise(richer, values);
  }

  template <int dim>
  void
  ExitTimeComputation<dim>::localise(const ExitTimeComputation<dim> &richer,
                                     const PointValues              &values)
  {
    std::vector<double> weights = richer.relative_values(1);
    double              sum     = 0.;
    for (double &weight : weights)
      {
        weight = weight != 0. ? 1. / (weight * values.points.size()) : 0.;
        sum += weight;
      }
    OccupationDensity<dim> dual(richer.problem, this->parameters.solver, log);
    dual.solve(point_functional(richer.form, values.points, weights));
    cell_indicators =
      dual_weighted_residuals(problem, richer.problem, dual, this->parameters.quantities.moments);
    occupation = interpolate_between(richer.form, *dual.density().u, this->form);
    // spread over the images of the points
    occupation_scale =
      dual.density().scale / sum / Mirror<dim>(this->space.mesh().domain()).n_images();
    routes = find_exit_routes(problem, richer.problem, dual);
  }

  template <int dim>
  Field<dim>
  ExitTimeComputation<dim>::field() const
  {
    return problem.moment(1);
  }

  template <int dim>
  const SolverReport &
  ExitTimeComputation<dim>::report() const
  {
    return problem.report();
  }

  template <int dim>
  const dealii::Vector<float> &
  ExitTimeComputation<dim>::indicators() const
  {
    return cell_indicators;
  }

  template <int dim>
  Json
  ExitTimeComputation<dim>::results(const PointValues &result, const Sampler<dim> &) const
  {
    const double worst = *std::max_element(result.relative.begin(), result.relative.end());
    log.line("method",
             problem.method() + "; about " +
               std::to_string(std::max(0, static_cast<int>(-std::log10(worst)))) + " digits");
    log_values(log, "E[tau]", result);

    std::vector<std::vector<double>> moments;
    for (unsigned int n = 1; n <= moment_estimates.size(); ++n)
      moments.push_back(point_values(problem.moment(n), result.points));
    Json list = Json::array();
    for (unsigned int k = 0; k < result.points.size(); ++k)
      {
        Json entry = {{"point", result.points[k]},
                      {"value", result.values[k]},
                      {"log10", result.log10[k]},
                      {"error estimate", result.estimates[k]},
                      {"relative error estimate", result.relative[k]},
                      {"moments", Json::array()},
                      {"moment error estimates", Json::array()}};
        for (unsigned int n = 0; n < moments.size(); ++n)
          {
            entry["moments"].push_back(moments[n][k]);
            entry["moment error estimates"].push_back(moment_estimates[n][k] *
                                                      std::abs(moments[n][k]));
          }
        list.push_back(entry);
      }
    Json json = {{"mean exit time", list}, {"method", problem.method()}};
    if (routes)
      {
        log_routes();
        json["routes"] = {
          {"field", large_number(routes->field)},
          {"mass over capacity", large_number(routes->capacity)},
          {"1/lambda_1", large_number(routes->slowest)},
          {"accuracy", routes->accuracy},
          {"relaxation", routes->relaxation},
          {"predicted exponent", routes->exponent},
          {"log over exponent", static_cast<double>(std::log(routes->field)) / routes->exponent},
          {"agree", routes->agree()}};
      }
    return json;
  }

  template <int dim>
  void
  ExitTimeComputation<dim>::log_routes() const
  {
    const auto deviation = [&](const long double value) {
      return format_number(static_cast<double>(value / routes->field - 1.), 2);
    };
    log.line("routes",
             "at the bottom: field 10^" +
               format_number(static_cast<double>(std::log10(routes->field)), 14) +
               "; relative to it, mass/capacity " + deviation(routes->capacity) + ", 1/lambda_1 " +
               deviation(routes->slowest) + " (stated " + format_number(routes->accuracy, 1) +
               ", relaxation " + format_number(routes->relaxation, 1) + ")\n" +
               (routes->agree() ? "they agree" : "THEY DO NOT AGREE") + "; log E[tau] is " +
               format_number(static_cast<double>(std::log(routes->field)), 4) +
               ", large deviations predict (min V)/eta = " + format_number(routes->exponent, 4) +
               " to leading order");
  }

  template <int dim>
  void
  ExitTimeComputation<dim>::write_vtu(const std::string &filename) const
  {
    write_exit_time(problem.moment(1),
                    {&this->space, &occupation, &this->form.weight(), occupation_scale},
                    cell_indicators,
                    filename);
  }

  template class ExitTimeComputation<1>;
  template class ExitTimeComputation<2>;
  template class ExitTimeComputation<3>;
} // namespace dynkin
