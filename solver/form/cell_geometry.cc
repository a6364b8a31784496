// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "form/cell_geometry.h"

#include <deal.II/fe/fe_tools.h>

using namespace dealii;

namespace dynkin
{
  template <int dim>
  CellGeometry<dim>::CellGeometry(const Discretization<dim>     &space,
                                  const MatrixFree<dim, double> &cells)
    : space(space)
    , cells(cells)
    , numbering(FETools::lexicographic_to_hierarchic_numbering<dim>(space.mapping_degree()))
    , unit_cell(
        UnitCell<dim, double>::create(LineShape(space.quadrature(), space.mapping_degree())))
    , nodes(dim * unit_cell->n_nodes())
    , values(dim * n_points())
    , gradients(dim * dim * n_points())
    , work(unit_cell->work_size())
  {
  }

  template <int dim>
  unsigned int
  CellGeometry<dim>::n_points() const
  {
    return unit_cell->n_points();
  }

  template <int dim>
  void
  CellGeometry<dim>::reinit(const unsigned int pack, const bool with_jacobians)
  {
    const unsigned int n = unit_cell->n_nodes();
    Integrator::for_each_cell(cells, pack, [&](const unsigned int lane, const auto &cell) {
      const std::vector<Point<dim>> of_cell = space.nodes(cell);
      for (unsigned int i = 0; i < dim; ++i)
        {
          origin[i][lane] = of_cell[0][i];
          for (unsigned int node = 0; node < n; ++node)
            nodes[i * n + node][lane] = of_cell[numbering[node]][i] - of_cell[0][i];
        }
    });
    for (unsigned int i = 0; i < dim; ++i)
      {
        const Values *of_nodes  = nodes.begin() + i * n;
        Values       *of_points = values.begin() + i * n_points();
        if (with_jacobians)
          unit_cell->evaluate(
            of_nodes, of_points, gradients.begin() + i * dim * n_points(), work.begin());
        else
          unit_cell->evaluate(of_nodes, of_points, work.begin());
      }
  }

  template <int dim>
  Point<dim>
  CellGeometry<dim>::position(const unsigned int q, const unsigned int lane) const
  {
    Point<dim> y;
    for (unsigned int i = 0; i < dim; ++i)
      y[i] = origin[i][lane] + values[i * n_points() + q][lane];
    return y;
  }

  template <int dim>
  Tensor<2, dim>
  CellGeometry<dim>::jacobian(const unsigned int q, const unsigned int lane) const
  {
    Tensor<2, dim> J;
    for (unsigned int i = 0; i < dim; ++i)
      for (unsigned int k = 0; k < dim; ++k)
        J[i][k] = gradients[(i * dim + k) * n_points() + q][lane];
    return J;
  }

  template class CellGeometry<1>;
  template class CellGeometry<2>;
  template class CellGeometry<3>;
} // namespace dynkin
