// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "app/computation.h"

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
    /** "E tau at (0, 0)   2.376254830973   +- 1e-11" */
    void
    log_values(const Log &log, const std::string &what, const PointValues &result)
    {
      for (unsigned int k = 0; k < result.points.size(); ++k)
        {
          std::ostringstream text;
          text << "at (";
          for (unsigned int i = 0; i < result.points[k].size(); ++i)
            text << (i > 0 ? ", " : "") << result.points[k][i];
          text << ")   " << format_number(result.values[k], 14) << "   +- "
               << format_number(result.estimates[k], 1);
          log.line(what, text.str());
        }
    }

    template <int dim>
    class ExitTimeComputation : public Computation<dim>
    {
    public:
      ExitTimeComputation(const Parameters  &parameters,
                          const Model<dim>  &model,
                          const Mesh<dim>   &mesh,
                          const unsigned int degree,
                          const Log         &log)
        : Computation<dim>(parameters, model, mesh, degree)
        , log(log)
        , problem(this->form, parameters.solver, log)
      {
      }

      void
      solve() override
      {
        problem.solve(this->parameters.quantities.moments);
      }

      Field<dim>
      field() const override
      {
        return problem.moment(1);
      }

      const SolverReport &
      report() const override
      {
        return problem.report();
      }

      double
      rounding() const override
      {
        return problem.rounding();
      }

      Json
      results(const PointValues &result, const Sampler<dim> &) const override
      {
        log.line("method", problem.method());
        log_values(log, "E[tau]", result);

        const unsigned int               n_moments = this->parameters.quantities.moments;
        std::vector<std::vector<double>> moments;
        for (unsigned int n = 1; n <= n_moments; ++n)
          moments.push_back(point_values(problem.moment(n), result.points));

        Json list = Json::array();
        for (unsigned int k = 0; k < result.points.size(); ++k)
          {
            Json entry = {{"point", result.points[k]},
                          {"value", result.values[k]},
                          {"log10", std::log10(result.values[k])},
                          {"error estimate", result.estimates[k]},
                          {"moments", Json::array()}};
            for (const std::vector<double> &moment : moments)
              entry["moments"].push_back(moment[k]);
            list.push_back(entry);
          }
        return {{"mean exit time", list}};
      }

      void
      write_vtu(const std::string &filename) const override
      {
        write_exit_time(problem.moment(1), filename);
      }

    private:
      const Log    &log;
      ExitTime<dim> problem;
    };

    template <int dim>
    class DensityComputation : public Computation<dim>
    {
    public:
      DensityComputation(const Parameters  &parameters,
                         const Model<dim>  &model,
                         const Mesh<dim>   &mesh,
                         const unsigned int degree,
                         const Log         &log)
        : Computation<dim>(parameters, model, mesh, degree)
        , log(log)
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

      double
      rounding() const override
      {
        return problem.report().residual + 100. * std::numeric_limits<double>::epsilon();
      }

      Json
      results(const PointValues &result, const Sampler<dim> &sampler) const override
      {
        const DensitySummary<dim> summary = summarise_density(sampler, problem.density());
        log.line("mass",
                 format_number(problem.mass(), 15) + ", by a finer quadrature " +
                   format_number(summary.mass, 15) + "; dropped equation: residual " +
                   format_number(problem.balance(), 2));
        log.line("sign",
                 "minimum " + format_number(summary.minimum) + ", " +
                   std::to_string(summary.negative_nodes) + " negative nodes, " +
                   std::to_string(summary.negative_cells) + " cells with negative values");
        log_values(log, "p", result);

        Json values = Json::array();
        for (unsigned int k = 0; k < result.points.size(); ++k)
          values.push_back({{"point", result.points[k]},
                            {"value", result.values[k]},
                            {"error estimate", result.estimates[k]}});
        Json mean = Json::array(), covariance = Json::array();
        for (unsigned int i = 0; i < dim; ++i)
          {
            mean.push_back(summary.mean[i]);
            covariance.push_back(Json::array());
            for (unsigned int j = 0; j < dim; ++j)
              covariance[i].push_back(summary.covariance[i][j]);
          }
        return {{"stationary density",
                 {{"mass", problem.mass()},
                  {"mass by finer quadrature", summary.mass},
                  {"balance of the dropped equation", problem.balance()},
                  {"minimum", summary.minimum},
                  {"maximum", summary.maximum},
                  {"negative cells", summary.negative_cells},
                  {"negative nodes", summary.negative_nodes},
                  {"lost mass", 0.}, // reflecting walls
                  {"values", values},
                  {"mean", mean},
                  {"covariance", covariance}}}};
      }

      void
      write_vtu(const std::string &filename) const override
      {
        write_density(problem.density(), this->form.model(), filename);
      }

    private:
      const Log             &log;
      StationaryDensity<dim> problem;
    };
  } // namespace

  template <int dim>
  Computation<dim>::Computation(const Parameters  &parameters,
                                const Model<dim>  &model,
                                const Mesh<dim>   &mesh,
                                const unsigned int degree)
    : parameters(parameters)
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
  std::unique_ptr<Computation<dim>>
  create_computation(const Parameters  &parameters,
                     const Model<dim>  &model,
                     const Mesh<dim>   &mesh,
                     const unsigned int degree,
                     const Log         &log)
  {
    if (parameters.problem == "exit time")
      return std::make_unique<ExitTimeComputation<dim>>(parameters, model, mesh, degree, log);
    if (parameters.problem == "stationary density")
      return std::make_unique<DensityComputation<dim>>(parameters, model, mesh, degree, log);
    throw InputError("problem", "must be one of: exit time, stationary density");
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
