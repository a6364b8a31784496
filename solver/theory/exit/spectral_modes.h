// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_exit_spectral_modes_h
#define dynkin_theory_exit_spectral_modes_h

#include "theory/exit/jacobi_basis.h"

namespace dynkin
{
  /**
   * Eigenpairs A f_k = -lambda_k f_k of a ScalarDiffusion on (left, right), by a
   * spectral Galerkin method with n polynomials; 0 at absorbing ends.
   *
   * f = e^{phi/2} g turns int f'^2 / S' = lambda int m f^2 into one with smooth
   * weights of size 1, for any size of e^phi,
   *
   *   int (g' + 1/2 phi' g)^2 x^(d-1) dx = lambda int 2/a g^2 x^(d-1) dx,
   *
   * with g a polynomial of s = (x - left)/(right - left), or of s = (x/R)^2 on a
   * ball. Solved as M u = mu (K + c M) u, lambda = 1/mu - c, which keeps the lowest
   * eigenvalues accurate (long double: to about 1e-18 c). n is for the caller
   * to choose; the accuracy is seen by comparison of two n.
   *
   * Expansions of f at x lose log10 e^{(phi(x) - min phi)/2} of 18 digits.
   */
  class SpectralModes
  {
  public:
    using Vector = JacobiBasis::Vector;

    SpectralModes(const ScalarDiffusion &diffusion,
                  const double           left,
                  const double           right,
                  const ReflectingEnd    reflecting_end,
                  const unsigned int     n);

    /** lambda_1 <= lambda_2 <= .. [1/time]; the last ones are not accurate. */
    const Vector &
    eigenvalues() const;

    /** The eigenfunctions w_k of P_x(tau > t) = sum_k w_k(x) e^{-lambda_k t}, at x. */
    Vector
    weights(const double x) const;

  private:
    /** s(x). */
    long double
    reference_coordinate(const long double x) const;

    ScalarDiffusion     diffusion;
    long double         left, right;
    JacobiBasis         basis;
    Vector              lambda;
    JacobiBasis::Matrix modes; // column k: coefficients of w_k e^{-phi/2}
  };
} // namespace dynkin

#endif
