// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_exit_known_exit_h
#define dynkin_theory_exit_known_exit_h

#include "domain/domain_parameters.h"
#include "model/model_parameters.h"

#include <memory>
#include <string>
#include <vector>

namespace dynkin
{
  class ExitFormula;

  /**
   * What is known of the time tau and the place at which a model leaves a domain, by the first
   * row that applies of
   *
   *   interval   ExitTime1D and ExitLaw of quadratic models, and of formulas that are smooth
   *              between and at the ends (LineDiffusion); one end may reflect
   *   ball       RadialExit and ExitLaw of isotropic models about w*
   *   box        BoxExitTime of `decoupled`, all walls absorbing
   *
   * A new formula is an ExitFormula and a row of the list in known_exit.cc. The constructor throws
   * std::domain_error, with the reason, for all others, and so do numbers that a formula does
   * not have or resolve. const and thread-safe.
   */
  class KnownExit
  {
  public:
    KnownExit(const ModelParameters  &model,
              const DomainParameters &domain,
              const unsigned int      n_moments = 1);

    const std::string &
    name() const;

    /** log E tau, and log E tau^n for 1 <= n <= n_moments; -infinity on absorbing walls. */
    double
    log_mean(const std::vector<double> &x) const;
    double
    log_moment(const unsigned int n, const std::vector<double> &x) const;

    /** E tau^n [time^n]. */
    double
    moment(const unsigned int n, const std::vector<double> &x) const;

    /** Estimate of the relative error of E tau, computed by a second quadrature. */
    double
    relative_error(const std::vector<double> &x) const;

    /** P(tau > t). */
    double
    survival(const double t, const std::vector<double> &x) const;

    /** The slowest rate lambda_1 [1/time]. */
    double
    rate() const;

    /** P(X leaves through this wall), by its name; intervals. */
    double
    probability_of(const std::string &wall, const std::vector<double> &x) const;

    /** P(X leaves through Domain/exit set), that is the sum over its walls; intervals. */
    double
    probability_of_exit_set(const std::vector<double> &x) const;

    /** Are E tau and its gradient cheap enough for integrals over the domain? */
    bool
    is_a_field() const;

    /** E tau [time], of a field; points may be outside by rounding. */
    double
    value(const std::vector<double> &x) const;

    /** grad E tau [time/length], of a field. */
    std::vector<double>
    gradient(const std::vector<double> &x) const;

  private:
    std::shared_ptr<const ExitFormula> formula;
    std::vector<std::string>           exit_walls; // those of Domain/exit set
  };
} // namespace dynkin

#endif
