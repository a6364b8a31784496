// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_log_integral_h
#define dynkin_theory_log_integral_h

#include <functional>
#include <vector>

namespace dynkin
{
  /**
   * log int f dx over [breaks.front(), breaks.back()] of a positive, piecewise
   * analytic f given by its logarithm (-infinity where f = 0), so that nothing
   * under- or overflows: Gauss panels, bisected until every panel agrees with
   * its two halves to 1e-12 of the total (the halves are then good to rounding).
   * `breaks` (increasing) are the first panels' ends.
   *
   * Throws std::domain_error if a panel does not converge.
   */
  double
  log_integral(const std::function<double(double)> &log_f, const std::vector<double> &breaks);

  /** log sum_i exp(terms_i). */
  double
  log_sum_exp(const std::vector<double> &terms);
} // namespace dynkin

#endif
