// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_problem_transient_density_h
#define dynkin_problem_transient_density_h

#include "linear_algebra/krylov_space.h"
#include "linear_algebra/linear_solver.h"

#include <map>

namespace dynkin
{
  /**
   * The density p = w u of the process at times t between reflecting walls or on the
   * whole space, on its way to the stationary one:
   *
   *   dp/dt = A* p = -div J,  p(0) = p_0;    M du/dt = -K^T u,
   *   u(t) = u_oo + e^{-t M^{-1} K^T} (u_0 - u_oo).
   *
   * The exponential is found in Krylov spaces of the resolvent X = (K^T + gamma M)^{-1} M,
   *
   *   e^{-t M^{-1} K^T} g = F(X) g,   F(theta) = e^{-t (1/theta - gamma)},
   *
   * rational functions that vanish where theta = 0: of high order and L-stable. A
   * space serves times t to 16 t, gamma = 10/t, and grows until neither the
   * norm int w u^2 nor u at the given points change. J. van den Eshof, M. Hochbruck, SIAM J. Sci.
   * Comput. 27 (2006). The mass is exact: constants are in the test space, so K^T keeps it.
   */
  template <int dim>
  class TransientDensity
  {
  public:
    /** `equilibrium` and `start` have mass 1; `points` are functionals u -> u(x_k). */
    TransientDensity(const GeneratorForm<dim>  &form,
                     const Vector              &equilibrium,
                     const Vector              &start,
                     const std::vector<Vector> &points,
                     const SolverParameters    &parameters,
                     const Log                 &log);

    /** u(t) for increasing times t > 0, with ghost values. */
    std::vector<Vector>
    at(const std::vector<double> &times);

    /** The largest relative change in the last steps of the Krylov spaces. */
    double
    accuracy() const;

    const SolverReport &
    report() const;

  private:
    /** The fields at times that share a space. */
    void
    advance(const std::vector<double> &times, std::vector<Vector> &fields);

    const GeneratorForm<dim> &form;
    const Vector              equilibrium;
    Vector                    load, difference; // int w phi_i; u_0 - u_oo
    const std::vector<Vector> points;
    const SolverParameters   &parameters;
    const Log                &log;
    double                    norm           = 0.; // of u_oo
    double                    largest_change = 0.;
    SolverReport              solver_report;
  };
} // namespace dynkin

#endif
