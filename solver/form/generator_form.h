// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_form_generator_form_h
#define dynkin_form_generator_form_h

#include "discretization/discretization.h"
#include "form/cell_operator.h"
#include "form/reference_weight.h"

#include <functional>
#include <optional>
#include <vector>

namespace dynkin
{
  /**
   * The one bilinear form of the program,
   *
   *   B(f, v) = int_Omega w ( 1/2 a grad f . grad v  -  (c . grad f) v ) dx,
   *   w = exp(psi),  c = b - 1/2 div a - 1/2 a grad psi,
   *
   * with natural conditions on all walls: a grad f . n = 0 (backward), J . n = 0
   * (forward). It belongs to the generator through A f = 1/(2w) div(w a grad f) +
   * c . grad f, and to the Fokker-Planck operator through p = w u,
   * J = w (c u - 1/2 a grad u). See "the two operators" in theory/README.md.
   *
   * Where the model kills at a rate k(x) >= 0 [1/time], int w k f v is added, and the
   * generator is A - k. So it is with a number gamma given here: the resolvent gamma - A.
   *
   * One cell operation (CellOperator) serves the matrix-free application in both
   * directions, the diagonal and the assembled matrix. K 1 = 0, or the killing load.
   */
  template <int dim>
  class GeneratorForm
  {
  public:
    GeneratorForm(const Model<dim>          &model,
                  const Discretization<dim> &discretization,
                  const std::string         &weight,
                  const double               killing_rate = 0.);

    void
    initialize(Vector &vector) const;

    /** dst = K src or K^T src, without any wall condition. */
    void
    apply(Vector &dst, const Vector &src, const Direction direction) const;

    /** K or K^T with rows and columns of `constraints` eliminated. */
    void
    assemble(dealii::TrilinosWrappers::SparseMatrix  &matrix,
             const dealii::AffineConstraints<double> &constraints,
             const Direction                          direction) const;

    /**
     * The diagonal of K (that of K^T as well), by sum factorisation. Next to hanging
     * nodes it is approximate: their entries are distributed, not squared.
     */
    void
    diagonal(Vector &diagonal) const;

    /** dst_i = int w g phi_i; g = 1 if no function is given. */
    void
    load(Vector &dst, const Vector *g = nullptr) const;

    /**
     * B(f, v) cell by cell, numbered as the active cells; 0 for cells of other
     * processes. Both vectors need up-to-date ghost values.
     */
    std::vector<double>
    cell_products(const Vector &f, const Vector &v) const;

    /** int w v cell by cell, in the same way. */
    std::vector<double>
    cell_masses(const Vector &v) const;

    bool
    is_symmetric() const;

    /**
     * Is it the symmetric form of a graded interval? Weights of cells there differ so much that
     * functionals are to be taken from energies and other sums of positive terms.
     */
    bool
    sums_positive_terms() const;

    /** With ways out: does the weight of a symmetric form stay within 608 orders of magnitude? */
    bool
    fits_doubles() const;

    /** Is there killing, by the model or by the number given? */
    bool
    kills() const;

    /** dst_i = int w g phi_i, g at the quadrature points: it may jump between cells. */
    void
    source_load(Vector &dst, const std::function<double(const dealii::Point<dim> &)> &g) const;

    /** dst_i = int w k phi_i, what K 1 is. */
    void
    killing_load(Vector &dst) const;

    /**
     * A point of the mesh where the weight is largest among the vertices off the absorbing
     * walls, next to the centre of the model where several are: what is pinned while constants
     * are found apart. Found at the first call, which is for all processes together.
     */
    const dealii::Point<dim> &
    pin() const;

    /**
     * The pin moves to the vertex where the density w u is largest, if that is far larger there:
     * the weight tells a well only where it is the density. Says whether it moved.
     */
    bool
    move_pin(const Vector &u) const;

    const ReferenceWeight<dim> &
    weight() const;

    const Discretization<dim> &
    discretization() const;

    const Model<dim> &
    model() const;

    /** K and K^T as a sum over cells. */
    const CellOperator<dim, double> &
    cell_operator() const;

  private:
    using Integrator   = CellIntegrator<dim, double>;
    using Cells        = typename CellOperator<dim, double>::Cells;
    using Coefficients = typename CellOperator<dim, double>::Coefficients;

    void
    compute_coefficients(const Discretization<dim> &space,
                         const Cells               &cells,
                         Coefficients              &coefficients);

    dealii::Point<dim>
    find_pin() const;

    /** The vertex off the absorbing walls where w exp(log_u) is largest, and that next to the pin. */
    struct Summit
    {
      dealii::Point<dim> place, next_to_pin;
      double             log_density, at_pin;
    };

    using LogValue = std::function<double(const dealii::types::global_dof_index)>;

    /** The first one of several that differ by less than `same`. */
    Summit
    find_summit(const dealii::Point<dim> &pin, const double same, const LogValue &log_u) const;

    using Weights = dealii::AlignedVector<Pack<double>>;

    /** dst_i = int weights g phi_i; the weights at the quadrature points, empty: 0. */
    void
    integrate(Vector &dst, const Weights &weights, const Vector *g) const;

    const Model<dim>               *sde;
    const double                    shift; // gamma
    ReferenceWeight<dim>            reference;
    bool                            is_in_range = true; // set with the coefficients
    const CellOperator<dim, double> sum_over_cells;

    mutable std::optional<dealii::Point<dim>> top; // the pin, once asked for
  };
} // namespace dynkin

#endif
