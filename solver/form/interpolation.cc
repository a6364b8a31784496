// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "form/interpolation.h"

#include <deal.II/fe/fe_tools.h>
#include <deal.II/lac/full_matrix.h>

using namespace dealii;

namespace dynkin
{
  template <int dim>
  Vector
  interpolate_between(const GeneratorForm<dim> &from, const Vector &v, const GeneratorForm<dim> &to)
  {
    const DoFHandler<dim> &source = from.discretization().dof_handler();
    const DoFHandler<dim> &target = to.discretization().dof_handler();
    dealii::Vector<double> source_values(source.get_fe().n_dofs_per_cell()),
      target_values(target.get_fe().n_dofs_per_cell());
    FullMatrix<double> interpolation(target_values.size(), source_values.size());
    FETools::get_interpolation_matrix(source.get_fe(), target.get_fe(), interpolation);

    Vector result;
    to.initialize(result);
    for (const auto &cell : target.active_cell_iterators())
      if (cell->is_locally_owned())
        {
          typename DoFHandler<dim>::active_cell_iterator(
            &target.get_triangulation(), cell->level(), cell->index(), &source)
            ->get_dof_values(v, source_values);
          interpolation.vmult(target_values, source_values);
          cell->set_dof_values(target_values, result);
        }
    result.zero_out_ghost_values(); // every process has set all that it owns
    result.update_ghost_values();
    to.discretization().constraints().distribute(result);
    result.update_ghost_values();
    return result;
  }

  template Vector
  interpolate_between<1>(const GeneratorForm<1> &, const Vector &, const GeneratorForm<1> &);
  template Vector
  interpolate_between<2>(const GeneratorForm<2> &, const Vector &, const GeneratorForm<2> &);
  template Vector
  interpolate_between<3>(const GeneratorForm<3> &, const Vector &, const GeneratorForm<3> &);
} // namespace dynkin
