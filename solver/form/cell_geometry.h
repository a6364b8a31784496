// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_form_cell_geometry_h
#define dynkin_form_cell_geometry_h

#include "discretization/discretization.h"
#include "form/cell_integrator.h"

#include <array>
#include <memory>
#include <vector>

namespace dynkin
{
  /**
   * Where the quadrature points of the cells are, y(xi), and how the cells are stretched
   * there: the Jacobian J_ik = d y_i / d xi_k of the mapping from the unit cell. The
   * mapping is a polynomial through the nodes of a cell, evaluated as any other function is,
   * from one of them on: far from the origin J keeps its digits.
   */
  template <int dim>
  class CellGeometry
  {
  public:
    /** Those of a mesh, in the order of `cells`. */
    CellGeometry(const Discretization<dim> &space, const dealii::MatrixFree<dim, double> &cells);

    /**
     * Calls operation(lane, first) for all cells, the points of which have the entries from
     * `first` on. It may ask for positions, and for Jacobians if it said so.
     */
    template <typename Operation>
    void
    for_each_cell(const Operation &operation, const bool with_jacobians = false);

    /**
     * Calls operation(q, lane, entry) for the points of all cells, entry = n_points() * pack + q.
     * It may ask for positions, and for Jacobians if it said so.
     */
    template <typename Operation>
    void
    for_each_point(const Operation &operation, const bool with_jacobians = false);

    unsigned int
    n_points() const;

    /** At a point of a lane, for operations. */
    dealii::Point<dim>
    position(const unsigned int q, const unsigned int lane) const;
    dealii::Tensor<2, dim>
    jacobian(const unsigned int q, const unsigned int lane) const;

  private:
    using Integrator = CellIntegrator<dim, double>;
    using Values     = Pack<double>;

    /** Go to a pack of cells. */
    void
    reinit(const unsigned int pack, const bool with_jacobians);

    const Discretization<dim>             &space;
    const dealii::MatrixFree<dim, double> &cells;
    const std::vector<unsigned int>        numbering; // of the nodes, lexicographic to hierarchic
    std::unique_ptr<UnitCell<dim, double>> unit_cell;
    std::array<Values, dim>                origin;        // a node of each cell
    dealii::AlignedVector<Values>          nodes, values; // from there on
    dealii::AlignedVector<Values>          gradients, work;
  };

  template <int dim>
  template <typename Operation>
  void
  CellGeometry<dim>::for_each_cell(const Operation &operation, const bool with_jacobians)
  {
    for (unsigned int pack = 0; pack < Integrator::n_packs(cells); ++pack)
      {
        reinit(pack, with_jacobians);
        Integrator::for_each_cell(cells, pack, [&](const unsigned int lane, const auto &) {
          operation(lane, std::size_t(pack) * n_points());
        });
      }
  }

  template <int dim>
  template <typename Operation>
  void
  CellGeometry<dim>::for_each_point(const Operation &operation, const bool with_jacobians)
  {
    for_each_cell(
      [&](const unsigned int lane, const std::size_t first) {
        for (unsigned int q = 0; q < n_points(); ++q)
          operation(q, lane, first + q);
      },
      with_jacobians);
  }
} // namespace dynkin

#endif
