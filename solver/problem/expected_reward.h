// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_problem_expected_reward_h
#define dynkin_problem_expected_reward_h

#include "problem/occupation_density.h"

namespace dynkin
{
  /**
   * Expected reward until the exit at time tau through the absorbing walls G
   * (Feynman-Kac formula),
   *
   *   f(x) = E[ int_0^tau g(X_t) dt + h(X_tau) | X_0 = x ]:   A f = -g,  f = h on G,
   *
   * natural on reflecting walls. With g = 0 and h the indicator of a part of the walls
   * it is the probability to leave there. Weak form: B(f, v) = int w g v for all v
   * that vanish on G. Found as the mean exit time is: where that was by splitting, with the
   * same matrices, f = T (1 - u) + z + h, with h = 0 off G and the load int w g v - B(h, v).
   */
  template <int dim>
  class ExpectedReward
  {
  public:
    /** The exit time is solved already, and must outlive the object. */
    ExpectedReward(const ExitTime<dim>    &exit_time,
                   const SolverParameters &parameters,
                   const Log              &log);

    /** h at the unknowns on G, 0 at all others; load_i = int w g phi_i. */
    void
    solve(const Vector &h, const Vector &load);

    Field<dim>
    field() const;

    /** T/S - f/S with S the scale of the field, to full relative accuracy where it is small. */
    const Vector &
    deficit() const;

    /** What rounding makes of f/S at these points, but for errors relative to f that all solves share. */
    std::vector<double>
    rounding(const std::vector<std::vector<double>> &points) const;

  private:
    const ExitTime<dim>      &exit_time;
    const GeneratorForm<dim> &form;
    const SolverParameters   &parameters;
    const Log                &log;
    Vector                    relative, difference;
    long double               scale          = 1.;
    double                    level_rounding = 0.; // of T/S
  };

  /**
   * The distribution of the exit place: the probabilities P_i >= 0 with
   * f(x) = sum_i P_i h_i for all rewards h on the walls (x, or what the functional J of
   * the occupation density G is), the consistent boundary flux of G:
   *
   *   P_i = J(phi_i) - B(phi_i, G),  sum_i P_i = 1;   0 off the absorbing walls.
   */
  template <int dim>
  Vector
  exit_distribution(const OccupationDensity<dim> &occupation,
                    const GeneratorForm<dim>     &form,
                    const Vector                 &goal);
} // namespace dynkin

#endif
