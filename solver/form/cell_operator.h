// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_form_cell_operator_h
#define dynkin_form_cell_operator_h

#include <deal.II/lac/full_matrix.h>
#include <deal.II/lac/trilinos_sparse_matrix.h>

#include "discretization/discretization.h"
#include "form/cell_integrator.h"

#include <algorithm>
#include <functional>

namespace dynkin
{
  using Vector = dealii::LinearAlgebra::distributed::Vector<double>;

  /** Which of the two arguments of B is the unknown. */
  enum class Direction
  {
    backward, // (K f)_i   = B(f, phi_i): generator, exit problems
    forward   // (K^T u)_i = B(phi_i, u): Fokker-Planck, densities
  };

  /**
   * The sum over the cells of the one cell operation of the program, in double
   * precision for the form, in single precision inside preconditioners. In the
   * coordinates of the unit cell, where grad f = J^-T grad_unit f, it is
   *
   *   int_unit ( grad_unit f . D grad_unit v - (C . grad_unit f) v + (k m) f v ),
   *   D = w |J| J^-1 a J^-T / 2,   C = w |J| J^-1 c,   m = w |J|,
   *
   * with a killing rate k, so nothing of the mapping is kept besides D, C, m and k m:
   * deal.II is told that all cells are unit cells.
   */
  template <int dim, typename Number>
  class CellOperator : public dealii::Subscriptor
  {
  public:
    using VectorType = dealii::LinearAlgebra::distributed::Vector<Number>;
    using Values     = Pack<Number>;
    using Integrator = CellIntegrator<dim, Number>;
    using Cells      = dealii::MatrixFree<dim, Number>;

    /** D, C, m and k m at quadrature point q of pack p of cells: entry p * n_points + q. */
    struct Coefficients
    {
      dealii::AlignedVector<dealii::SymmetricTensor<2, dim, Values>> diffusion;
      dealii::AlignedVector<dealii::Tensor<1, dim, Values>>          drift; // empty if C = 0
      dealii::AlignedVector<Values>                                  mass;
      dealii::AlignedVector<Values>                                  killing; // empty if k = 0
    };

    /** Called for ranges [first, last) of locally owned entries when they are final, and still in the cache. */
    using OnRange = std::function<void(const unsigned int, const unsigned int)>;

    /** Computes the coefficients for the cells in their order. */
    using Compute = std::function<void(const Cells &, Coefficients &)>;

    CellOperator(const Discretization<dim> &discretization, const Compute &compute);

    /**
     * That of a form on another space on the same cells, in another precision and
     * multiplied by a number. A space of lower degree gets exactly P^T K P, P the
     * embedding, be it at fewer quadrature points. Its cells can be taught to know a coarser
     * space, too.
     */
    CellOperator(const CellOperator<dim, double> &other,
                 const Discretization<dim>       &discretization,
                 const double                     factor,
                 const Discretization<dim>       *coarser = nullptr);

    void
    initialize(VectorType &vector) const;

    /** dst = K src or K^T src. */
    void
    apply(VectorType       &dst,
          const VectorType &src,
          const Direction   direction,
          const OnRange    &after = {}) const;

    /** dst = sum_c R_c^T operation(R_c src): operation(cell) replaces the values at the nodes of the cell. */
    template <typename Operation>
    void
    sum(VectorType       &dst,
        const VectorType &src,
        const Operation  &operation,
        const OnRange    &after = {}) const;

    /** K or K^T with rows and columns of `constraints` eliminated. */
    void
    assemble(dealii::TrilinosWrappers::SparseMatrix  &matrix,
             const dealii::AffineConstraints<double> &constraints,
             const Direction                          direction) const;

    /** A cell, its matrix, and the numbers of its unknowns: lexicographic in both. */
    using OnCellMatrix = std::function<void(const typename dealii::DoFHandler<dim>::cell_iterator &,
                                            const dealii::FullMatrix<double> &,
                                            const std::vector<dealii::types::global_dof_index> &)>;

    /** For each cell of this process. */
    void
    for_each_cell_matrix(const Direction direction, const OnCellMatrix &action) const;

    /**
     * The diagonal of K (that of K^T as well), by sum factorisation. Next to hanging
     * nodes it is approximate: their entries are distributed, not squared.
     */
    void
    diagonal(VectorType &diagonal) const;

    /** What a cell integrator has of f becomes what it tests with. */
    void
    cell_operation(Integrator &cell, const Direction direction) const;

    /** For loops over cells; it takes some time to make one. */
    Integrator
    integrator() const;

    /** The coarser space, and an integrator for its functions. */
    const Discretization<dim> &
    coarser_space() const;
    Integrator
    coarser_integrator() const;

    /** The range of all cell batches of a process. */
    typename Integrator::Range
    all_batches() const;

    const Cells &
    cells() const;

    const UnitCell<dim, Number> &
    unit_cell() const;

    const Coefficients &
    coefficients() const;

    const Discretization<dim> &
    discretization() const;

    /** Is C = 0? Then K = K^T. */
    bool
    is_symmetric() const;

  private:
    /** From f and grad_unit f at the quadrature points to what v and grad_unit v are tested with there. */
    void
    at_points(Integrator &cell, const Direction direction) const;

    /** Connects with the cells. */
    void
    reinit(const dealii::Quadrature<1> &quadrature);

    /** Those of another operator on the same cells, times a number. */
    void
    take_coefficients(const CellOperator<dim, double> &other, const double factor);

    const Discretization<dim>             *space, *coarser;
    Cells                                  matrix_free;
    std::unique_ptr<UnitCell<dim, Number>> kernels, coarser_kernels;
    Coefficients                           coefficient;
  };

  template <int dim, typename Number>
  template <typename Operation>
  void
  CellOperator<dim, Number>::sum(VectorType       &dst,
                                 const VectorType &src,
                                 const Operation  &operation,
                                 const OnRange    &after) const
  {
    Integrator cell = integrator();
    matrix_free.template cell_loop<VectorType, VectorType>(
      [&](const auto &, auto &result, const auto &argument, const auto &range) {
        cell.for_each_pack(range, [&]() {
          cell.read_dof_values(argument);
          operation(cell);
          cell.distribute_local_to_global(result);
        });
      },
      dst,
      src,
      [&](const unsigned int first, const unsigned int last) {
        std::fill(dst.begin() + first, dst.begin() + last, Number(0.));
      },
      after);
  }
} // namespace dynkin

#endif
