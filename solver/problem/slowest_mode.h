// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_problem_slowest_mode_h
#define dynkin_problem_slowest_mode_h

#include "problem/exit_time.h"

#include <functional>

namespace dynkin
{
  /**
   * The slowest mode of the process with absorbing and reflecting walls, and the
   * inverse of the generator on all other modes:
   *
   *   A phi = -lambda phi,  phi = 0 on absorbing walls     (K phi = lambda M phi, M_ij = int w phi_i phi_j),
   *   A* (w psi) = -lambda w psi,  psi = 0 there           (K^T psi = lambda M psi).
   *
   * lambda is the rate at which the process leaves in the long run, w psi the
   * quasi-stationary density. Without absorbing walls lambda = 0, phi = 1, and w psi
   * is the stationary density.
   *
   * K is inverted by ExitSplitting, x = T (1 - u) + z, so lambda and phi have full
   * relative accuracy even where lambda = 1e-100. On g with psi^T M g = 0 the inverse
   * is of the size of the relaxation times: T is not needed, because the result has
   * the same property,
   *
   *   K^{-1} M g = z - (1 - u) (psi^T M z)/(psi^T M (1 - u)).
   *
   * Throws ConvergenceError if the mode is not found (two wells of nearly equal rates).
   */
  template <int dim>
  class SlowestMode
  {
  public:
    /** With absorbing walls; the exit time is solved already, and must outlive the object. */
    SlowestMode(const ExitTime<dim> &exit_time, const SolverParameters &parameters, const Log &log);

    /** With reflecting walls only. */
    SlowestMode(const GeneratorForm<dim> &form, const SolverParameters &parameters, const Log &log);

    /** 1/lambda; infinity with reflecting walls only. */
    long double
    time() const;

    const Vector &
    phi() const;

    /** 1 - phi: to full relative accuracy where it is small, if the exit time was found by splitting. */
    const Vector &
    deficit() const;

    const Vector &
    psi() const;

    /** (phi^T M phi)^{1/2}. */
    double
    norm() const;

    /** w psi, of mass 1. */
    Field<dim>
    density() const;

    /** psi^T M g of the load M g, relative to psi^T M phi. */
    double
    part(const Vector &load) const;

    /** x = K^{-1} M g of the load M g, without the slowest mode. */
    void
    apply_inverse(Vector &x, const Vector &load);

    /** Subtracts the slowest mode from v. */
    void
    remove(Vector &v) const;

    const GeneratorForm<dim> &
    bilinear_form() const;

    /** What was solved here (not for the exit time). */
    SolverReport
    report() const;

  private:
    /** K^{-1} or K^{-T} in parts: K^{-1} load = T mode, mode = null - deficit. */
    struct Inverse
    {
      ExitSplitting<dim> *splitting = nullptr;
      LinearSolver<dim>  *plain     = nullptr;
      const Vector       *null      = nullptr; // K null = 0; none: 1

      long double
      solve(const GeneratorForm<dim> &form,
            Vector                   &mode,
            Vector                   &deficit,
            const Vector             &load) const;
    };

    /** The eigenvector of K^{-1} M or K^{-T} M of largest eigenvalue, by a Krylov space. */
    Vector
    find_mode(const Inverse &inverse) const;

    /** Sets what follows from phi and psi. */
    void
    complete();

    const GeneratorForm<dim> &form;
    const SolverParameters   &parameters;
    const Log                &log;

    std::unique_ptr<LinearSolver<dim>>  solver, transposed_solver;
    std::unique_ptr<ExitSplitting<dim>> transposed;
    ExitSplitting<dim>                 *splitting = nullptr;

    long double  longest_time;
    Vector       right, right_deficit, left;
    Vector       bottom;                            // 1 - u
    Vector       left_load;                         // M psi
    double       product = 1., bottom_product = 1.; // psi^T M phi, psi^T M (1 - u)
    double       mass     = 1.;                     // int w psi
    double       phi_norm = 1.;
    SolverReport solver_report, before; // of the splitting, when it was taken over
  };
} // namespace dynkin

#endif
