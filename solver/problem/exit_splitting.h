// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_problem_exit_splitting_h
#define dynkin_problem_exit_splitting_h

#include "linear_algebra/linear_solver.h"

namespace dynkin
{
  /**
   * The inverse of K_II (I: unknowns off the absorbing walls G) to full relative
   * accuracy, however close to singular K_II is. Let r and l be positive null
   * vectors of the whole matrix, K r = 0, l^T K = 0 (the constant 1 and the
   * reflecting stationary density p/w for the generator, the other way round for
   * its transpose), and K_p the matrix with one unknown at the bottom of the well
   * pinned beside the walls. With
   *
   *   u = r on G, 0 at the pin, (K u)_i = 0 elsewhere,   C = l_G . (K u)_G,
   *   K_p z = g,                                         T = (l_I . g_I + l_G . (K z)_G) / C,
   *
   * the solution of K_II x = g is x = T (r - u) + z. C is the capacity of the
   * walls; everything is formed from entries next to them, where it lives. T is
   * kept as a long double: it may be beyond 1e308.
   *
   * On intervals with a weight of their own (LineSolver), solutions are right relative to
   * themselves everywhere. There h = r - u is solved for as well, being small behind a barrier
   * between the pin and a wall, C = -(K u)_pin, T = h . g / C, and x = T h + z.
   */
  template <int dim>
  class ExitSplitting
  {
  public:
    /** Null vectors; an empty one is the constant 1. They must outlive the object. */
    struct NullVectors
    {
      const Vector *right = nullptr, *left = nullptr;
    };

    /** Throws ConvergenceError if C is not positive. */
    ExitSplitting(const GeneratorForm<dim> &form,
                  const Direction           direction,
                  const NullVectors        &null_vectors,
                  const SolverParameters   &parameters,
                  const Log                &log,
                  const std::string        &what);

    /** z and T for a load; the entries of the load on the walls are ignored. */
    long double
    solve(Vector &z, const Vector &load);

    /**
     * What rounding of l adds to T, for z with the values on the walls, if any: sum_i |(K^T l)_i z_i|/C
     * off the pin, where K^T l would be 0. No T that is large by itself is needed for it to matter: a
     * reward on the walls, of size 1, loses what a small C divides by.
     */
    double
    rounding_of_T(const Vector &z) const;

    /** 0 at the pin, and how likely the walls are reached before it if r = 1. */
    const Vector &
    u() const;

    /** r - u: h, how likely the pin is reached first. */
    const Vector &
    h() const;

    long double
    capacity() const;

    /**
     * Share of the walls where l < 0 in the capacity (sums of absolute values): above
     * 0 where the mesh does not resolve l near them.
     */
    double
    negative_share() const;

    const SolverReport &
    report() const;

  private:
    /**
     * Throws ConvergenceError if the way to the pin is not resolved: where it takes so long, from
     * another well, that what rounding in K does there, which is to kill at the rate
     * eps K_ii/m_i, ends it before. Not asked of models that have one well.
     */
    void
    require_way_to_pin();

    /** Was this load's system solved for the way to the pin? */
    bool
    is_solved(const Vector &load) const;

    /** C and h there. */
    void
    find_on_line();

    /** l_i (K v)_i for i in G, else 0. */
    Vector
    wall_fluxes(const Vector &v) const;

    const GeneratorForm<dim> &form;
    const Direction           direction;
    const Vector             *left;
    const dealii::IndexSet    walls; // locally relevant
    LinearSolver<dim>         solver;
    Vector                    first_load, first_solution; // of the way to the pin
    Vector                    wall_to_pin;                // u
    Vector                    pin_first;                  // h
    long double               wall_capacity     = 0.;
    double                    share_of_negative = 0.;
  };
} // namespace dynkin

#endif
