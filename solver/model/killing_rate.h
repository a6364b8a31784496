// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_killing_rate_h
#define dynkin_model_killing_rate_h

#include <memory>

#include "model/coefficient_switch.h"
#include "model/model_parameters.h"

namespace dynkin
{
  /**
   * The rate k(x) >= 0 [1/time] at which a process at x is killed: with probability k dt
   * during dt, whatever happened before. The generator becomes A - k.
   */
  template <int dim>
  class KillingRate
  {
  public:
    /** Model/killing rate, a formula. Throws InputError if it cannot be read. */
    explicit KillingRate(const ModelParameters &parameters);

    /** k(x). Throws InputError where it is negative or not finite. */
    double
    value(const dealii::Point<dim> &x) const;

    /** An enclosure over a box, by its lower and upper corner. */
    std::pair<double, double>
    range(const dealii::Point<dim> &lower, const dealii::Point<dim> &upper) const;

    /** Where it may jump or have a kink. */
    std::vector<CoefficientSwitch<dim>>
    switches() const;

    std::string
    text() const;

  private:
    Formula<dim> k;
  };

  /** None if nothing is killed. */
  template <int dim>
  std::shared_ptr<const KillingRate<dim>>
  create_killing_rate(const ModelParameters &parameters);
} // namespace dynkin

#endif
