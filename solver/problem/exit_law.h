// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_problem_exit_law_h
#define dynkin_problem_exit_law_h

#include "linear_algebra/krylov_space.h"
#include "problem/slowest_mode.h"

namespace dynkin
{
  /**
   * The law of the exit time, S(t, x) = P(tau > t | X_0 = x), tau the exit or the killing:
   *
   *   dS/dt = A S,  S(0, .) = 1,  S = 0 on absorbing walls;    M dS/dt = -K S.
   *
   * The slowest mode is split off, so that nothing is lost where its rate is 1e-100,
   *
   *   S(t) = c phi e^{-lambda t} + e^{-t M^{-1} K} (1 - c phi),   c = psi^T M 1 / psi^T M phi,
   *
   * and the rest is found in a Krylov space of the resolvent X = (K + gamma M)^{-1} M,
   *
   *   e^{-t M^{-1} K} g = F(X) X g,   F(theta) = e^{-t (1/theta - gamma)} / theta,
   *
   * grown until the values at the reported points and the norm of S no longer change.
   * For times of relaxation and beyond gamma = 0 (then X g is exactly the rest of
   * int S dt = E tau); for shorter ones a new space with gamma ~ 1/t for every factor
   * of 16: J. van den Eshof, M. Hochbruck, SIAM J. Sci. Comput. 27 (2006).
   */
  template <int dim>
  class SurvivalProbability
  {
  public:
    /** Point k is given by its functional, S(t, x_k) = points_k . S(t). */
    SurvivalProbability(SlowestMode<dim>          &slowest,
                        const std::vector<Vector> &points,
                        const SolverParameters    &parameters,
                        const Log                 &log);

    /** P(tau > t) at point k. */
    double
    value(const unsigned int k, const long double t);

    /** -d/dt P(tau > t) at point k [1/time]. */
    double
    density(const unsigned int k, const long double t);

    /** The time t with P(tau <= t) = p at point k, 0 < p < 1; 0 on absorbing walls. */
    long double
    quantile(const unsigned int k, const double p);

    /** P(tau > t) at the nodes. */
    Vector
    field(const double t);

    /** The largest relative change in the last steps of the Krylov spaces. */
    double
    accuracy() const;

    const SolverReport &
    report() const;

  private:
    struct Space
    {
      double                              shift = 0.; // gamma
      std::unique_ptr<GeneratorForm<dim>> form;
      std::unique_ptr<LinearSolver<dim>>  solver;
      std::unique_ptr<KrylovSpace>        krylov;
      std::vector<std::vector<double>>    observed; // basis vectors at the points
    };

    /** The one for this time; none if the slowest mode is all that is left. */
    const Space *
    space(const long double t);

    Space
    create_space(const double first, const double last, const double shift);

    /** Grows a space until it is good for these times. */
    void
    grow(Space &space, const std::vector<double> &times);

    /** c e^{-lambda t}. */
    double
    slowest_factor(const long double t) const;

    std::vector<double>
    rest(const Space &space, const double t, const bool derivative = false) const;

    SlowestMode<dim>         &slowest;
    const std::vector<Vector> points;
    const SolverParameters   &parameters;
    const Log                &log;
    Vector                    start_load; // of 1 - c phi
    double                    c;
    std::vector<double>       phi_at_points;
    double                    relaxation = 0.; // 1/lambda_2 [time]
    std::map<int, Space>      spaces;          // by the power of 16, 0 for gamma = 0
    double                    largest_change = 0.;
    SolverReport              solver_report;
  };
} // namespace dynkin

#endif
