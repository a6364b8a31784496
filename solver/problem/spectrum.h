// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_problem_spectrum_h
#define dynkin_problem_spectrum_h

#include "problem/slowest_mode.h"

#include <complex>

namespace dynkin
{
  /**
   * The slowest modes A phi_k = -lambda_k phi_k, phi_k = 0 on absorbing walls: the
   * first is SlowestMode (lambda_1 to full relative accuracy, or 0 with reflecting walls
   * only); the others are the largest eigenvalues 1/lambda_k of its inverse without
   * that mode, by the block Krylov-Schur method of Trilinos' Anasazi. Blocks find
   * multiple eigenvalues. Where the form is not symmetric, lambda_k can be complex.
   *
   * C. G. Baker et al., ACM Trans. Math. Softw. 36 (2009), 13.
   */
  template <int dim>
  class Spectrum
  {
  public:
    explicit Spectrum(SlowestMode<dim> &slowest);

    /** Throws ConvergenceError if not all were found. */
    void
    solve(const unsigned int n_eigenvalues);

    /** By modulus; one of 0 is exact. */
    const std::vector<std::complex<long double>> &
    eigenvalues() const;

    /** phi_k (the real part of a complex one), 1 at its largest node; k = 0, 1, ... */
    const Vector &
    eigenfunction(const unsigned int k) const;

  private:
    SlowestMode<dim>                      &slowest;
    std::vector<std::complex<long double>> lambda;
    std::vector<Vector>                    modes;
  };
} // namespace dynkin

#endif
