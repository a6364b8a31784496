// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_linear_algebra_krylov_space_h
#define dynkin_linear_algebra_krylov_space_h

#include "form/generator_form.h"

#include <complex>
#include <functional>

namespace dynkin
{
  /**
   * Krylov space of an operator X (an inverse, such as K^{-1} M) and a vector b: the
   * basis V, orthonormal in the inner product of the mass M, and H = V^T M X V, by
   * Arnoldi's method with reorthogonalisation. Then
   *
   *   F(X) b  =  |b| V F(H) e_1  approximately,   X V y  =  theta V y  approximately (H y = theta y).
   *
   * Throws ConvergenceError if a vector is not finite.
   */
  class KrylovSpace
  {
  public:
    using Operator = std::function<void(Vector &, const Vector &)>;
    using Complex  = std::complex<double>;

    /**
     * dst = X src; dst = M src; and what takes rounding back into a subspace that X
     * leaves invariant (orthogonalisation amplifies what is outside).
     */
    KrylovSpace(const Operator                      &apply,
                const Operator                      &mass,
                const std::function<void(Vector &)> &project,
                const bool                           is_symmetric);

    /** Begin with b. */
    void
    start(const Vector &b);

    /** Another basis vector; false if the space is invariant (then it is exact). */
    bool
    extend();

    /** How many columns H has. */
    unsigned int
    size() const;

    /** |b| F(H) e_1, by the eigenvectors of H. */
    std::vector<double>
    coefficients(const std::function<Complex(const Complex theta)> &F) const;

    /** The largest modulus |theta| of an eigenvalue of H; if that is real, y and the residual |X V y - theta V y|/|theta|. */
    double
    largest(std::vector<double> &y, double &residual) const;

    /** V y; of a basis that is larger, the first ones. */
    Vector
    combine(const std::vector<double> &y) const;

    const std::vector<Vector> &
    basis() const;

  private:
    /** Subtracts from v its part in the space and normalises it; returns the coefficients and the norm. */
    std::vector<double>
    orthonormalise(Vector &v) const;

    struct Eigenpairs
    {
      std::vector<Complex>              values, first; // theta, and the coefficients of e_1
      std::vector<std::vector<Complex>> vectors;
    };

    const Eigenpairs &
    eigenpairs() const;

    const Operator                      apply, mass;
    const std::function<void(Vector &)> project;
    const bool                          is_symmetric;
    double                              norm = 0.;
    std::vector<Vector>                 V;
    std::vector<std::vector<double>>    columns; // of H, with the entry below the diagonal
    mutable Eigenpairs                  pairs;   // of H, of the size they were last needed at
  };
} // namespace dynkin

#endif
