// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "problem/exit_time_computation.h"

#include "measure/functionals.h"
#include "problem/dual_weighted_residual.h"

#include <algorithm>
#include <cmath>

using namespace dealii;

namespace dynkin
{
  template <int dim>
  void
  ExitTimeComputation<dim>::solve()
  {
    this->solve_exit_time(this->parameters.quantities.moments);
  }

  template <int dim>
  std::vector<std::vector<double>>
  ExitTimeComputation<dim>::relative_values(const unsigned int n, const long double unit) const
  {
    Field<dim> field = this->problem.moment(n);
    field.scale /= unit;
    return values_about(field, this->parameters.quantities.points);
  }

  template <int dim>
  std::unique_ptr<ExitTimeComputation<dim>>
  ExitTimeComputation<dim>::create_other(const unsigned int degree) const
  {
    return std::make_unique<ExitTimeComputation<dim>>(
      this->parameters, this->form.model(), this->space.mesh(), degree, this->log);
  }

  template <int dim>
  PointValues
  ExitTimeComputation<dim>::evaluate()
  {
    const std::unique_ptr<ExitTimeComputation<dim>> richer = create_other(this->richer_degree());
    this->solve_richer(*richer);
    PointValues values;
    const auto  compare_richer = [&] {
      const auto  third = create_other(this->third_degree());
      PointValues of_richer;
      this->solve_richer(*third);
      richer->compare(*third, of_richer);
    };
    if (this->compares_richer())
      compare_richer();
    compare(*richer, values);
    if (this->confirms(values))
      {
        compare_richer();
        values = PointValues();
        compare(*richer, values);
      }
    localise(*richer);
    return values;
  }

  template <int dim>
  void
  ExitTimeComputation<dim>::compare(const ExitTimeComputation<dim> &other, PointValues &values)
  {
    const auto &points = this->parameters.quantities.points;
    moment_estimates.clear();
    for (unsigned int n = 1; n <= this->parameters.quantities.moments; ++n)
      {
        const long double scale = this->problem.moment(n).scale;
        const auto abouts = relative_values(n, scale), others = other.relative_values(n, scale);
        std::vector<double> estimates;
        std::vector<double> own;
        for (unsigned int k = 0; k < abouts.size(); ++k)
          {
            own.push_back(abouts[k].front());
            const double difference = this->difference(abouts[k], others[k]);
            const double of_other   = other.moment_estimates.empty()
                                        ? 0.
                                        : other.moment_estimates[n - 1][k] - other.problem.rounding();
            estimates.push_back((own[k] != 0. ? difference / std::abs(own[k]) : 0.) + of_other +
                                this->problem.rounding());
          }
        if (this->parameters.discretization.ends_early())
          raise_smaller_ones(estimates);
        for (unsigned int k = 0; k < own.size(); ++k)
          if (n == 1)
            values.add(points[k], Number::with_relative_error(scale * own[k], estimates[k]));
          else
            values.include(k, estimates[k]);
        moment_estimates.push_back(estimates);
      }
  }

  template <int dim>
  void
  ExitTimeComputation<dim>::localise(ExitTimeComputation<dim> &richer)
  {
    OccupationDensity<dim> dual(richer.problem, this->parameters.solver, this->log);
    Field<dim>             field = richer.problem.moment(1);
    field.scale                  = 1.;
    this->solve_dual(dual, richer.form, point_values(field, this->parameters.quantities.points));
    this->cell_indicators = dual_weighted_residuals(
      this->problem, richer.problem, dual, this->parameters.quantities.moments);
    localise_more(richer);
    routes = find_exit_routes(this->problem, richer.problem, dual);
  }

  template <int dim>
  void
  ExitTimeComputation<dim>::enlarge_estimates(const double factor, const double added)
  {
    for (std::vector<double> &estimates : moment_estimates)
      for (double &estimate : estimates)
        estimate = factor * estimate + added;
  }

  template <int dim>
  Field<dim>
  ExitTimeComputation<dim>::field() const
  {
    return this->problem.moment(1);
  }

  template <int dim>
  Result
  ExitTimeComputation<dim>::results(const PointValues &values, const Sampler<dim> &) const
  {
    Result result;
    double worst = 0.;
    for (const PointValue &value : values.list)
      worst = std::max(worst, value.largest);
    result.tell("method",
                this->problem.method() + "; about " +
                  std::to_string(std::max(0, static_cast<int>(-std::log10(worst)))) + " digits");
    report_values(result, result.numbers, "mean exit time", "E[tau]", values);
    std::vector<Record> lists(values.list.size(), Record::list()), estimates = lists;
    for (unsigned int n = 1; n <= moment_estimates.size(); ++n)
      {
        const long double scale    = this->problem.moment(n).scale;
        const auto        relative = relative_values(n, scale);
        for (unsigned int k = 0; k < lists.size(); ++k)
          {
            const Number moment =
              Number::with_relative_error(scale * relative[k].front(), moment_estimates[n - 1][k]);
            lists[k].add(static_cast<double>(moment.value));
            estimates[k].add(static_cast<double>(moment.error));
            if (n > 1)
              result.tell("E[tau^" + std::to_string(n) + "]",
                          point_in_words(values.list[k].point) + "   " + in_words(moment));
          }
      }
    for (unsigned int k = 0; k < lists.size(); ++k)
      result.numbers["mean exit time"].item(k).update(
        {{"log10", values.list[k].number.log10()},
         {"moments", lists[k]},
         {"error estimates of the moments", estimates[k]}});
    result.numbers["method"] = this->problem.method();
    if (routes)
      report_routes(result);
    return result;
  }

  template <int dim>
  void
  ExitTimeComputation<dim>::report_routes(Result &result) const
  {
    const auto large = [](const long double value) -> Record {
      return {{"value", static_cast<double>(value)}, {"log10", Number{value}.log10()}};
    };
    const double log_field   = static_cast<double>(std::log(routes->field));
    result.numbers["routes"] = {{"field", large(routes->field)},
                                {"mass over capacity", large(routes->capacity)},
                                {"1/lambda_1", large(routes->slowest)},
                                {"accuracy", routes->accuracy},
                                {"relaxation", routes->relaxation},
                                {"predicted exponent", routes->exponent},
                                {"log over exponent", log_field / routes->exponent},
                                {"agree", routes->agree()}};
    const auto deviation     = [&](const long double value) {
      return format_number(static_cast<double>(value / routes->field - 1.), 2);
    };
    result.tell(
      "routes",
      "at the bottom: field 10^" + format_number(Number{routes->field}.log10(), 14) +
        "; relative to it, mass/capacity " + deviation(routes->capacity) + ", 1/lambda_1 " +
        deviation(routes->slowest) + " (stated " + format_number(routes->accuracy, 1) +
        ", relaxation " + format_number(routes->relaxation, 1) + ")\n" +
        (routes->agree() ? "they agree" : "THEY DO NOT AGREE") + "; log E[tau] is " +
        format_number(log_field, 4) + ", to leading order the barrier log(max p/max_walls p) = " +
        format_number(routes->exponent, 4));
  }

  template <int dim>
  std::vector<FieldFile<dim>>
  ExitTimeComputation<dim>::fields() const
  {
    return {{"solution",
             {{"mean_exit_time", this->problem.moment(1), NamedField<dim>::Extras::logarithm},
              {"occupation_density", this->occupation_density()}}}};
  }

  template class ExitTimeComputation<1>;
  template class ExitTimeComputation<2>;
  template class ExitTimeComputation<3>;
} // namespace dynkin
