// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "problem/exit_law.h"

#include <boost/math/tools/toms748_solve.hpp>

#include <algorithm>
#include <cmath>

#include "utilities/exceptions.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double       krylov_tolerance = 1e-13;
    constexpr unsigned int steps_compared   = 5;
    constexpr unsigned int largest_space    = 200;
    constexpr double       shift_by_time    = 10.; // gamma times the shortest time of a space
    constexpr int          times_per_space  = 16;
    constexpr int          shortest_power   = 12;    // times below are as unresolved as this one
    constexpr double       forgotten        = 100.;  // decay times after which a mode is gone
    constexpr long double  widest_bracket   = 1000.; // of the logarithm of a quantile

    double
    sum_of_products(const std::vector<double> &y, const std::vector<double> &v)
    {
      double sum = 0.;
      for (unsigned int j = 0; j < y.size(); ++j)
        sum += y[j] * v[j];
      return sum;
    }
  } // namespace

  template <int dim>
  SurvivalProbability<dim>::SurvivalProbability(SlowestMode<dim>          &slowest,
                                                const std::vector<Vector> &points,
                                                const SolverParameters    &parameters,
                                                const Log                 &log)
    : slowest(slowest)
    , points(points)
    , parameters(parameters)
    , log(log)
  {
    const GeneratorForm<dim> &form = slowest.bilinear_form();
    Vector                    mode_load;
    form.load(mode_load, &slowest.phi());
    form.load(start_load, &slowest.deficit());
    const double more = slowest.part(start_load); // c - 1
    if (std::abs(more) < 0.5)
      {
        c = 1. + more;
        start_load.add(-more, mode_load);
      }
    else // phi is not near 1: its deficit would cancel it
      {
        form.load(start_load);
        c = slowest.part(start_load);
        start_load.add(-c, mode_load);
      }
    for (const Vector &point : points)
      phi_at_points.push_back(point * slowest.phi());

    Space relaxing = create_space(0., 0., 0.);
    for (unsigned int step = 0; step < steps_compared && relaxing.krylov->extend(); ++step)
      {
      }
    std::vector<double> y;
    double              residual;
    relaxation = relaxing.krylov->largest(y, residual);
    std::vector<double> times;
    for (double t = relaxation; t < forgotten * relaxation; t *= 2.)
      times.push_back(t);
    grow(relaxing, times);
    spaces.emplace(0, std::move(relaxing));
  }

  template <int dim>
  typename SurvivalProbability<dim>::Space
  SurvivalProbability<dim>::create_space(const double first, const double last, const double shift)
  {
    const GeneratorForm<dim> &form = slowest.bilinear_form();
    Space                     space;
    space.shift = shift;
    if (shift > 0.)
      {
        space.form = std::make_unique<GeneratorForm<dim>>(
          form.model(), form.discretization(), form.weight().name(), shift);
        space.solver = std::make_unique<LinearSolver<dim>>(*space.form,
                                                           Direction::backward,
                                                           FixedUnknowns<dim>{true, {}},
                                                           parameters,
                                                           log,
                                                           "survival probability");
      }
    const auto resolvent = [this, solver = space.solver.get()](Vector &x, const Vector &load) {
      if (solver == nullptr)
        return slowest.apply_inverse(x, load);
      x.reinit(load);
      solver->solve(x, load);
    };
    const auto mass = [&form](Vector &x, const Vector &v) { form.load(x, &v); };
    space.krylov    = std::make_unique<KrylovSpace>(
      [resolvent, mass](Vector &x, const Vector &v) {
        Vector load;
        mass(load, v);
        resolvent(x, load);
      },
      mass,
      [this](Vector &v) { slowest.remove(v); },
      form.is_symmetric());
    Vector first_vector;
    resolvent(first_vector, start_load);
    space.krylov->start(first_vector);
    if (last > 0.)
      {
        std::vector<double> times;
        for (double t = first; t <= last; t *= 2.)
          times.push_back(t);
        grow(space, times);
      }
    return space;
  }

  template <int dim>
  void
  SurvivalProbability<dim>::grow(Space &space, const std::vector<double> &times)
  {
    const auto change = [&](const std::vector<double> &y, std::vector<double> old, const double t) {
      double difference = 0., size = 0.;
      old.resize(y.size(), 0.);
      for (unsigned int j = 0; j < y.size(); ++j)
        {
          difference = std::hypot(difference, y[j] - old[j]);
          size       = std::hypot(size, y[j]);
          old[j]     = y[j] - old[j];
        }
      double largest = difference / (size + slowest.norm() * slowest_factor(t));
      for (unsigned int k = 0; k < points.size(); ++k)
        {
          const double S =
            sum_of_products(y, space.observed[k]) + phi_at_points[k] * slowest_factor(t);
          if (S != 0.)
            largest = std::max(largest, std::abs(sum_of_products(old, space.observed[k]) / S));
        }
      return largest;
    };

    std::vector<std::vector<double>> previous(times.size());
    double                           largest = 1.;
    bool                             grows   = true;
    while (grows && space.krylov->size() < largest_space)
      {
        for (unsigned int step = 0; step < steps_compared && grows; ++step)
          grows = space.krylov->extend();
        space.observed.resize(points.size());
        for (unsigned int k = 0; k < points.size(); ++k)
          for (unsigned int j = space.observed[k].size(); j < space.krylov->size(); ++j)
            space.observed[k].push_back(points[k] * space.krylov->basis()[j]);
        largest = 0.;
        for (unsigned int i = 0; i < times.size(); ++i)
          {
            const std::vector<double> y = rest(space, times[i]);
            largest                     = std::max(largest, change(y, previous[i], times[i]));
            previous[i]                 = y;
          }
        if (largest < krylov_tolerance)
          break;
      }
    if (grows)
      largest_change = std::max(largest_change, largest);
    if (space.solver)
      solver_report.add(space.solver->report());
  }

  template <int dim>
  const typename SurvivalProbability<dim>::Space *
  SurvivalProbability<dim>::space(const long double t)
  {
    if (t * (1.L / relaxation - 1.L / slowest.time()) > forgotten)
      return nullptr;
    int    power = 0;
    double first = relaxation;
    while (t < first && power < shortest_power)
      {
        ++power;
        first /= times_per_space;
      }
    const auto found = spaces.find(power);
    return &(found != spaces.end()
               ? found
               : spaces
                   .emplace(power,
                            create_space(first, times_per_space * first, shift_by_time / first))
                   .first)
              ->second;
  }

  template <int dim>
  double
  SurvivalProbability<dim>::slowest_factor(const long double t) const
  {
    return static_cast<double>(c * std::exp(-t / slowest.time()));
  }

  template <int dim>
  std::vector<double>
  SurvivalProbability<dim>::rest(const Space &space, const double t, const bool derivative) const
  {
    using Complex = KrylovSpace::Complex;
    return space.krylov->coefficients([&](const Complex theta) -> Complex {
      if (!(theta.real() > 0.))
        return 0.; // an infinite rate, up to rounding
      const Complex rate = 1. / theta - space.shift;
      return std::exp(-t * rate) / theta * (derivative ? rate : 1.);
    });
  }

  template <int dim>
  double
  SurvivalProbability<dim>::value(const unsigned int k, const long double t)
  {
    if (t == 0.L || phi_at_points[k] == 0.)
      return phi_at_points[k] == 0. ? 0. : 1.;
    const Space *space = this->space(t);
    return slowest_factor(t) * phi_at_points[k] +
           (space != nullptr ? sum_of_products(rest(*space, t), space->observed[k]) : 0.);
  }

  template <int dim>
  double
  SurvivalProbability<dim>::density(const unsigned int k, const long double t)
  {
    if (t == 0.L)
      return 0.;
    const Space *space = this->space(t);
    return static_cast<double>(slowest_factor(t) / slowest.time()) * phi_at_points[k] +
           (space != nullptr ? sum_of_products(rest(*space, t, true), space->observed[k]) : 0.);
  }

  template <int dim>
  long double
  SurvivalProbability<dim>::quantile(const unsigned int k, const double p)
  {
    if (phi_at_points[k] == 0.)
      return 0.;
    const auto excess = [&](const long double log_t) {
      return static_cast<long double>(value(k, std::exp(log_t))) - (1. - p);
    };
    // of a single exponential with the same tail
    const long double guess = std::log(-std::log1p(-p) * slowest.time());
    const long double step  = 0.7;
    long double       lower = guess, upper = guess;
    // earlier than the shortest space there is nothing to be found
    const long double earliest =
      std::log(relaxation) - shortest_power * std::log(1.L * times_per_space);
    while (excess(lower) < 0.L && lower > earliest)
      lower -= step;
    // where the mesh does not resolve the first times, S is not yet 1 to rounding there
    const long double typical = std::log(slowest.time());
    if (excess(lower) < 0.L)
      for (lower = guess; excess(lower) < 0.L && lower < typical; lower += step)
        upper = lower + step;
    while (excess(upper) > 0.L && upper - guess < widest_bracket)
      upper += step;
    if (!(excess(lower) >= 0.L && excess(upper) <= 0.L))
      throw ConvergenceError("the quantile of the exit time for probability " + format_number(p) +
                             " was not found; refine the mesh");
    if (lower == upper)
      return std::exp(lower);
    boost::uintmax_t iterations = 100;
    const auto       bracket    = boost::math::tools::toms748_solve(
      excess, lower, upper, boost::math::tools::eps_tolerance<long double>(52), iterations);
    return std::exp(0.5L * (bracket.first + bracket.second));
  }

  template <int dim>
  Vector
  SurvivalProbability<dim>::field(const double t)
  {
    Vector S(slowest.phi());
    S.zero_out_ghost_values();
    S *= slowest_factor(t);
    if (const Space *space = this->space(t))
      S += space->krylov->combine(rest(*space, t));
    S.update_ghost_values();
    return S;
  }

  template <int dim>
  double
  SurvivalProbability<dim>::accuracy() const
  {
    return largest_change;
  }

  template <int dim>
  const SolverReport &
  SurvivalProbability<dim>::report() const
  {
    return solver_report;
  }

  template class SurvivalProbability<1>;
  template class SurvivalProbability<2>;
  template class SurvivalProbability<3>;
} // namespace dynkin
