// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_measure_absolute_integral_h
#define dynkin_measure_absolute_integral_h

#include "measure/gauss_polynomial.h"

namespace dynkin
{
  /**
   * int |g| over a cell by the values of g at its n^dim Gauss points: exact along the first
   * direction between the zeros of the polynomial through the values. What is left has kinks in
   * its second derivative where zeros leave the cell: the other directions are halved until
   * halves agree with the whole. The Gauss rule itself does not see the kinks of |g|, and errs by
   * h^2 there, whatever n: two degrees may agree with each other far better than with the truth.
   */
  class AbsoluteIntegral
  {
  public:
    AbsoluteIntegral(const unsigned int n, const unsigned int dim);

    double
    operator()(const std::vector<double> &g) const;

  private:
    struct Part
    {
      double value;
      bool   changes_sign;
    };

    Part
    of_line(const std::vector<double> &g) const;

    Part
    of_slices(const std::vector<double> &g) const;

    /** Where the last direction is t. */
    Part
    of_slice(const std::vector<double> &g, const double t) const;

    Part
    rule(const std::vector<double> &g, const double from, const double to) const;

    double
    refined(const std::vector<double> &g,
            const double               from,
            const double               to,
            const double               whole,
            const double               error,
            const unsigned int         depth) const;

    const GaussPolynomial line;
    const double          accuracy;
  };
} // namespace dynkin

#endif
