// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_problem_exit_place_computation_h
#define dynkin_problem_exit_place_computation_h

#include "form/wall_mass.h"
#include "problem/exit_computation.h"
#include "problem/expected_reward.h"

namespace dynkin
{
  /**
   * The probability to leave through Domain/exit set, the expected reward, and the
   * density of the exit place seen from each point. Values on the walls are
   * projections onto the unknowns there (WallMass); where they jump, the field wiggles
   * beside the jump but its values elsewhere, integrals against a smooth density of the
   * exit place, are hardly touched. Error estimates compare with a richer space on the
   * same cells, as for exit times.
   */
  template <int dim>
  class ExitPlaceComputation : public ExitComputation<dim>
  {
  public:
    ExitPlaceComputation(const Parameters  &parameters,
                         const Model<dim>  &model,
                         const Mesh<dim>   &mesh,
                         const unsigned int degree,
                         const Log         &log);

    void
    solve() override;

    PointValues
    evaluate() override;

    void
    enlarge_estimates(const double factor, const double added) override;

    /** The probability if it is asked for, else the reward. */
    Field<dim>
    field() const override;

    /** The densities of the exit place. */
    void
    complete() override;

    Result
    results(const PointValues &values, const Sampler<dim> &sampler) const override;

    std::vector<FieldFile<dim>>
    fields() const override;

  private:
    /** What is asked for. */
    struct Quantity
    {
      std::string         key, symbol, field_name; // in results.json, the log and the VTU
      ExpectedReward<dim> problem;
      PointValues         values;
      std::vector<double> differences; // from the richer solution, with its own from a third one
    };

    void
    solve_probability();

    void
    solve_reward();

    /** Estimates by the differences from the other space and what is estimated of its errors. */
    void
    compare(const ExitPlaceComputation<dim> &other);

    void
    estimate(Quantity &quantity, const Quantity &better) const;

    /** Indicators and occupation density by the richer space. */
    void
    localise(const ExitPlaceComputation<dim> &richer);

    /** Does the running reward have poles? Then a few degrees more see little of what is missing there. */
    bool
    has_poles() const;

    WallMass<dim>         mass;
    std::vector<Quantity> quantities;
    Table                 densities; // of the exit place
    std::vector<double>   integrals; // of them, by point
  };
} // namespace dynkin

#endif
