// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "problem/spectrum_computation.h"

#include "measure/functionals.h"

#include <algorithm>
#include <cmath>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double real_relative          = 1e-9; // imaginary parts below are rounding
    constexpr double rounding_of_eigenvalue = 1e-13;
  } // namespace

  template <int dim>
  void
  SpectrumComputation<dim>::solve()
  {
    const SolverParameters &parameters = this->parameters.solver;
    if (this->parameters.domain.absorbs() || this->form.kills())
      {
        exit_time = std::make_unique<ExitTime<dim>>(this->form, parameters, this->log);
        exit_time->solve(1);
        slowest = std::make_unique<SlowestMode<dim>>(*exit_time, parameters, this->log);
        total   = exit_time->report();
      }
    else
      slowest = std::make_unique<SlowestMode<dim>>(this->form, parameters, this->log);
    spectrum = std::make_unique<Spectrum<dim>>(*slowest);
    spectrum->solve(this->parameters.quantities.eigenvalues);
    total.add(slowest->report());
  }

  template <int dim>
  PointValues
  SpectrumComputation<dim>::evaluate()
  {
    const auto create_other = [&](const unsigned int degree) {
      auto other = std::make_unique<SpectrumComputation<dim>>(
        this->parameters, this->form.model(), this->space.mesh(), degree, this->log);
      this->solve_richer(*other);
      return other;
    };
    const auto richer = create_other(this->richer_degree());
    if (this->compares_richer())
      richer->compare(*create_other(this->third_degree()));
    compare(*richer);
    const bool is_adaptive = this->parameters.discretization.tolerance > 0.;
    if (!is_adaptive && !this->compares_richer() && this->confirms(eigenvalues))
      {
        richer->compare(*create_other(this->third_degree()));
        compare(*richer);
      }
    PointValues values = eigenvalues;
    if (exit_time)
      values.field_estimate = densities.largest_estimate();
    return values;
  }

  template <int dim>
  void
  SpectrumComputation<dim>::compare(const SpectrumComputation<dim> &other)
  {
    eigenvalues = densities = PointValues();
    const double rounding   = rounding_of_eigenvalue + this->form.weight().rounding() +
                            (exit_time ? exit_time->rounding() : 0.);
    const auto estimate_of_other = [](const PointValues &values, const unsigned int k) {
      return values.list.empty() ? 0. : values.list[k].largest;
    };
    for (unsigned int k = 0; k < spectrum->eigenvalues().size(); ++k)
      {
        const auto own = spectrum->eigenvalues()[k], better = other.spectrum->eigenvalues()[k];
        // of a complex pair, either one may come first
        const long double difference =
          std::min(std::abs(better - own), std::abs(std::conj(better) - own));
        const double relative = static_cast<double>(difference / std::abs(own)) + rounding +
                                estimate_of_other(other.eigenvalues, k);
        eigenvalues.add({},
                        Number::with_relative_error(own.real(), own.real() == 0.L ? 0. : relative));
      }
    if (exit_time)
      {
        const auto &points = this->parameters.quantities.points;
        const auto  own    = point_values(field(), points),
                   better  = point_values(other.field(), points);
        for (unsigned int k = 0; k < own.size(); ++k)
          {
            const double difference = own[k] != 0. ? std::abs(better[k] / own[k] - 1.) : 0.;
            densities.add(points[k],
                          Number::with_relative_error(
                            own[k], difference + rounding + estimate_of_other(other.densities, k)));
          }
      }
  }

  template <int dim>
  void
  SpectrumComputation<dim>::enlarge_estimates(const double factor, const double added)
  {
    densities.enlarge(factor, added);
  }

  template <int dim>
  Field<dim>
  SpectrumComputation<dim>::field() const
  {
    return slowest->density();
  }

  template <int dim>
  const SolverReport &
  SpectrumComputation<dim>::report() const
  {
    return total;
  }

  template <int dim>
  Result
  SpectrumComputation<dim>::results(const PointValues &values, const Sampler<dim> &) const
  {
    Result result;
    Record real = Record::list(), imaginary = real, estimates = real, logarithms = real;
    bool   any_complex = false;
    for (unsigned int k = 0; k < values.list.size(); ++k)
      {
        const Number     &value   = values.list[k].number;
        const auto        lambda  = spectrum->eigenvalues()[k];
        const bool        is_real = std::abs(lambda.imag()) <= real_relative * std::abs(lambda);
        const std::string symbol  = "lambda_" + std::to_string(k + 1);
        const double      part    = static_cast<double>(lambda.imag());
        if (is_real)
          result.tell(symbol, in_words(value));
        else
          result.tell(symbol,
                      format_number(static_cast<double>(value.value), 14) + " +- " +
                        format_number(std::abs(part), 14) + " i   +- " +
                        format_number(static_cast<double>(value.error), 1));
        any_complex = any_complex || !is_real;
        real.add(static_cast<double>(value.value));
        estimates.add(static_cast<double>(value.error));
        imaginary.add(is_real ? 0. : part);
        logarithms.add(value.log10());
      }
    if (any_complex)
      result.tell("order", "by |lambda|: others may decay as slowly");
    Record all = {{"eigenvalues", real}, {"error estimates", estimates}};
    if (any_complex)
      all["imaginary parts"] = imaginary;
    if (exit_time)
      {
        all["log10"] = logarithms;
        if (!this->space.mesh().coordinates().has_groups()) // whose weight is not one at r = 0
          report_values(result, all, "quasi-stationary density", "p(inf)", densities);
      }
    result.numbers["spectrum"] = all;
    return result;
  }

  template <int dim>
  std::vector<FieldFile<dim>>
  SpectrumComputation<dim>::fields() const
  {
    std::vector<NamedField<dim>> named = {
      {exit_time ? "quasi_stationary_density" : "stationary_density", slowest->density()}};
    for (unsigned int k = 0; k < spectrum->eigenvalues().size(); ++k)
      named.push_back(
        {"eigenfunction_" + std::to_string(k + 1), {&this->space, &spectrum->eigenfunction(k)}});
    return {{"solution", named}};
  }

  template class SpectrumComputation<1>;
  template class SpectrumComputation<2>;
  template class SpectrumComputation<3>;
} // namespace dynkin
