// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_linear_algebra_scaled_operator_h
#define dynkin_linear_algebra_scaled_operator_h

#include "form/generator_form.h"

namespace dynkin
{
  /**
   * The matrix of the form with some unknowns fixed, scaled symmetrically to unit
   * diagonal:
   *
   *   D (P K P) D + (1 - P),   D = diag|K|^{-1/2},   P = 0 on fixed unknowns, else 1,
   *
   * K^T in place of K in the forward direction. The scaling takes the range of
   * the weight (1e-300 .. 1 for small noise) out of the condition number.
   */
  template <int dim>
  class ScaledOperator
  {
  public:
    ScaledOperator(const GeneratorForm<dim> &form,
                   const Direction           direction,
                   const FixedUnknowns<dim> &fixed);

    void
    vmult(Vector &dst, const Vector &src) const;

    /** r = D P (b - K x): the scaled residual; entries of x at fixed unknowns count as data. */
    void
    residual(Vector &r, const Vector &x, const Vector &b) const;

    /** v = D P v: from the scaled unknowns to those of the form, or from its residuals to scaled ones. */
    void
    scale(Vector &v) const;

    /** v = D^{-1} P v. */
    void
    unscale(Vector &v) const;

    /** The assembled matrix. */
    void
    assemble(dealii::TrilinosWrappers::SparseMatrix &matrix) const;

    /** D, 1 where the form has no diagonal entry. */
    const Vector &
    scaling() const;

    /** Set the entries of x that are not fixed to zero. */
    void
    clear_free(Vector &x) const;

    /** |D^{-1} x|/unit, the size of x in the scaled unknowns, or |x|/unit if `is_relative()`. */
    double
    scaled_norm(const Vector &x, const double unit) const;

    /** |r| of a scaled residual, or |D r| if `is_relative()`. */
    double
    residual_norm(const Vector &r) const;

    /**
     * Must x be right relative to itself everywhere? A stationary density u = p/w
     * must: it is needed at the walls too, where w is tiny. In the unknowns D^{-1} x
     * an error of the size of x at the walls would go unnoticed.
     */
    bool
    is_relative() const;

    void
    initialize(Vector &vector) const;

    const GeneratorForm<dim> &
    form() const;

    Direction
    direction() const;

    const FixedUnknowns<dim> &
    fixed() const;

    bool
    is_symmetric() const;

  private:
    void
    zero_fixed(Vector &vector) const;

    const GeneratorForm<dim> *bilinear_form;
    Direction                 form_direction;
    FixedUnknowns<dim>        fixed_unknowns;
    dealii::IndexSet          fixed_dofs;          // among the locally relevant unknowns
    std::vector<unsigned int> fixed_locally_owned; // local indices
    Vector                    d;
    mutable Vector            work;
  };

  /**
   * D of an operator: its diagonal to the power -1/2, 1 at hanging nodes. Throws
   * ConvergenceError where the diagonal is 0 or not a number.
   */
  template <int dim>
  Vector
  scaling_of(const CellOperator<dim, double> &cells);

  /** The assembled matrix D (P K P) D + (1 - P) of an operator. */
  template <int dim>
  void
  assemble_scaled(dealii::TrilinosWrappers::SparseMatrix &matrix,
                  const CellOperator<dim, double>        &cells,
                  const Direction                         direction,
                  const FixedUnknowns<dim>               &fixed,
                  const Vector                           &scaling);
} // namespace dynkin

#endif
