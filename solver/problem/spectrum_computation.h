// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_problem_spectrum_computation_h
#define dynkin_problem_spectrum_computation_h

#include "problem/computation.h"
#include "problem/exit_time.h"
#include "problem/spectrum.h"

namespace dynkin
{
  /**
   * The slowest modes with absorbing walls (exit rate, quasi-stationary density) or
   * with reflecting walls only (relaxation to the stationary density). The error
   * estimates compare with an element and mapping of higher degree.
   */
  template <int dim>
  class SpectrumComputation : public Computation<dim>
  {
  public:
    using Computation<dim>::Computation;

    void
    solve() override;

    PointValues
    evaluate() override;

    void
    enlarge_estimates(const double factor, const double added) override;

    Field<dim>
    field() const override;

    const SolverReport &
    report() const override;

    Result
    results(const PointValues &values, const Sampler<dim> &sampler) const override;

    std::vector<FieldFile<dim>>
    fields() const override;

  private:
    /** Estimates by the differences from the other space and what is estimated of its errors. */
    void
    compare(const SpectrumComputation<dim> &other);

    std::unique_ptr<ExitTime<dim>>    exit_time; // with absorbing walls
    std::unique_ptr<SlowestMode<dim>> slowest;   // refers to the exit time
    std::unique_ptr<Spectrum<dim>>    spectrum;
    SolverReport                      total;
    PointValues                       eigenvalues;
    PointValues                       densities; // quasi-stationary, with absorbing walls
  };
} // namespace dynkin

#endif
