// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_chain_interval_chain_h
#define dynkin_chain_interval_chain_h

#include "chain/transition.h"

#include <Eigen/Core>

#include <string>
#include <vector>

namespace dynkin
{
  /**
   * A chain on an interval until it leaves: functions of the place at which it is, by Nystroem's method. On
   * Gauss points y_j of panels, which see the spread of a step,
   *
   *   E[u(z') ; z' inside | z] = sum_j weight_j density(z, y_j) u(y_j) = (P u)(z),
   *
   * exact to rounding where densities are entire; else by expectations of the interpolant of u. (1 - P) u = f >= 0 is solved by elimination without
   * subtractions (W. K. Grassmann, M. I. Taksar, D. P. Heyman, Operations Research 33, 1985): 1 - P_ii is the
   * sum of all other ways to leave i, exits among them, which are known to full relative accuracy. So are the
   * solutions, for 1e4900 steps as for 10.
   */
  class IntervalChain
  {
  public:
    using Real   = Transition::Real;
    using Vector = std::vector<Real>;

    /**
     * Panels are cut at `faces`, inside of the interval, and at most `panel` spreads long. Throws
     * InputError about the entry `small_step` if they need more than 3,000 points.
     */
    IntervalChain(const Transition          &transition,
                  const std::vector<double> &faces,
                  const double               panel,
                  const std::string         &small_step);

    std::size_t
    size() const;

    /** Exits of all points. */
    const std::vector<Transition::Exit> &
    exits() const;

    /** P u. */
    Vector
    apply(const Vector &u) const;

    /** (1 - P)^-1 f, f >= 0. */
    Vector
    solve(const Vector &f) const;

    /** (P u)(x) at any place. */
    Real
    apply_at(const Real x, const Vector &u) const;

    /** Slowest mode: exit rate per step 1 - lambda, and P phi = lambda phi, phi <= 1. */
    struct Mode
    {
      Real   rate = 0.;
      Vector phi;
    };

    /**
     * Null if inverse iteration does not settle: where the chain does not come back (far from the optimum of many
     * dimensions), eigenvalues say nothing about it.
     */
    const Mode *
    slowest_mode() const;

    /** S_n(y_j) = P(more than n steps from y_j). */
    Vector
    survival(const unsigned long n) const;

    /** S_n(x). */
    Real
    survival_at(const Real x, const unsigned long n) const;

    /** The least n with P(at most n steps from x) >= p; a real number where it is large. */
    Real
    quantile(const Real x, const Real p) const;

  private:
    using Matrix = std::vector<Real>; // square, row by row

    /** P^(2^j), in double precision for its cost, and how it acts on 1. */
    struct Power
    {
      Eigen::MatrixXd matrix;
      Vector          survival; // S_(2^j)
      bool            is_slowest_alone = false;
    };

    const Power &
    power(const unsigned int j) const;

    /** P^(2^j) u. */
    Vector
    apply_power(const unsigned int j, const Vector &u) const;

    /** Places where the chain is often come first, so that they are eliminated last. */
    void
    find_order();

    void
    eliminate();

    const Transition             &transition;
    Panels                        panels;
    std::vector<Transition::Exit> exit_of;
    Matrix                        steps;           // P_ij
    std::vector<std::size_t>      order;           // of places in what follows
    Matrix                        eliminated;      // factors
    Vector                        leaving, ending; // of them: sums without i, exits
    mutable std::vector<Power>    powers;
    mutable Real                  last_place = 0.; // of apply_at, with its row
    mutable Vector                last_row;
    mutable Mode                  mode;
    mutable bool                  mode_is_known = false;
  };
} // namespace dynkin

#endif
