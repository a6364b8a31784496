// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_problem_exit_time_computation_h
#define dynkin_problem_exit_time_computation_h

#include "problem/exit_computation.h"
#include "problem/exit_routes.h"

namespace dynkin
{
  /**
   * Mean exit times and higher moments. The error estimates compare with a richer
   * space on the same cells, element and mapping of two degrees more (one in 3-D),
   * so that quadrature and curved walls are covered; to this comes, in 1-D, the error
   * of the richer solution, by one between. The occupation density tells which cells
   * the error comes from.
   */
  template <int dim>
  class ExitTimeComputation : public ExitComputation<dim>
  {
  public:
    using ExitComputation<dim>::ExitComputation;

    void
    solve() override;

    PointValues
    evaluate() override;

    void
    enlarge_estimates(const double factor, const double added) override;

    Field<dim>
    field() const override;

    Result
    results(const PointValues &values, const Sampler<dim> &sampler) const override;

    std::vector<FieldFile<dim>>
    fields() const override;

  protected:
    /** The same problem on the same cells with another degree. */
    virtual std::unique_ptr<ExitTimeComputation<dim>>
    create_other(const unsigned int degree) const;

    /** Estimates by the differences from the other space and what is estimated of its errors. */
    virtual void
    compare(const ExitTimeComputation<dim> &other, PointValues &values);

    /** Adds to the indicators, by a richer space. */
    virtual void
    localise_more(ExitTimeComputation<dim> &)
    {
    }

  private:
    /** f_n/unit at the reported points, by values_about(). */
    std::vector<std::vector<double>>
    relative_values(const unsigned int n, const long double unit) const;

    /** Indicators, occupation density and routes, by the richer space. */
    void
    localise(ExitTimeComputation<dim> &richer);

    void
    report_routes(Result &result) const;

    std::optional<ExitRoutes>        routes;
    std::vector<std::vector<double>> moment_estimates; // relative, by moment and point
  };
} // namespace dynkin

#endif
