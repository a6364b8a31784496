// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_line_end_h
#define dynkin_model_line_end_h

#include "model/model.h"

#include <string>

namespace dynkin
{
  /**
   * An end of an interval as a diffusion sees it. With d the distance to the end and
   *
   *   a ~ d^p,   2 b/a . n ~ beta/d   (n points inside; beta may be infinite),
   *
   * the scale density is s' ~ d^-beta and the speed density m ~ d^(beta - p). Feller's test:
   *
   *   attracting       int s' finite                       beta < 1
   *   of finite mass   int m finite                        beta - p > -1
   *   reachable        attracting, in a finite time        beta < 1 and p < 2
   *   enterable        a start at the end has a sense      finite mass and p < 2
   *
   * A drift that is infinite at the end, but slower than 1/d, as log d, leaves p and beta at 0; the
   * end counts as singular nevertheless, for cells must become small towards it.
   *
   * regular: reachable and enterable; exit: only reachable; entrance: only enterable;
   * natural: neither. W. Feller, Ann. Math. 55 (1952); S. Karlin, H. M. Taylor, A Second
   * Course in Stochastic Processes (1981), section 15.6.
   */
  struct LineEnd
  {
    double position           = 0.;
    double inward             = 1.; // n
    bool   is_singular        = false;
    double diffusion_exponent = 0.;   // p
    double conductance        = 0.;   // beta, the exponent of w a
    double drift_exponent     = 0.;   // b ~ d^s, for an infinite beta
    bool   is_analytic        = true; // but for these powers: what remains extrapolates well
    double empty              = 0.;   // [length] nearer to an end with beta = infinity, the weight
                                      // is below e^-300 of its largest, and counts as constant

    bool
    is_attracting() const;
    bool
    has_finite_mass() const;
    bool
    is_reachable() const;
    bool
    is_enterable() const;

    /** beta - p, the exponent of the weight. */
    double
    weight_exponent() const;

    /** "entrance (never reached): a ~ d^1, 2b/a ~ 2/d" */
    std::string
    description() const;
  };

  /**
   * Samples drift and diffusion towards an end; `length` [length] is that of the interval.
   * Exponents are extrapolated to the end from distances 2^-6 ... 2^-13 of it, to about ten
   * digits where what multiplies the powers is analytic.
   */
  LineEnd
  find_line_end(const Model<1> &model,
                const double    position,
                const double    inward,
                const double    length);
} // namespace dynkin

#endif
