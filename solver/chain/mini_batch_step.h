// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_chain_mini_batch_step_h
#define dynkin_chain_mini_batch_step_h

#include "chain/log_bessel.h"
#include "chain/transition.h"

namespace dynkin
{
  /**
   * One step of SGD itself: least squares with Gaussian inputs of covariance s 1 in R^d, label noise sigma and
   * mini-batches of B fresh samples, on the line (d = 1) or by the radius. With a = eta s/B, from the place
   * t e_1 in the unit sigma/sqrt(s), kappa^2 = 1 + t^2, X ~ chi^2_B, xi ~ N(0, 1) and Y ~ chi^2_(d-1) independent,
   *
   *   t'^2 = (t - a (t X + sqrt(X) xi))^2 + a^2 kappa^2 X Y:
   *
   * given X a Gaussian step; the spread of the residuals is kappa, and X their sum of squares over kappa^2. With
   * t'_along = t + a Q cos(phi), t'_across = a kappa Q sin(phi) the mixture over X is a Bessel function,
   *
   *   Q^(d-1) sin(phi)^(d-2) e^(-t Q cos(phi)) (Q/kappa)^nu K_nu(kappa Q) dQ dphi,   nu = (B - d)/2,
   *
   * up to constants: singular at Q = 0 only. Expectations are taken on panels of Q graded to 0, and of phi with cuts
   * exactly where t' leaves the domain, or a panel of functions (for d = 1: cos(phi) = 1 or -1).
   */
  class MiniBatchStep : public Transition
  {
  public:
    struct Noise
    {
      double batch;     // B >= 1
      double dimension; // d >= 1, integers
      double a;         // eta s/B, dimensionless
      double unit;      // sigma/sqrt(s) [length]
      double center;    // w*, the minimum of the loss
    };

    /** Panels of Q grow by a factor that grows with `panel`, about 3. */
    MiniBatchStep(const Noise &noise,
                  const double left,
                  const double right,
                  const bool   is_radius,
                  const double panel);

    /** Throws ConvergenceError if the law is not resolved. */
    void
    find_row(const Real x, const Panels &panels, Real *row) const override;
    Exit
    exit(const Real x) const override;
    Real
    spread(const Real x) const override;
    Real
    singular_from_left() const override;
    Real
    singular_from_right() const override;

  private:
    class From;

    const double    B, d, a, unit, center;
    const bool      is_radius;
    const double    nu, growth; // of panels
    const double    neglected;  // share of the smallest steps, squared, and of panels at kinks
    const Real      log_norm;
    const LogBessel bessel;

    double
    to_unit(const Real x) const;
  };
} // namespace dynkin

#endif
