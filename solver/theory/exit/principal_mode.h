// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_exit_principal_mode_h
#define dynkin_theory_exit_principal_mode_h

#include <stdexcept>

#include "theory/exit/exit_moments.h"

namespace dynkin
{
  /**
   * The slowest mode of a ScalarDiffusion that is absorbed at the ends of
   * (left, right): for t -> infinity, P_x(tau > t) ~ w(x) e^{-lambda_1 t}, with
   * lambda_1 [1/time] the smallest eigenvalue of -A and w its eigenfunction.
   *
   * Power iteration on the moments E tau^k = k! G^k 1, with G the Green operator of
   * ExitMoments: G^k 1 tends to a multiple of w and, with the speed density m,
   *
   *   lambda_1 = lim  int m G^k 1 / int m G^(k+1) 1,   error O((lambda_1/lambda_2)^k),
   *   w = phi_1 int m phi_1 / int m phi_1^2.
   *
   * All terms are positive, so a metastable lambda_1, however small, and w up to
   * the ends have full relative accuracy (two or three steps are enough then).
   *
   * Throws NotSettled if 100 steps are not enough (two wells with nearly
   * equal rates), and what ExitMoments refuses. const and thread-safe.
   */
  class PrincipalMode
  {
  public:
    class NotSettled : public std::domain_error
    {
    public:
      using std::domain_error::domain_error;
    };

    PrincipalMode(const ScalarDiffusion &diffusion,
                  const double           left,
                  const double           right,
                  const ReflectingEnd    reflecting_end);

    /** lambda_1. */
    long double
    rate() const;

    /** w(x). */
    long double
    weight(const long double x) const;

  private:
    ReflectingEnd   reflecting_end;
    ScaleSpeedTable table; // with the source lambda_1 phi_1
    long double     lambda = 1.;
    long double     scale  = 1.; // of w
  };
} // namespace dynkin

#endif
