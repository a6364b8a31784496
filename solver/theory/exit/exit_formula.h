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
   * The numbers of one formula for exits, behind KnownExit, which says what they are. They throw
   * std::domain_error where the formula does not have or resolve them.
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

    virtual double
    log_moment(const unsigned int n, const Point &x) const = 0;

    virtual double
    moment(const unsigned int n, const Point &x) const = 0;

    virtual double
    survival(const double t, const Point &x) const = 0;

    virtual double
    rate() const = 0;

    virtual double
    relative_error(const Point &) const
    {
      throw std::domain_error("there is no second quadrature");
    }

    virtual double
    probability_of(const std::string &, const Point &) const
    {
      throw std::domain_error("no formula for the place of the exit");
    }

    virtual bool
    is_a_field() const
    {
      return false;
    }

    virtual double
    value(const Point &) const
    {
      throw std::domain_error("the mean exit time is known at points only");
    }

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
