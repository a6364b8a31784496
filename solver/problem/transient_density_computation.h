// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_problem_transient_density_computation_h
#define dynkin_problem_transient_density_computation_h

#include "problem/computation.h"
#include "problem/transient_density.h"

namespace dynkin
{
  /**
   * The density at Quantities/times, from the law of `Start` on, and its distances to the
   * stationary one. Errors are estimated by another solve with one degree less on the
   * same cells.
   */
  template <int dim>
  class TransientDensityComputation : public Computation<dim>
  {
  public:
    TransientDensityComputation(const Parameters  &parameters,
                                const Model<dim>  &model,
                                const Mesh<dim>   &mesh,
                                const unsigned int degree,
                                const Log         &log);

    void
    solve() override;

    /** At the last time. */
    PointValues
    evaluate() override;

    /** That the mesh does not hold the law at time 0. */
    std::string
    objection() const override;

    /** At the last time. */
    Field<dim>
    field() const override;

    const SolverReport &
    report() const override;

    Result
    results(const PointValues &values, const Sampler<dim> &sampler) const override;

    /** The last time; and the series solution_0 (the start), ... */
    std::vector<FieldFile<dim>>
    fields() const override;

  private:
    /** The stationary density of a model, in the space of the computation. */
    struct Law
    {
      Law(const ModelParameters &parameters, const TransientDensityComputation &computation);

      const std::unique_ptr<const Model<dim>> model;
      const GeneratorForm<dim>                form;
      StationaryDensity<dim>                  density;
    };

    /** u of the start, with mass 1. */
    Vector
    start();

    /** Logarithm of the normal law at time 0, wrapped around periodic axes, where it is that on the line. */
    double
    log_start(const std::vector<double> &x) const;

    Field<dim>
    field(const unsigned int i) const;

    /** Distances to the stationary law, mean and covariance at time i. */
    Record
    figures(const unsigned int i, const Sampler<dim> &sampler) const;

    /** Everything about time i; with the sampler of the companion. */
    Record
    snapshot(const unsigned int  i,
             const Sampler<dim> &sampler,
             const Sampler<dim> &other_sampler,
             Result             &result) const;

    StationaryDensity<dim>           equilibrium;
    std::unique_ptr<Law>             in_own_weight;   // the same, if it has another one
    std::vector<double>              times;           // with 0
    std::vector<Vector>              density_fields;  // u, by time
    double                           start_mass = 0.; // before normalisation; 1 between walls
    double                           inside     = 0.; // of a normal law, its mass by the mesh
    double                           accuracy   = 0.; // in time
    double                           defect     = 0.; // of all solvers, relative
    SolverReport                     total;
    std::vector<std::vector<double>> values, estimates;          // by time and point
    std::vector<std::vector<std::vector<double>>>     about;     // likewise, values_about()
    std::unique_ptr<TransientDensityComputation<dim>> companion; // once evaluated
  };
} // namespace dynkin

#endif
