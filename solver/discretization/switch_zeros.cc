// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "discretization/switch_zeros.h"

using namespace dealii;

namespace dynkin
{
  void
  find_zeros(const CoefficientSwitch<1> &place,
             const double                left,
             const double                right,
             const double                smallest,
             std::vector<double>        &zeros)
  {
    const auto range = place.range(Point<1>(left), Point<1>(right));
    if (range.first > 0. || range.second < 0.)
      return;
    const auto value = [&](const double x) { return place.value(Point<1>(x)); };
    if (right - left > smallest)
      {
        const double middle = 0.5 * (left + right);
        find_zeros(place, left, middle, smallest, zeros);
        if (value(middle) == 0.)
          zeros.push_back(middle);
        find_zeros(place, middle, right, smallest, zeros);
        return;
      }
    double a = left, b = right;
    if (!(value(a) * value(b) < 0.))
      return;
    while (true)
      {
        const double c = 0.5 * (a + b);
        if (c <= a || c >= b)
          break;
        (value(a) * value(c) <= 0. ? b : a) = c;
      }
    // the one where the function vanishes, if any
    zeros.push_back(value(a) == 0. ? a : b);
  }
} // namespace dynkin
