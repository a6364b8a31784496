// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_app_spectrum_computation_h
#define dynkin_app_spectrum_computation_h

#include "app/computation.h"
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
    SpectrumComputation(const Parameters  &parameters,
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

  private:
    const Log                        &log;
    std::unique_ptr<ExitTime<dim>>    exit_time; // with absorbing walls
    std::unique_ptr<SlowestMode<dim>> slowest;   // refers to the exit time
    std::unique_ptr<Spectrum<dim>>    spectrum;
    SolverReport                      total;
    PointValues                       densities; // quasi-stationary, with absorbing walls
    const dealii::Vector<float>       no_indicators;
  };
} // namespace dynkin

#endif
