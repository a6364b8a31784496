// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_exit_eigenfunction_law_h
#define dynkin_theory_exit_eigenfunction_law_h

#include "theory/exit/principal_mode.h"
#include "theory/exit/spectral_modes.h"

#include <memory>
#include <optional>

namespace dynkin
{
  /** t -> P(tau > t) from one starting point, for t >= 0; see ExitLaw. */
  class SurvivalCurve
  {
  public:
    /** P(tau > t). Throws std::domain_error where two resolutions differ by 1e-12 relative. */
    double
    value(const double t) const;

    /** A number and the difference between two resolutions, for a caller who judges by himself. */
    struct Estimate
    {
      long double value, uncertainty;
    };

    /** P(tau > t), in [0, 1]. */
    Estimate
    estimate(const long double t) const;

    /** int_t^inf n s^(n-1) P(tau > s) ds. */
    Estimate
    tail_moment(const unsigned int n, const long double t) const;

    /** Up to this time P(tau > t) = 1, with an error below 1e-17. */
    long double
    certain_time() const;

  private:
    friend class ExitLaw;

    /** sum_k weights_k e^{-eigenvalues_k t}. */
    struct Expansion
    {
      SpectralModes::Vector eigenvalues, weights;
    };

    Expansion   coarse, fine;
    long double certain;
  };

  /**
   * The law of the time tau at which a ScalarDiffusion leaves (left, right), or
   * |x - w*| a ball (left = 0, reflecting end left):
   *
   *   P_x(tau > t) = sum_k w_k(x) e^{-lambda_k t}.
   *
   * The first term comes from PrincipalMode, the others from SpectralModes at
   * two resolutions, raised until lambda_2 agrees to 1e-12 and lambda_1 with
   * PrincipalMode (or, where that does not settle, to 1e-12 as well); to more of them for
   * shorter times. As long as the distance D = int dx/sqrt(a) to a wall cannot be
   * covered, P = 1: log(1 - P) ~ -D^2/(2t) + (phi(x) - phi(wall))/2.
   *
   * Range: lambda_1 has full relative accuracy however small, P 12 digits
   * or it is refused. Not resolved are times t << 1/lambda_1 at points next to a
   * wall, or high above the well: (phi(x) - min phi)/2 > 15; nor e^phi beyond 1e300
   * over the domain, nor the centre of a ball in more than ten dimensions.
   * const and thread-safe.
   *
   * Throws std::domain_error where stated, and where ExitMoments does.
   */
  class ExitLaw
  {
  public:
    ExitLaw(const ScalarDiffusion &diffusion,
            const double           left,
            const double           right,
            const ReflectingEnd    reflecting_end    = ReflectingEnd::none,
            const unsigned int     least_polynomials = 0);

    /** A ball |x - w*| < radius in R^d. */
    static ExitLaw
    of_ball(const ScalarDiffusion &diffusion, const double radius);

    /** lambda_1 [1/time]. */
    long double
    rate() const;

    /** lambda_k [1/time], k = 1, 2, ..; refuses those on which two resolutions differ by 1e-12. */
    double
    eigenvalue(const unsigned int k) const;

    SurvivalCurve
    starting_at(const double x) const;

    /** P_x(tau > t). */
    double
    survival(const double t, const double x) const;

  private:
    SurvivalCurve::Expansion
    expansion(const SpectralModes &modes, const double x) const;

    /** Before this time the end `wall` is reached from x with a probability below 1e-17. */
    long double
    certain_time(const long double x, const long double wall) const;

    ScalarDiffusion                      diffusion;
    double                               left, right;
    ReflectingEnd                        reflecting_end;
    std::optional<PrincipalMode>         slowest; // if it settles
    std::shared_ptr<const SpectralModes> coarse, fine;
  };
} // namespace dynkin

#endif
