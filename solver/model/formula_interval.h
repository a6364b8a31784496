// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_formula_interval_h
#define dynkin_model_formula_interval_h

#include "model/formula_node.h"

namespace dynkin
{
  namespace formulas
  {
    /**
     * All values that something takes where it is defined: lower <= upper, perhaps
     * infinite, never NaN. Operations round outward.
     */
    struct Interval
    {
      double lower = 0., upper = 0.;
      bool   is_defined = true; // everywhere
    };

    /** Smaller by at least so many steps of double numbers, and hardly more. */
    double
    below(const double value, const unsigned int n_steps = 1);

    double
    above(const double value, const unsigned int n_steps = 1);

    Interval
    operator+(const Interval &a, const Interval &b);
    Interval
    operator-(const Interval &a, const Interval &b);
    Interval
    operator*(const Interval &a, const Interval &b);
    Interval
    operator/(const Interval &a, const Interval &b);

    /** a^n, even powers are not negative. */
    Interval
    integer_power(const Interval &a, const unsigned int n);

    Interval
    square_root(const Interval &a);

    /** a^b as std::pow. */
    Interval
    power(const Interval &a, const Interval &b);

    /** Everything below `power` in Operation; arguments it does not have are ignored. */
    Interval
    function(const Operation operation, const Interval &a, const Interval &b, const Interval &c);
  } // namespace formulas
} // namespace dynkin

#endif
