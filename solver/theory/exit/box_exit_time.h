// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_exit_box_exit_time_h
#define dynkin_theory_exit_box_exit_time_h

#include <mutex>

#include "theory/exit/eigenfunction_law.h"

namespace dynkin
{
  /**
   * Exit of the model `decoupled` from the box lower_i < x_i < upper_i, all walls
   * absorbing, in any number of dimensions. The coordinates are independent,
   * so the survival probability factorises, and with the 1-D ones S_i of ExitLaw
   *
   *   P(tau > t) = prod_i S_i(t, x_i),   E tau^n = int_0^inf n t^(n-1) prod_i S_i(t, x_i) dt,
   *   lambda_1 = sum_i lambda_1,i.
   *
   * Let x_1 be the coordinate that may leave first, and t_2 the time before which
   * the others certainly stay (ExitLaw). Up to t_2 the integral is the one of S_1
   * alone, E tau_1^n (ExitMoments) less its own tail: points next to one wall cost nothing.
   * Beyond, t = t_2 + exp(u - e^-u)/lambda_1 and the trapezoidal rule in u, halved until it
   * settles: double exponential, Takahasi and Mori, Publ. RIMS 9 (1974).
   *
   * The result has up to 12 digits, less next to two walls at once (a corner), and if E tau_1
   * exceeds E tau by 1e5; its uncertainty says how many. With less than 6 it is refused, by
   * std::domain_error, and so are other models, sizes that do not fit, points outside, and
   * what ExitLaw refuses. const and thread-safe.
   */
  class BoxExitTime
  {
  public:
    BoxExitTime(const ModelParameters     &model,
                const std::vector<double> &lower,
                const std::vector<double> &upper);

    /** log E tau, finite where E tau is beyond the range of a double. */
    double
    log_value(const std::vector<double> &x) const;

    /** E tau [time]; infinity if it is beyond the range of a double. */
    double
    value(const std::vector<double> &x) const;

    /** E tau^n [time^n], n >= 1. */
    long double
    moment(const unsigned int n, const std::vector<double> &x) const;

    /** The same with its uncertainty. */
    SurvivalCurve::Estimate
    estimate(const unsigned int n, const std::vector<double> &x) const;

    /** P(tau > t). */
    double
    survival(const double t, const std::vector<double> &x) const;

    /** lambda_1 [1/time]. */
    long double
    rate() const;

  private:
    /** With more polynomials, for short times. */
    const std::vector<ExitLaw> &
    finer_laws() const;

    std::vector<SurvivalCurve>
    starting_at(const std::vector<ExitLaw> &laws, const std::vector<double> &x) const;

    SurvivalCurve::Estimate
    estimate(const std::vector<ExitLaw> &laws,
             const unsigned int          n,
             const std::vector<double>  &x) const;

    /** int_start^inf n t^(n-1) prod_i S_i dt. */
    SurvivalCurve::Estimate
    tail_moment(const unsigned int                n,
                const std::vector<SurvivalCurve> &curves,
                const long double                 start) const;

    ModelParameters      model;
    std::vector<double>  lower, upper;
    std::vector<ExitLaw> laws; // of the coordinates

    mutable std::once_flag       is_finer;
    mutable std::vector<ExitLaw> finer; // once needed
  };
} // namespace dynkin

#endif
