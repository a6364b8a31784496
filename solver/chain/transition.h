// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_chain_transition_h
#define dynkin_chain_transition_h

#include "chain/panels.h"

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

    /** row_j, so that the expectation of a function u of the place, inside, is sum_j row_j u(node j). */
    virtual void
    find_row(const Real x, const Panels &panels, Real *row) const = 0;

    /** Probabilities to land beyond a wall, and the expected distances from it then, times these. */
    struct Exit
    {
      Real left = 0., right = 0., distance_left = 0., distance_right = 0.;
    };

    /** With full relative accuracy: never 1 minus something. */
    virtual Exit
    exit(const Real x) const = 0;

    /** The smallest scale of the law of a step, as a function of where it comes from [length]. */
    virtual Real
    spread(const Real x) const = 0;

    /** Functions have singularities at the left end, which do not count below this distance; 0 if they have none. */
    virtual Real
    singular_from_left() const
    {
      return 0.L;
    }

    virtual Real
    singular_from_right() const
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

  /** One whose density has no singularity inside: row_j = weight_j density(x, y_j), Nystroem's method. */
  class SmoothTransition : public Transition
  {
  public:
    /** Of landing at y, inside [1/length]. */
    virtual Real
    density(const Real x, const Real y) const = 0;

    void
    find_row(const Real x, const Panels &panels, Real *row) const override
    {
      for (std::size_t j = 0; j < panels.size(); ++j)
        row[j] = panels.weights[j] * density(x, panels.nodes[j]);
    }

  protected:
    using Transition::Transition;
  };
} // namespace dynkin

#endif
