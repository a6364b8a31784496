// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "app/computation.h"

#include "app/exit_law_computation.h"
#include "app/exit_place_computation.h"
#include "app/moment_errors.h"
#include "app/spectrum_computation.h"
#include "output/functionals.h"
#include "output/vtu_writer.h"
#include "utilities/exceptions.h"

#include <cmath>
#include <limits>
#include <sstream>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    template <int dim>
    class DensityComputation : public Computation<dim>
    {
    public:
      DensityComputation(const Parameters  &parameters,
                         const Model<dim>  &model,
                         const Mesh<dim>   &mesh,
                         const unsigned int degree,
                         const Log         &log)
        : Computation<dim>(parameters, model, mesh, degree, log)
        , problem(this->form, parameters.solver, log)
      {
      }

      void
      solve() override
      {
        problem.solve();
      }

      Field<dim>
      field() const override
      {
        return problem.density();
      }

      const SolverReport &
      report() const override
      {
        return problem.report();
      }

      PointValues
      evaluate() override
      {
        const unsigned int      degree = this->space.degree();
        DensityComputation<dim> companion(this->parameters,
                                          this->form.model(),
                                          this->space.mesh(),
                                          degree > 1 ? degree - 1 : 2,
                                          this->log);
        companion.solve();
        PointValues values;
        values.points       = this->parameters.quantities.points;
        const auto   own    = point_values(field(), values.points);
        const auto   others = point_values(companion.field(), values.points);
        const double rounding =
          problem.report().residual + 100. * std::numeric_limits<double>::epsilon();
        for (unsigned int k = 0; k < own.size(); ++k)
          values.add(own[k], std::abs(others[k] / own[k] - 1.) + rounding);
        return values;
      }

      Json
      results(const PointValues &result, const Sampler<dim> &sampler) const override
      {
        const DensitySummary<dim> summary = summarise_density(sampler, problem.density());
        this->log.line("mass",
                       format_number(problem.mass(), 15) + ", by a finer quadrature " +
                         format_number(summary.mass, 15) + "; dropped equation: residual " +
                         format_number(problem.balance(), 2));
        this->log.line("sign",
                       "minimum " + format_number(summary.minimum) + ", " +
                         std::to_string(summary.negative_nodes) + " negative nodes, " +
                         std::to_string(summary.negative_cells) + " cells with negative values");
        log_values(this->log, "p", result);

        Json mean = Json::array(), covariance = Json::array();
        for (unsigned int i = 0; i < dim; ++i)
          {
            mean.push_back(summary.mean[i]);
            covariance.push_back(Json::array());
            for (unsigned int j = 0; j < dim; ++j)
              covariance[i].push_back(summary.covariance[i][j]);
          }
        Json       json    = {{"stationary density",
                               {{"mass", problem.mass()},
                                {"mass by finer quadrature", summary.mass},
                                {"balance of the dropped equation", problem.balance()},
                                {"minimum", summary.minimum},
                                {"maximum", summary.maximum},
                                {"negative cells", summary.negative_cells},
                                {"negative nodes", summary.negative_nodes},
                                {"lost mass", 0.}, // reflecting walls
                                {"values", json_values(result)},
                                {"mean", mean},
                                {"covariance", covariance}}}};
        const Json moments = moment_errors(this->parameters, sampler, problem.density());
        if (!moments.is_null())
          json["errors"]["moments"] = moments;
        return json;
      }

      void
      write_vtu(const std::string &filename) const override
      {
        write_density(problem.density(), this->form.model(), filename);
      }

    private:
      StationaryDensity<dim> problem;
    };
  } // namespace

  void
  PointValues::add(const long double value, const double relative_estimate)
  {
    values.push_back(static_cast<double>(value));
    log10.push_back(static_cast<double>(std::log10(value)));
    estimates.push_back(std::abs(values.back()) * relative_estimate);
    relative.push_back(relative_estimate);
  }

  ProblemStatement
  problem_statement(const std::string &problem)
  {
    if (problem == "exit law")
      return {"dS/dt = A S,  S(0) = 1,  S(t, x) = P(tau > t | X_0 = x)",
              "S = 0 on absorbing walls, a grad S . n = 0 on reflecting walls"};
    if (problem == "spectrum")
      return {"A phi = -lambda phi",
              "phi = 0 on absorbing walls, a grad phi . n = 0 on reflecting walls"};
    if (problem == "exit time")
      return {"A f = 1/2 a : grad grad f + b . grad f = -1,  f(x) = E[tau | X_0 = x]",
              "f = 0 on absorbing walls, a grad f . n = 0 on reflecting walls"};
    if (problem == "exit place")
      return {
        "A f = -g,  f(x) = E[int_0^tau g dt + h(X_tau) | X_0 = x];  P(exit in W): g = 0, h = 1 "
        "on W",
        "f = h on absorbing walls, a grad f . n = 0 on reflecting walls"};
    return {"A* p = -div J = 0,  J = b p - 1/2 div(a p),  int p = 1",
            "J . n = 0 (reflecting walls)"};
  }

  std::string
  point_in_words(const std::vector<double> &point)
  {
    std::ostringstream text;
    text << "at (";
    for (unsigned int i = 0; i < point.size(); ++i)
      text << (i > 0 ? ", " : "") << point[i];
    text << ")";
    return text.str();
  }

  void
  log_values(const Log &log, const std::string &what, const PointValues &result)
  {
    for (unsigned int k = 0; k < result.points.size(); ++k)
      {
        std::ostringstream text;
        text << point_in_words(result.points[k]) << "   ";
        if (std::isfinite(result.values[k]))
          text << format_number(result.values[k], 14) << "   +- "
               << format_number(result.estimates[k], 1);
        else
          text << "10^" << format_number(result.log10[k], 14) << ", relative error "
               << format_number(result.relative[k], 1);
        log.line(what, text.str());
      }
  }

  Json
  json_values(const PointValues &result)
  {
    Json values = Json::array();
    for (unsigned int k = 0; k < result.points.size(); ++k)
      values.push_back({{"point", result.points[k]},
                        {"value", result.values[k]},
                        {"error estimate", result.estimates[k]},
                        {"relative error estimate", result.relative[k]}});
    return values;
  }

  template <int dim>
  Computation<dim>::Computation(const Parameters  &parameters,
                                const Model<dim>  &model,
                                const Mesh<dim>   &mesh,
                                const unsigned int degree,
                                const Log         &log)
    : parameters(parameters)
    , log(log)
    , space(mesh, degree)
    , form(model, space, parameters.discretization.weight)
  {
  }

  template <int dim>
  const Discretization<dim> &
  Computation<dim>::discretization() const
  {
    return space;
  }

  template <int dim>
  const dealii::Vector<float> &
  Computation<dim>::indicators() const
  {
    return cell_indicators;
  }

  template <int dim>
  unsigned int
  Computation<dim>::richer_degree() const
  {
    return space.degree() + (dim == 3 ? 1 : 2);
  }

  template <int dim>
  void
  Computation<dim>::solve_richer(Computation<dim> &richer)
  {
    try
      {
        richer.solve();
      }
    catch (const ConvergenceError &)
      {
        cell_indicators = richer.cell_indicators;
        throw;
      }
  }

  template <int dim>
  std::unique_ptr<Computation<dim>>
  create_computation(const Parameters  &parameters,
                     const Model<dim>  &model,
                     const Mesh<dim>   &mesh,
                     const unsigned int degree,
                     const Log         &log)
  {
    if (parameters.problem == "exit time")
      return std::make_unique<ExitTimeComputation<dim>>(parameters, model, mesh, degree, log);
    if (parameters.problem == "exit law")
      return std::make_unique<ExitLawComputation<dim>>(parameters, model, mesh, degree, log);
    if (parameters.problem == "exit place")
      return std::make_unique<ExitPlaceComputation<dim>>(parameters, model, mesh, degree, log);
    if (parameters.problem == "spectrum")
      return std::make_unique<SpectrumComputation<dim>>(parameters, model, mesh, degree, log);
    if (parameters.problem == "stationary density")
      return std::make_unique<DensityComputation<dim>>(parameters, model, mesh, degree, log);
    throw InputError(
      "problem", "must be one of: exit time, exit law, exit place, spectrum, stationary density");
  }

#define INSTANTIATE(dim)                                              \
  template class Computation<dim>;                                    \
  template std::unique_ptr<Computation<dim>> create_computation<dim>( \
    const Parameters &, const Model<dim> &, const Mesh<dim> &, const unsigned int, const Log &);
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
