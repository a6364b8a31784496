// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "linear_algebra/krylov.h"

#include <deal.II/lac/solver_cg.h>
#include <deal.II/lac/solver_gmres.h>

#include <algorithm>
#include <cmath>

#include "linear_algebra/p_multigrid.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr unsigned int restart_length = 60, maximum_iterations = 500;
    // without halving the residual: at that pace no ten times 500 iterations, all that iterative
    // refinement has, lower it by ten digits
    constexpr unsigned int stagnation = 200;

    /** Has the residual not been halved for so many iterations? */
    class Stagnation
    {
    public:
      bool
      add(const unsigned int step, const double residual)
      {
        if (step == 0 || residual < 0.5 * milestone)
          {
            milestone = residual;
            at        = step;
          }
        return step >= at + stagnation;
      }

    private:
      double       milestone = 0.;
      unsigned int at        = 0;
    };

    /** D A D^{-1}: the operator A of the scaled unknowns D^{-1} x in those of the form. */
    template <int dim, typename Operator>
    class Unscaled
    {
    public:
      Unscaled(const ScaledOperator<dim> &scaling, const Operator &inner)
        : scaling(scaling)
        , inner(inner)
      {
      }

      void
      vmult(Vector &dst, const Vector &src) const
      {
        Vector scaled(src);
        scaling.unscale(scaled);
        inner.vmult(dst, scaled);
        scaling.scale(dst);
      }

    private:
      const ScaledOperator<dim> &scaling;
      const Operator            &inner;
    };

    template <int dim>
    class Krylov : public ApproximateInverse
    {
    public:
      Krylov(const ScaledOperator<dim> &scaled_operator,
             const Log                 &log,
             const unsigned int         patience)
        : scaled_operator(scaled_operator)
        , preconditioner(create_p_multigrid(scaled_operator))
        , log(log)
        , patience(patience)
      {
        Vector image;
        scaled_operator.initialize(constant);
        scaled_operator.initialize(image);
        constant = 1.;
        scaled_operator.unscale(constant);
        scaled_operator.vmult(image, constant);
        energy_of_constant = constant * image;
      }

      unsigned int
      solve(Vector &c, const Vector &r, const double tolerance) const override
      {
        SolverControl control(patience > 0 ? patience : maximum_iterations, tolerance);
        Stagnation    stagnates;
        double        first       = 0.;
        bool          is_too_slow = false;
        const auto observe = [&](const unsigned int step, const double residual, const Vector &) {
          if (step == 0)
            first = residual;
          else
            log.progress("iteration " + std::to_string(step) + ", residual reduced to " +
                         format_number(residual / scaled_operator.residual_norm(r), 2));
          is_too_slow = 4 * step >= patience && patience > 0 && residual > tolerance &&
                        step * std::log(first / tolerance) > patience * std::log(first / residual);
          return is_too_slow || stagnates.add(step, residual) ? SolverControl::failure
                                                              : SolverControl::success;
        };
        c = 0.;
        try
          {
            if (scaled_operator.is_symmetric() && !scaled_operator.is_relative())
              {
                SolverCG<Vector> cg(control);
                cg.connect(observe);
                cg.solve(scaled_operator, c, r, *preconditioner);
              }
            else
              {
                SolverGMRES<Vector> gmres(
                  control, SolverGMRES<Vector>::AdditionalData(restart_length + 2, true));
                gmres.connect(observe);
                if (scaled_operator.is_relative())
                  {
                    Vector unscaled(r);
                    scaled_operator.scale(unscaled);
                    gmres.solve(Unscaled(scaled_operator, scaled_operator),
                                c,
                                unscaled,
                                Unscaled(scaled_operator, *preconditioner));
                    scaled_operator.unscale(c);
                  }
                else
                  gmres.solve(scaled_operator, c, r, *preconditioner);
              }
          }
        catch (const SolverControl::NoConvergence &)
          {
            // the caller judges the true residual
          }
        return is_too_slow ? patience : control.last_step();
      }

      double
      estimate(const Vector &r) const override
      {
        // with one unknown pinned, constants are the slow mode, and a V-cycle sees little of it
        const double in_constant = (constant * r) / energy_of_constant;
        Vector       error(r);
        preconditioner->vmult(error, r);
        return std::max(norm(error), std::abs(in_constant) * norm(constant));
      }

      std::string
      name() const override
      {
        return std::string(scaled_operator.is_symmetric() ? "CG" : "GMRES") +
               " with p-multigrid and AMG (ML; " + preconditioner->description() + ")";
      }

    private:
      /** The norm in which an error counts. */
      double
      norm(Vector x) const
      {
        if (scaled_operator.is_relative())
          scaled_operator.scale(x);
        return x.l2_norm();
      }

      const ScaledOperator<dim>       &scaled_operator;
      const std::unique_ptr<Multigrid> preconditioner;
      const Log                       &log;
      const unsigned int               patience;
      Vector                           constant; // 1 in the scaled unknowns
      double                           energy_of_constant = 0.;
    };
  } // namespace

  template <int dim>
  std::unique_ptr<ApproximateInverse>
  create_krylov(const ScaledOperator<dim> &scaled_operator,
                const Log                 &log,
                const unsigned int         patience)
  {
    return std::make_unique<Krylov<dim>>(scaled_operator, log, patience);
  }

  template std::unique_ptr<ApproximateInverse>
  create_krylov<1>(const ScaledOperator<1> &, const Log &, const unsigned int);
  template std::unique_ptr<ApproximateInverse>
  create_krylov<2>(const ScaledOperator<2> &, const Log &, const unsigned int);
  template std::unique_ptr<ApproximateInverse>
  create_krylov<3>(const ScaledOperator<3> &, const Log &, const unsigned int);
} // namespace dynkin
