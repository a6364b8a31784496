// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_problem_stationary_density_computation_h
#define dynkin_problem_stationary_density_computation_h

#include "measure/functionals.h"
#include "problem/computation.h"

namespace dynkin
{
  /**
   * The stationary density between reflecting walls or on the whole space. Errors are
   * estimated by another solve in the richer space of exit times (in dimension 3, on the whole space,
   * with one degree less); on the whole space its mesh ends later, so that the mass beyond, and the
   * layer where a current meets the end, are part of the difference. On a bounded domain the difference in each cell says where to refine.
   */
  template <int dim>
  class StationaryDensityComputation : public Computation<dim>
  {
  public:
    StationaryDensityComputation(const Parameters  &parameters,
                                 const Model<dim>  &model,
                                 const Mesh<dim>   &mesh,
                                 const unsigned int degree,
                                 const Log         &log);

    void
    solve() override;

    PointValues
    evaluate() override;

    /** Where p < 0 beyond its error estimate, or that more than the lost mass tolerance is beyond the mesh. */
    std::string
    objection() const override;

    Field<dim>
    field() const override;

    const SolverReport &
    report() const override;

    double
    rounding() const override;

    Result
    results(const PointValues &values, const Sampler<dim> &sampler) const override;

    std::vector<FieldFile<dim>>
    fields() const override;

  private:
    /**
     * Shares the relative L2 difference from the companion on the same mesh out to the cells, and the
     * largest one of those relative to the values at the points: where a density is as small as there,
     * it does not count in L2. Returns the largest relative differences in the cells of the points: at
     * the points themselves the difference may pass through 0.
     */
    std::vector<double>
    localise(const std::vector<double> &values, const std::vector<double> &relative_differences);

    /** The largest relative difference from the companion about each point, for another mesh. */
    std::vector<double>
    differences_near(const std::vector<std::vector<double>> &points) const;

    /** In one dimension, with error estimates. */
    void
    report_quantiles(const Sampler<1> &sampler, Result &result, Record &density) const;

    /** Lost mass and tail of the whole space. */
    void
    report_tail(Result &result, Record &density) const;

    StationaryDensity<dim> problem;

    // once evaluated
    std::unique_ptr<Mesh<dim>>                         other_mesh; // of the whole space
    std::unique_ptr<StationaryDensityComputation<dim>> companion;
    DensitySummary<dim>                                summary;
    double                                             field_estimate = 0.; // relative, in L2
    double                                             rounding_share = 0.; // of values, relative
    double                                             defect = 0.; // of solver and quadrature
    double error_at_minimum = 0.; // where p is negative, how much of that is error
  };
} // namespace dynkin

#endif
