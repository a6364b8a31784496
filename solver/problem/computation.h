// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_problem_computation_h
#define dynkin_problem_computation_h

#include "measure/sampler.h"
#include "parameters/parameters.h"
#include "problem/point_values.h"
#include "problem/stationary_density.h"
#include "utilities/result.h"

#include <algorithm>
#include <string>
#include <vector>

namespace dynkin
{
  /**
   * One problem solved on one mesh with one degree: owns the discretization and
   * the form, and knows how to solve, report and write its result.
   */
  template <int dim>
  class Computation
  {
  public:
    Computation(const Parameters  &parameters,
                const Model<dim>  &model,
                const Mesh<dim>   &mesh,
                const unsigned int degree,
                const Log         &log);
    virtual ~Computation() = default;

    virtual void
    solve() = 0;

    /**
     * Values at the reported points with error estimates, by another solve in a
     * different space on the same cells.
     */
    virtual PointValues
    evaluate() = 0;

    /** As PointValues::enlarge, for the estimates of numbers that `results` adds to the values. */
    virtual void
    enlarge_estimates(const double, const double)
    {
    }

    /**
     * The relative error that the richer solution shares, and differences do not show. Next to a
     * corner where the solution is like r^alpha, errors fall with the degree p like p^(-4 alpha)
     * only, so that it shares most of them (I. Babuska, M. Suri, SIAM Review 36, 1994).
     */
    double
    hidden_error() const;

    /** Why the result is not to be trusted although every system was solved; else empty. */
    virtual std::string
    objection() const
    {
      return "";
    }

    /** The field that is compared with a reference. */
    virtual Field<dim>
    field() const = 0;

    virtual const SolverReport &
    report() const = 0;

    /** What of the largest estimate is rounding, so that no finer mesh lowers it. */
    virtual double
    rounding() const
    {
      return report().error;
    }

    /**
     * Contributions of the cells to the relative error, once evaluated; after a
     * ConvergenceError any positive number marks a cell that resolves too little.
     * Empty if not known.
     */
    const dealii::Vector<float> &
    indicators() const;

    /** Solves what is only told, for the last mesh of a run. */
    virtual void
    complete()
    {
    }

    /** What is told of the solution. */
    virtual Result
    results(const PointValues &values, const Sampler<dim> &sampler) const = 0;

    /** What is to be drawn, the main file "solution" first. It refers to this object. */
    virtual std::vector<FieldFile<dim>>
    fields() const = 0;

    const Discretization<dim> &
    discretization() const;

  protected:
    /** Of the space for error estimates: covers quadrature and curved walls, too. */
    unsigned int
    richer_degree() const;

    /** Of a third space, that the richer solution is compared with. */
    unsigned int
    third_degree() const;

    /** Is the richer solution compared with the third one? In 1-D, where that costs next to nothing. */
    static constexpr bool
    compares_richer()
    {
      return dim == 1;
    }

    /**
     * Would these values be the last ones of an adaptive run, or are they coarse ones of a mesh
     * that is not refined? Then the richer solution is compared with a third one, too: two
     * solutions may share an error, be it by their parity or where they cross.
     */
    bool
    confirms(const PointValues &values) const;

    /**
     * Of two solutions at a point, by values_about(): on a coarse mesh that is not refined they may
     * cross there.
     */
    double
    difference(const std::vector<double> &p, const std::vector<double> &q) const;

    /** Solve the same problem in the richer space; its indicators stand in if it fails. */
    void
    solve_richer(Computation<dim> &richer);

    const Parameters         &parameters;
    const Log                &log;
    const Discretization<dim> space;
    const GeneratorForm<dim>  form;
    dealii::Vector<float>     cell_indicators;
  };

  /** What is solved, in the log. */
  template <int dim>
  void
  announce(const Parameters &parameters, const Model<dim> &model, const Log &log);
} // namespace dynkin

#endif
