// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_problem_exit_law_computation_h
#define dynkin_problem_exit_law_computation_h

#include "problem/exit_law.h"
#include "problem/exit_time_computation.h"

namespace dynkin
{
  /**
   * The law of the exit time: its moments as ExitTimeComputation finds them, its rate
   * in the long run, survival probabilities, densities and quantiles. All are compared
   * with the richer space, densities relative to `size_of_density`. To the indicators of the mean
   * come the largest differences of the survival probabilities in each cell, at the reported
   * times and at the quantile least known, with a sum as large as the estimate of what is
   * asked then.
   */
  template <int dim>
  class ExitLawComputation : public ExitTimeComputation<dim>
  {
  public:
    using ExitTimeComputation<dim>::ExitTimeComputation;

    void
    solve() override;

    const SolverReport &
    report() const override;

    PointValues
    evaluate() override;

    Result
    results(const PointValues &values, const Sampler<dim> &sampler) const override;

    double
    rounding() const override;

    std::vector<FieldFile<dim>>
    fields() const override;

  protected:
    std::unique_ptr<ExitTimeComputation<dim>>
    create_other(const unsigned int degree) const override;

    void
    compare(const ExitTimeComputation<dim> &other, PointValues &values) override;

    void
    localise_more(ExitTimeComputation<dim> &richer) override;

  private:
    /** Of the exit time at t = 0 from point k [1/time]: the killing rate. */
    double
    density_at_once(const unsigned int k) const;

    struct FieldCheck
    {
      double minimum, maximum;
      double increase; // the largest, between two times
      bool   is_monotone;
    };

    /** S(t) at all nodes: in [0, 1], and does it fall? */
    FieldCheck
    check_fields() const;

    /**
     * Of a density f(t), the size that its error is compared with: the largest of f(t), rate S(t)
     * and 1e-3 S(t)/t. At times far below all scales it is a difference of far larger terms.
     */
    double
    size_of_density(const unsigned int k, const unsigned int i) const;

    std::unique_ptr<SlowestMode<dim>>         slowest;
    std::unique_ptr<SurvivalProbability<dim>> law; // refers to the slowest mode
    Number                                    rate;
    std::vector<std::vector<Number>>          survival, densities, quantiles; // by point
    std::vector<Vector>                       survival_fields;                // by time
    double                                    largest_rounding = 0.;          // relative
    SolverReport                              total;
  };
} // namespace dynkin

#endif
