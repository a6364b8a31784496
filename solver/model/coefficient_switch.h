// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_coefficient_switch_h
#define dynkin_model_coefficient_switch_h

#include <functional>
#include <utility>
#include <vector>

#include "model/formula.h"

namespace dynkin
{
  /** A function whose zeros are places where a coefficient may jump or have a kink. */
  template <int dim>
  struct CoefficientSwitch
  {
    std::function<double(const dealii::Point<dim> &)> value;
    /** An enclosure over a box, by its lower and upper corner. */
    std::function<std::pair<double, double>(const dealii::Point<dim> &, const dealii::Point<dim> &)>
         range;
    bool is_jump; // else a kink
  };

  /** Appends those of a formula. */
  template <int dim>
  void
  append_switches(const Formula<dim> &formula, std::vector<CoefficientSwitch<dim>> &places)
  {
    for (const auto &place : formula.switches())
      places.push_back(
        {[f = place.argument](const dealii::Point<dim> &x) { return f.value(x); },
         [f = place.argument](const dealii::Point<dim> &lower, const dealii::Point<dim> &upper) {
           return f.bounds(lower, upper);
         },
         place.is_jump});
  }
} // namespace dynkin

#endif
