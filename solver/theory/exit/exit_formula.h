// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_exit_exit_formula_h
#define dynkin_theory_exit_exit_formula_h

#include "domain/domain_parameters.h"
#include "model/model_parameters.h"

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace dynkin
{
  /**
   * What one formula knows of the time tau and the place of an exit. Numbers that it does not have
   * or resolve throw std::domain_error. const and thread-safe.
   */
  class ExitFormula
  {
  public:
    using Point = std::vector<double>;

    explicit ExitFormula(const std::string &name)
      : name(name)
    {
    }

    virtual ~ExitFormula() = default;

    const std::string name;

    /** log E tau, -infinity on absorbing walls. */
    double
    log_mean(const Point &x) const
    {
      return log_moment(1, x);
    }

    /** log E tau^n, 1 <= n <= the number of moments asked for. */
    virtual double
    log_moment(const unsigned int n, const Point &x) const = 0;

    /** E tau^n [time^n]. */
    virtual double
    moment(const unsigned int n, const Point &x) const = 0;

    /** P(tau > t). */
    virtual double
    survival(const double t, const Point &x) const = 0;

    /** The slowest rate lambda_1 [1/time]. */
    virtual double
    rate() const = 0;

    /** Estimate of the relative error of E tau, computed by a second quadrature. */
    virtual double
    relative_error(const Point &) const
    {
      throw std::domain_error("there is no second quadrature");
    }

    /** P(X leaves through this wall), by its name; intervals. */
    virtual double
    probability_of(const std::string & /*wall*/, const Point &) const
    {
      throw std::domain_error("no formula for the place of the exit");
    }

    /** Are E tau and its gradient cheap enough for integrals over the domain? */
    virtual bool
    is_a_field() const
    {
      return false;
    }

    /** E tau [time], of a field; points may be outside by rounding. */
    virtual double
    value(const Point &) const
    {
      throw std::domain_error("the mean exit time is known at points only");
    }

    /** grad E tau [time/length], of a field. */
    virtual Point
    gradient(const Point &) const
    {
      throw std::domain_error("the mean exit time is known at points only");
    }
  };

  using ExitFormulaPointer = std::shared_ptr<const ExitFormula>;

  /**
   * Recognisers: each makes its formula, or nothing for the shape of another; std::domain_error,
   * with the reason, if it does not hold for this model or these walls.
   */
  ExitFormulaPointer
  interval_exit(const ModelParameters  &model,
                const DomainParameters &domain,
                const unsigned int      n_moments);
  ExitFormulaPointer
  ball_exit(const ModelParameters  &model,
            const DomainParameters &domain,
            const unsigned int      n_moments);
  ExitFormulaPointer
  box_exit(const ModelParameters  &model,
           const DomainParameters &domain,
           const unsigned int      n_moments);
} // namespace dynkin

#endif
