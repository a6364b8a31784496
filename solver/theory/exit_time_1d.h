// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_exit_time_1d_h
#define dynkin_theory_exit_time_1d_h

#include "model/model_parameters.h"
#include "theory/interval_integrals.h"

#include <vector>

namespace dynkin
{
  /** Which end of an interval reflects the process; the others absorb it. */
  enum class ReflectingEnd
  {
    none, // T(a) = T(b) = 0
    left, // T'(a) = T(b) = 0: what paper (5.2) and (5.6) are, in spite of (5.4)
    right // T(a) = T'(b) = 0
  };

  /**
   * Mean exit time T(x) [time] of the 1-D Ito diffusion dX = b dt + sqrt(a) dB
   * from the interval (left, right): 1/2 a T'' + b T' = -1, in closed form
   * with the scale density S' = e^phi, phi = -int 2b/a, and the speed density
   * m = 2 e^-phi/a:
   *
   *   T(x) = [ (S(r) - S(x)) int_l^x (S(y) - S(l)) m dy
   *          + (S(x) - S(l)) int_x^r (S(r) - S(y)) m dy ] / (S(r) - S(l)),
   *   reflecting at l:  T(x) = (S(r) - S(x)) int_l^x m dy + int_x^r (S(r) - S(y)) m dy,
   *   reflecting at r:  T(x) = (S(x) - S(l)) int_x^r m dy + int_l^x (S(y) - S(l)) m dy.
   *
   * Every term is positive, so T has full relative accuracy (of phi, at worst)
   * up to the absorbing ends, and up to T of about 1e4900. The integrals are
   * tabulated once on adaptive panels; an evaluation costs two small quadratures
   * (some microseconds), is const and thread-safe.
   *
   * Throws std::domain_error for an empty interval, coefficients that cannot be
   * resolved (singular, or a <= 0), T out of range, and x outside [left, right]
   * by more than rounding.
   */
  class ExitTime1D
  {
  public:
    using Function = IntervalIntegrals::Function;

    /** General diffusion: phi(x) up to a constant, and a(x) > 0, analytic on [left, right]. */
    ExitTime1D(const Function     &phi,
               const Function     &a,
               const double        left,
               const double        right,
               const ReflectingEnd reflecting_end = ReflectingEnd::none);

    /** Model `decoupled`: phi = h/(eta rho) log(1 + rho z^2/sigma), a = eta (sigma + rho z^2). */
    ExitTime1D(const ModelParameters &model,
               const double           left,
               const double           right,
               const ReflectingEnd    reflecting_end = ReflectingEnd::none);

    /** log T(x), finite where T is beyond the range of a double; -infinity at absorbing ends. */
    double
    log_value(const double x) const;

    /** T(x) [time]; infinity if it is beyond the range of a double. */
    double
    value(const double x) const;

    /** dT/dx [time/length]. */
    double
    derivative(const double x) const;

  private:
    /** The integrals over (left, x) and (x, right). */
    struct Sides
    {
      IntervalIntegrals left, right;
    };

    Sides
    split_at(const double point) const;

    /** Append panels that resolve [l, r], whose integrals by one rule are `whole`. */
    void
    add_panels(const long double               l,
               const long double               r,
               const IntervalIntegrals        &whole,
               const unsigned int              depth,
               std::vector<IntervalIntegrals> &panels);

    /** T at x from the integrals on its two sides. */
    long double
    exact_value(const double x) const;

    Function                       phi, a;
    ReflectingEnd                  reflecting_end;
    std::vector<long double>       nodes;    // ends of the panels
    std::vector<IntervalIntegrals> prefixes; // from the left end to nodes[k]
    std::vector<IntervalIntegrals> suffixes; // from nodes[k] to the right end
  };
} // namespace dynkin

#endif
