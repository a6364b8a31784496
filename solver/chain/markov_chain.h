// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_chain_markov_chain_h
#define dynkin_chain_markov_chain_h

#include <Eigen/Core>

#include <variant>
#include <vector>

namespace dynkin
{
  /**
   * A chain on finitely many places until it leaves. (1 - P) u = f >= 0 is solved by elimination without
   * subtractions (W. K. Grassmann, M. I. Taksar, D. P. Heyman, Operations Research 33, 1985), in blocks: 1 - P_ii is the
   * sum of all other ways to leave i, exits among them, which are known to full relative accuracy. So are the
   * solutions, for 1e300 steps (of long doubles 1e4900) as for 10.
   */
  class MarkovChain
  {
  public:
    using Real   = long double;
    using Vector = std::vector<Real>;
    template <typename Number>
    using Matrix = Eigen::Matrix<Number, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

    std::size_t
    size() const
    {
      return n;
    }

    /** Of a row, weights of the places, and a function of them: an expectation after a step. */
    static Real
    product(const Vector &row, const Vector &u);

    /** P u. */
    Vector
    apply(const Vector &u) const;

    /** (1 - P)^-1 f, f >= 0. */
    Vector
    solve(const Vector &f) const;

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

    /** S_n = P(more than n steps) from each place. */
    Vector
    survival(const unsigned long n) const;

    /** The same from anywhere: `row` times a function of the places is its expectation after the first step, inside. */
    Real
    survival_from(const Vector &row, const unsigned long n) const;

    /** The least n with P(at most n steps) >= p; a real number where it is large. */
    Real
    quantile_from(const Vector &row, const Real p) const;

  protected:
    MarkovChain() = default;

    /** P, in double or long double, and the probabilities to leave from each place. Throws ConvergenceError. */
    template <typename Number>
    void
    set(Matrix<Number> &&steps, const Vector &exits);

  private:
    /** (steps)^(2^j), in double precision for its cost, and how it acts on 1. */
    struct Power
    {
      Matrix<double> matrix;   // empty where it is cheaper to take the steps
      Vector         survival; // S_(2^j)
      bool           is_slowest_alone = false;
    };

    template <typename Number>
    struct Elimination
    {
      Matrix<Number> steps, factors;
      std::vector<std::size_t>
                          order;   // of places in what follows: where the chain is often come first
      std::vector<Number> leaving; // sums without i
    };

    /** Of functions that are at most 1, and of ratios: differences below are rounding. */
    struct Precision
    {
      Real settled, one_mode;
    };

    Precision
    precision() const;

    const Power &
    power(const unsigned int j) const;

    /** P^(2^j) u. */
    Vector
    apply_power(const unsigned int j, const Vector &u) const;

    std::size_t                                                 n = 0;
    std::variant<Elimination<double>, Elimination<long double>> elimination;
    mutable std::vector<Power>                                  powers;
    mutable Mode                                                mode;
    mutable bool                                                mode_is_known = false;
  };

  /** Of functions of a place in space, by values at some places. */
  class PlacedChain : public MarkovChain
  {
  public:
    virtual ~PlacedChain() = default;

    /** Wall by wall probabilities to land beyond it, and the expected distances from it then, times these. */
    struct Exit
    {
      Vector probability, distance; // no distance where there is none in closed form
    };

    /** Of all places. */
    const std::vector<Exit> &
    exits() const
    {
      return exit_of;
    }

    /** Of any point: weights of the places in an expectation after a step, if it is inside. */
    virtual Vector
    row(const std::vector<double> &point) const = 0;

    virtual Exit
    exit(const std::vector<double> &point) const = 0;

  protected:
    std::vector<Exit> exit_of;
  };
} // namespace dynkin

#endif
