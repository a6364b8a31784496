// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_chain_gaussian_step_h
#define dynkin_chain_gaussian_step_h

#include "chain/transition.h"
#include "model/model.h"

namespace dynkin
{
  /**
   * Euler's chain of a diffusion on the line, z' = z + eps b(z) + sqrt(eps a(z)) xi with xi ~ N(0, 1). A step
   * beyond an absorbing wall ends it; a reflecting wall is a mirror.
   */
  class GaussianStep : public SmoothTransition
  {
  public:
    GaussianStep(const Model<1> &model,
                 const double    eps,
                 const double    left,
                 const double    right,
                 const bool      left_reflects,
                 const bool      right_reflects);

    Real
    density(const Real x, const Real y) const override;
    Exit
    exit(const Real x) const override;
    Real
    spread(const Real x) const override;

  private:
    Real
    mean(const Real x) const;

    const Model<1> &model;
    const Real      eps;
    const bool      left_reflects, right_reflects;
  };

  /**
   * The radius r = |z| of Euler's chain in R^d, d > 1 real, whose noise has the variance s_along^2 along z and
   * s_across^2 in all directions across it (Model/group sizes with one group): A ~ N(m, s_along^2) and
   * B = s_across chi_(d-1) are independent and r'^2 = A^2 + B^2, so that with A = y tanh t, B = y/cosh t
   *
   *   density(y) = int y f_A(y tanh t) f_B(y/cosh t)/cosh t dt,
   *
   * analytic and decaying like e^(-(d-1)|t|): by Gauss panels that widen from the top on.
   */
  class RadialStep : public SmoothTransition
  {
  public:
    /** `growth` m of the diffusion alpha 1 + m z z^T [1/time]. */
    RadialStep(const Model<1> &model,
               const double    dimension,
               const double    growth,
               const double    eps,
               const double    radius);

    Real
    density(const Real x, const Real y) const override;
    Exit
    exit(const Real x) const override;
    Real
    spread(const Real x) const override;
    Real
    singular_from_left() const override;

  private:
    /** Mean along z, and the deviations. */
    struct Step
    {
      Real mean, along, across;
    };

    Step
    step(const Real x) const;

    Real
    density(const Step &from, const Real y) const;

    const Model<1> &model;
    const Real      k, growth, eps; // k = d - 1
    const Real      log_norm;       // of chi_k
  };
} // namespace dynkin

#endif
