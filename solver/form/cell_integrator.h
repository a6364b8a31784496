// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_form_cell_integrator_h
#define dynkin_form_cell_integrator_h

#include <deal.II/lac/la_parallel_vector.h>
#include <deal.II/matrix_free/fe_evaluation.h>
#include <deal.II/matrix_free/matrix_free.h>

#include <utility>

#include "kernels/unit_cell.h"

namespace dynkin
{
  /**
   * Evaluates and integrates functions on cells that count as unit cells, like deal.II's
   * FEEvaluation, on a pack of cells at a time: as many of deal.II's cell batches as fill
   * a Pack. The cells of batch b are in pack b / n_batches, from lane
   * (b % n_batches) * VectorizedArray::size() on.
   */
  template <int dim, typename Number>
  class CellIntegrator
  {
  public:
    using VectorType = dealii::LinearAlgebra::distributed::Vector<Number>;
    using Cells      = dealii::MatrixFree<dim, Number>;
    using Values     = Pack<Number>;
    using Range      = std::pair<unsigned int, unsigned int>;

    static constexpr unsigned int n_lanes_of_batch = dealii::VectorizedArray<Number>::size();
    static constexpr unsigned int n_batches        = Values::size() / n_lanes_of_batch;

    /** For one of the spaces that the cells know. */
    CellIntegrator(const Cells                 &cells,
                   const UnitCell<dim, Number> &unit_cell,
                   const unsigned int           space = 0);

    /** How many there are for all cells of a process. */
    static unsigned int
    n_packs(const Cells &cells);

    /** Calls operation(lane, cell) for the cells of a pack. */
    template <typename Operation>
    static void
    for_each_cell(const Cells &cells, const unsigned int pack, const Operation &operation);

    /** Go to a pack; only its cells in a range of batches are read and written. */
    void
    reinit(const unsigned int pack);
    void
    reinit(const unsigned int pack, const Range &batches);

    /** Calls operation() at each pack with cells in a range of batches. */
    template <typename Operation>
    void
    for_each_pack(const Range &batches, const Operation &operation);

    unsigned int
    pack() const;

    /** Values at the nodes, lexicographic; 0 in lanes that are not read. */
    Values *
    begin_dof_values();

    void
    read_dof_values(const VectorType &vector);
    void
    distribute_local_to_global(VectorType &vector);

    /** From the nodes to the quadrature points, with or without gradients, and back. */
    void
    evaluate();
    void
    integrate();
    void
    evaluate_values();
    void
    integrate_values();

    const Values &
    get_value(const unsigned int q) const
    {
      return values[q];
    }

    /** A factor of the test function that is to be integrated. */
    void
    submit_value(const Values &value, const unsigned int q)
    {
      values[q] = value * Values(cell.weight(q));
    }

    /** All values, and gradients component by component, at the quadrature points. */
    Values *
    begin_values();
    Values *
    begin_gradients();

  private:
    /** Are all lanes of a batch cells without hanging nodes? Then their nodes are entries of a vector. */
    bool
    is_plain(const unsigned int batch) const;

    /** Where the nodes of such a cell are in a vector, lexicographic. */
    const unsigned int *
    indices(const unsigned int batch, const unsigned int lane) const;

    const UnitCell<dim, Number> &cell;
    dealii::FEEvaluation<dim, -1, 0, 1, Number>
      batch; // reads and writes where there are hanging nodes
    const dealii::internal::MatrixFreeFunctions::DoFInfo &dof_info;
    unsigned int                                          current = 0, n_all_batches;
    Range                                                 active; // batches
    dealii::AlignedVector<Values>                         nodes, values, gradients, work;
  };

  template <int dim, typename Number>
  template <typename Operation>
  void
  CellIntegrator<dim, Number>::for_each_cell(const Cells       &cells,
                                             const unsigned int pack,
                                             const Operation   &operation)
  {
    for (unsigned int k = 0; k < n_batches && pack * n_batches + k < cells.n_cell_batches(); ++k)
      for (unsigned int lane = 0;
           lane < cells.n_active_entries_per_cell_batch(pack * n_batches + k);
           ++lane)
        operation(k * n_lanes_of_batch + lane, cells.get_cell_iterator(pack * n_batches + k, lane));
  }

  template <int dim, typename Number>
  template <typename Operation>
  void
  CellIntegrator<dim, Number>::for_each_pack(const Range &batches, const Operation &operation)
  {
    for (unsigned int pack = batches.first / n_batches; pack * n_batches < batches.second; ++pack)
      {
        reinit(pack, batches);
        operation();
      }
  }
} // namespace dynkin

#endif
