// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_app_exit_time_computation_h
#define dynkin_app_exit_time_computation_h

#include "app/computation.h"
#include "problem/exit_routes.h"

namespace dynkin
{
  /**
   * Mean exit times and higher moments. The error estimates compare with a richer
   * space on the same cells, element and mapping of two degrees more (one in 3-D),
   * so that quadrature and curved walls are covered; the occupation density there
   * tells which cells the error comes from.
   */
  template <int dim>
  class ExitTimeComputation : public Computation<dim>
  {
  public:
    ExitTimeComputation(const Parameters  &parameters,
                        const Model<dim>  &model,
                        const Mesh<dim>   &mesh,
                        const unsigned int degree,
                        const Log         &log);

    void
    solve() override;

    PointValues
    evaluate() override;

    Field<dim>
    field() const override;

    const SolverReport &
    report() const override;

    const dealii::Vector<float> &
    indicators() const override;

    Json
    results(const PointValues &values, const Sampler<dim> &sampler) const override;

    void
    write_vtu(const std::string &filename) const override;

  protected:
    unsigned int
    richer_degree() const;

    /** The same problem in the richer space. */
    virtual std::unique_ptr<ExitTimeComputation<dim>>
    create_richer() const;

    /** Compares the values at the points with those of the richer space. */
    virtual void
    compare(ExitTimeComputation<dim> &richer, PointValues &values);

    const Log            &log;
    ExitTime<dim>         problem;
    dealii::Vector<float> cell_indicators;

  private:
    /** Values of f_n relative to its scale at the reported points. */
    std::vector<double>
    relative_values(const unsigned int n) const;

    /** Indicators, occupation density and routes, by the richer space. */
    void
    localise(const ExitTimeComputation<dim> &richer, const PointValues &values);

    void
    log_routes() const;

    Vector                           occupation; // relative, in this space
    long double                      occupation_scale = 1.;
    std::optional<ExitRoutes>        routes;
    std::vector<std::vector<double>> moment_estimates; // relative, by moment and point
  };
} // namespace dynkin

#endif
