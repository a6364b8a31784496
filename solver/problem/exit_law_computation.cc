// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "problem/exit_law_computation.h"

#include "measure/functionals.h"
#include "problem/dual_weighted_residual.h"

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double rounding_of_increase   = 1e-12; // of S between two times at a node
    constexpr double negligible_probability = 1e-3;  // of an exit about now, to ask for its digits
  }                                                  // namespace

  template <int dim>
  void
  ExitLawComputation<dim>::solve()
  {
    ExitTimeComputation<dim>::solve();
    const QuantityParameters &quantities = this->parameters.quantities;
    slowest = std::make_unique<SlowestMode<dim>>(this->problem, this->parameters.solver, this->log);
    std::vector<Vector> points;
    for (const auto &point : quantities.points)
      points.push_back(point_functional(this->form, {point}, {1.}));
    law = std::make_unique<SurvivalProbability<dim>>(
      *slowest, points, this->parameters.solver, this->log);

    rate.value = 1.L / slowest->time();
    for (unsigned int k = 0; k < quantities.points.size(); ++k)
      {
        survival.emplace_back();
        densities.emplace_back();
        quantiles.emplace_back();
        for (const double t : quantities.times)
          {
            survival.back().push_back({law->value(k, t)});
            densities.back().push_back({t > 0. ? law->density(k, t) : density_at_once(k)});
          }
        for (const double p : quantities.quantiles)
          quantiles.back().push_back({law->quantile(k, p)});
      }
    for (const double t : quantities.times)
      survival_fields.push_back(law->field(t));
    total = this->problem.report();
    total.add(slowest->report());
    total.add(law->report());
  }

  template <int dim>
  double
  ExitLawComputation<dim>::density_at_once(const unsigned int k) const
  {
    const KillingRate<dim> *rate = this->form.model().killing_rate();
    if (rate == nullptr)
      return 0.;
    Point<dim> x;
    std::copy_n(this->parameters.quantities.points[k].begin(), dim, x.begin_raw());
    return law->value(k, 0.) * rate->value(x);
  }

  template <int dim>
  std::unique_ptr<ExitTimeComputation<dim>>
  ExitLawComputation<dim>::create_other(const unsigned int degree) const
  {
    return std::make_unique<ExitLawComputation<dim>>(
      this->parameters, this->form.model(), this->space.mesh(), degree, this->log);
  }

  template <int dim>
  PointValues
  ExitLawComputation<dim>::evaluate()
  {
    PointValues      values    = ExitTimeComputation<dim>::evaluate();
    const FieldCheck check     = check_fields();
    const double     violation = std::max(check.increase, -check.minimum);
    if (violation > rounding_of_increase) // then no accuracy is claimed
      for (unsigned int k = 0; k < values.list.size(); ++k)
        values.include(k, violation);
    for (Vector &S : survival_fields)
      {
        for (double &value : S)
          value = std::clamp(value, 0., 1.);
        S.update_ghost_values();
      }
    return values;
  }

  template <int dim>
  double
  ExitLawComputation<dim>::size_of_density(const unsigned int k, const unsigned int i) const
  {
    const double t        = this->parameters.quantities.times[i];
    const double survives = std::abs(static_cast<double>(survival[k][i].value));
    const double by_time  = t > 0. ? negligible_probability * survives / t : 0.;
    return std::max({std::abs(static_cast<double>(densities[k][i].value)),
                     static_cast<double>(rate.value) * survives,
                     by_time});
  }

  template <int dim>
  void
  ExitLawComputation<dim>::compare(const ExitTimeComputation<dim> &other, PointValues &values)
  {
    ExitTimeComputation<dim>::compare(other, values);
    const auto  &better   = dynamic_cast<const ExitLawComputation<dim> &>(other);
    const double rounding = this->problem.rounding() + law->accuracy() + better.law->accuracy();
    const auto   estimate = [&](Number &own, const Number &other_number) {
      double relative = rounding + other_number.relative_error();
      if (own.value != 0.L)
        relative += static_cast<double>(std::abs(other_number.value / own.value - 1.L));
      own = Number::with_relative_error(own.value, relative);
      return relative;
    };
    // the two may cross at t: what differs a little earlier counts, too, as that about a point does
    const auto earlier = [&](const auto &value, const double t, const double now) {
      constexpr double before = 0.8;
      const double     own    = value(*law, before * t),
                   difference = std::abs(value(*better.law, before * t) - own);
      return share_about * difference * (own != 0. ? std::min(1., std::abs(now / own)) : 1.);
    };
    largest_rounding = rounding;
    double largest   = estimate(rate, better.rate);
    for (unsigned int k = 0; k < values.list.size(); ++k)
      {
        if (values.list[k].number.value == 0.L) // on an absorbing wall everything is over at once
          {
            for (auto *numbers : {&survival[k], &densities[k], &quantiles[k]})
              numbers->assign(numbers->size(), Number());
            continue;
          }
        for (unsigned int i = 0; i < survival[k].size(); ++i)
          {
            const double t    = this->parameters.quantities.times[i];
            Number      &S    = survival[k][i];
            largest           = std::max(largest, estimate(S, better.survival[k][i]));
            const double of_S = earlier([k](auto &of, const double s) { return of.value(k, s); },
                                        t,
                                        static_cast<double>(S.value));
            S.error           = std::max<long double>(S.error, of_S);
            if (S.value != 0.L)
              largest = std::max(largest, S.relative_error());
            // densities at short times are far smaller than what they are differences of
            Number       &density     = densities[k][i];
            const Number &other_value = better.densities[k][i];
            density.error = std::abs(other_value.value - density.value) + other_value.error +
                            rounding * rate.value * S.value;
            density.error = std::max<long double>(
              density.error,
              earlier([k](auto &of, const double s) { return of.density(k, s); },
                      t,
                      static_cast<double>(density.value)));
            if (const double size = size_of_density(k, i); size > 0.)
              largest = std::max(largest, static_cast<double>(density.error / size));
          }
        for (unsigned int i = 0; i < quantiles[k].size(); ++i)
          {
            Number      &quantile = quantiles[k][i];
            const double p        = this->parameters.quantities.quantiles[i];
            const double t        = static_cast<double>(quantile.value);
            double       relative = estimate(quantile, better.quantiles[k][i]);
            // early on no digit of t is left where the laws differ by much of what is sought
            const double share = std::abs(better.law->value(k, t) - (1. - p)) / std::min(p, 1. - p);
            if (share > 0.5)
              relative = std::max(relative, 0.5 * share);
            // dt = dS/(-dS/dt), dS being all of the rounding of S, which is about 1 early
            const double change      = t > 0. ? t * law->density(k, t) : 0.;
            const double by_rounding = change > 0. ? rounding * (1. - p) / change : 0.;
            relative += by_rounding;
            quantile         = Number::with_relative_error(quantile.value, relative);
            largest          = std::max(largest, relative);
            largest_rounding = std::max(largest_rounding, by_rounding);
          }
        values.include(k, largest);
      }
  }

  template <int dim>
  void
  ExitLawComputation<dim>::localise_more(ExitTimeComputation<dim> &other)
  {
    auto      &richer = dynamic_cast<ExitLawComputation<dim> &>(other);
    const auto add    = [&](const Vector &own, const Vector &better, const double estimate) {
      const auto   shares = largest_differences(this->form, own, richer.form, better);
      const double sum =
        Utilities::MPI::sum(static_cast<double>(shares.l1_norm()), this->space.communicator());
      if (sum > 0.)
        this->cell_indicators.add(static_cast<float>(estimate / sum), shares);
    };
    for (unsigned int i = 0; i < survival_fields.size(); ++i)
      {
        double largest = 0.;
        for (unsigned int k = 0; k < survival.size(); ++k)
          {
            largest = std::max(largest, survival[k][i].relative_error());
            if (const double size = size_of_density(k, i); size > 0.)
              largest = std::max(largest, static_cast<double>(densities[k][i].error / size));
          }
        add(survival_fields[i], richer.survival_fields[i], largest);
      }
    Number least_known;
    for (const std::vector<Number> &of_point : quantiles)
      for (const Number &quantile : of_point)
        if (quantile.relative_error() > least_known.relative_error())
          least_known = quantile;
    const double time = static_cast<double>(least_known.value);
    if (time > 0. && std::isfinite(time))
      add(law->field(time), richer.law->field(time), least_known.relative_error());
  }

  template <int dim>
  const SolverReport &
  ExitLawComputation<dim>::report() const
  {
    return total;
  }

  template <int dim>
  double
  ExitLawComputation<dim>::rounding() const
  {
    return largest_rounding;
  }

  template <int dim>
  typename ExitLawComputation<dim>::FieldCheck
  ExitLawComputation<dim>::check_fields() const
  {
    const std::vector<double> &times = this->parameters.quantities.times;
    std::vector<unsigned int>  order(survival_fields.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](const unsigned int a, const unsigned int b) {
      return times[a] < times[b];
    });
    // in the norm of L2(w): where the process never is, nothing is known to many digits
    Vector load;
    this->form.load(load);
    const double largest = load.linfty_norm();
    const auto   known   = [&](const unsigned int j) {
      return std::min(1., 1e3 * std::sqrt(std::abs(load.local_element(j)) / largest));
    };
    double minimum = 1., maximum = 0., increase = 0.;
    for (unsigned int i = 0; i < order.size(); ++i)
      for (unsigned int j = 0; j < survival_fields[order[i]].locally_owned_size(); ++j)
        {
          const double S      = survival_fields[order[i]].local_element(j);
          const double before = i > 0 ? survival_fields[order[i - 1]].local_element(j) : 1.;
          minimum             = std::min(minimum, S < 0. ? S * known(j) : S);
          maximum             = std::max(maximum, S > 1. ? 1. + (S - 1.) * known(j) : S);
          increase            = std::max(increase, (S - before) * known(j));
        }
    const MPI_Comm communicator = this->space.communicator();
    increase                    = Utilities::MPI::max(increase, communicator);
    return {Utilities::MPI::min(minimum, communicator),
            Utilities::MPI::max(maximum, communicator),
            increase,
            increase <= rounding_of_increase};
  }

  template <int dim>
  std::vector<FieldFile<dim>>
  ExitLawComputation<dim>::fields() const
  {
    std::vector<NamedField<dim>> named = {{"mean_exit_time", this->problem.moment(1)},
                                          {"quasi_stationary_density", slowest->density()}};
    for (unsigned int i = 0; i < survival_fields.size(); ++i)
      named.push_back({"survival_probability" + (i > 0 ? "_" + std::to_string(i + 1) : ""),
                       {&this->space, &survival_fields[i]}});
    return {{"solution", named}};
  }

  template class ExitLawComputation<1>;
  template class ExitLawComputation<2>;
  template class ExitLawComputation<3>;
} // namespace dynkin
