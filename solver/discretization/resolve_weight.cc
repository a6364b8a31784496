// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "discretization/resolve_weight.h"

#include <deal.II/base/quadrature_lib.h>
#include <deal.II/fe/mapping_q1.h>

#include <algorithm>
#include <limits>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double       fall_in_the_well   = 40.; // of psi within a cell
    constexpr double       negligible         = 30.; // below the maximum of psi
    constexpr unsigned int maximum_cycles     = 15;
    constexpr unsigned int intervals_per_line = 4;
  } // namespace

  template <int dim>
  void
  resolve_weight(Mesh<dim> &mesh, const Model<dim> &model, const double largest_fall)
  {
    const QIterated<dim>      samples(QTrapezoid<1>(), intervals_per_line);
    const MappingQ1<dim>      mapping;
    const Triangulation<dim> &tria = mesh.triangulation();
    for (unsigned int cycle = 0; cycle < maximum_cycles; ++cycle)
      {
        dealii::Vector<float> falls(tria.n_active_cells()), tops(tria.n_active_cells());
        double                highest = -std::numeric_limits<double>::max();
        for (const auto &cell : tria.active_cell_iterators())
          if (cell->is_locally_owned())
            {
              double top = -std::numeric_limits<double>::max(), bottom = -top;
              for (const Point<dim> &unit_point : samples.get_points())
                {
                  const double psi =
                    model.log_weight(mapping.transform_unit_to_real_cell(cell, unit_point));
                  top    = std::max(top, psi);
                  bottom = std::min(bottom, psi);
                }
              falls(cell->active_cell_index()) = top - bottom;
              tops(cell->active_cell_index())  = top;
              highest                          = std::max(highest, top);
            }
        highest = Utilities::MPI::max(highest, tria.get_communicator());
        for (unsigned int k = 0; k < falls.size(); ++k)
          falls(k) /= tops(k) < highest - negligible ? largest_fall
                                                     : std::min(largest_fall, fall_in_the_well);
        if (mesh.mark(falls, 1.) == 0)
          return;
        mesh.refine_marked();
      }
  }

  template void
  resolve_weight<1>(Mesh<1> &, const Model<1> &, const double);
  template void
  resolve_weight<2>(Mesh<2> &, const Model<2> &, const double);
  template void
  resolve_weight<3>(Mesh<3> &, const Model<3> &, const double);
} // namespace dynkin
