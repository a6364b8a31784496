// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_linear_algebra_linear_solver_h
#define dynkin_linear_algebra_linear_solver_h

#include "linear_algebra/line_solver.h"
#include "linear_algebra/scaled_operator.h"
#include "linear_algebra/solver_parameters.h"
#include "utilities/log.h"

#include <memory>
#include <optional>
#include <string>

namespace dynkin
{
  /** What was solved with one operator, in all. Residuals are |D P (b - K x)| / |D P (b - K x_fixed)|. */
  struct SolverReport
  {
    std::string  method;
    unsigned int systems    = 0;
    unsigned int iterations = 0;  // 0 for a direct solver
    unsigned int sweeps     = 0;  // of iterative refinement
    double       residual   = 0.; // the worst, recomputed matrix-free
    double       error      = 0.; // of x, relative, estimated by the approximate inverse; the worst

    double seconds_assembly = 0.; // matrix, factorisation or preconditioner
    double seconds_solve    = 0.;

    void
    add(const SolverReport &other);
  };

  /** Approximate inverse of a ScaledOperator, used inside iterative refinement. */
  class ApproximateInverse
  {
  public:
    virtual ~ApproximateInverse() = default;

    /** Solve for the correction c of the residual r to an absolute tolerance; returns iterations. */
    virtual unsigned int
    solve(Vector &c, const Vector &r, const double tolerance) const = 0;

    /** Estimated norm of the error that the residual r stands for; 0: that of r itself. */
    virtual double
    estimate(const Vector &r) const = 0;

    virtual std::string
    name() const = 0;
  };

  /**
   * Solves systems of the form's operator with fixed unknowns: a direct or a
   * Krylov method inside iterative refinement, the residual always taken with
   * the matrix-free operator, which shares nothing with the assembled matrix.
   * On intervals with a weight of their own a LineSolver, which needs no refinement.
   */
  template <int dim>
  class LinearSolver
  {
  public:
    /** `what` names the system in messages, e.g. "mean exit time". */
    LinearSolver(const GeneratorForm<dim> &form,
                 const Direction           direction,
                 const FixedUnknowns<dim> &fixed,
                 const SolverParameters   &parameters,
                 const Log                &log,
                 const std::string        &what);

    /**
     * Solve K x = b (K^T x = b forward) for the unknowns that are not fixed; the
     * entries of x at fixed unknowns are data, its others are ignored. Iterates until
     * the residual and the estimated error of x are below the tolerance. Throws
     * ConvergenceError if the residual stagnates above the tolerance (and above
     * rounding), or is not a number.
     */
    void
    solve(Vector &x, const Vector &b);

    /** LineSolver::conductance() where there is a line solver; otherwise nothing. */
    std::optional<long double>
    conductance() const;

    const SolverReport &
    report() const;

  private:
    /** Adds to the report; throws ConvergenceError if the residual is above what is accepted. */
    void
    finish(const double residual, const double accepted, const unsigned int iterations);

    const GeneratorForm<dim>            *form;
    const std::string                    what;
    const double                         tolerance;
    std::unique_ptr<ScaledOperator<dim>> scaled_operator;
    std::unique_ptr<ApproximateInverse>  inverse; // refers to the operator
    std::unique_ptr<LineSolver>          line;    // in place of both
    SolverReport                         total;
  };
} // namespace dynkin

#endif
