// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_chain_transition_h
#define dynkin_chain_transition_h

#include "model/model.h"

#include <memory>

namespace dynkin
{
  /**
   * One step of a Markov chain on the line, or of a radius, from a place inside [left, right]. All numbers are
   * long double: exits may be as rare as 1e-4900 a step.
   */
  class Transition
  {
  public:
    using Real = long double;

    virtual ~Transition() = default;

    const Real left, right; // walls; the centre is the left end of a radius

    /** Of landing at y, inside [1/length]. */
    virtual Real
    density(const Real x, const Real y) const = 0;

    /** Probabilities to land beyond a wall, and the expected distances from it then, times these. */
    struct Exit
    {
      Real left = 0., right = 0., distance_left = 0., distance_right = 0.;
    };

    /** With full relative accuracy: never 1 minus something. */
    virtual Exit
    exit(const Real x) const = 0;

    /** The smallest scale of density(x, y) in y [length]. */
    virtual Real
    spread(const Real x) const = 0;

    /** Below this distance from the left end density(x, y) has no mass; 0 if it is smooth there. */
    virtual Real
    singular_from() const
    {
      return 0.L;
    }

  protected:
    Transition(const Real left, const Real right)
      : left(left)
      , right(right)
    {
    }
  };

  /**
   * Euler's chain of a diffusion on the line, z' = z + eps b(z) + sqrt(eps a(z)) xi with xi ~ N(0, 1). A step
   * beyond an absorbing wall ends it; a reflecting wall is a mirror.
   */
  class GaussianStep : public Transition
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
  class RadialStep : public Transition
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
    singular_from() const override;

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
