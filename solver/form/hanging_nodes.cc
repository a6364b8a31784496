// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "form/hanging_nodes.h"

#include <deal.II/fe/fe_tools.h>

using namespace dealii;

namespace dynkin
{
  template <int dim, typename Number>
  HangingNodes<dim, Number>::HangingNodes(const CellOperator<dim, Number> &cells)
    : constraints(cells.discretization().constraints())
    , starts(Integrator::n_packs(cells.cells()) + 1, 0)
  {
    if (constraints.n_constraints() == 0)
      return;
    const std::vector<unsigned int> numbering =
      FETools::lexicographic_to_hierarchic_numbering<dim>(cells.discretization().degree());
    std::vector<types::global_dof_index> dofs(numbering.size());
    for (unsigned int pack = 0; pack + 1 < starts.size(); ++pack)
      {
        Integrator::for_each_cell(
          cells.cells(), pack, [&](const unsigned int lane, const auto &cell) {
            cell->get_dof_indices(dofs);
            // nodes of periodic walls are those opposite, which is what MatrixFree reads and writes
            for (unsigned int i = 0; i < dofs.size(); ++i)
              if (constraints.is_constrained(dofs[numbering[i]]) &&
                  !constraints.is_identity_constrained(dofs[numbering[i]]))
                nodes.push_back({i, lane, dofs[numbering[i]]});
          });
        starts[pack + 1] = nodes.size();
      }
  }

  template <int dim, typename Number>
  void
  HangingNodes<dim, Number>::set(const unsigned int pack, const Number number, Values *values) const
  {
    for (unsigned int k = starts[pack]; k < starts[pack + 1]; ++k)
      values[nodes[k].node][nodes[k].lane] = number;
  }

  template <int dim, typename Number>
  void
  HangingNodes<dim, Number>::distribute_diagonal(Integrator &cell, VectorType &diagonal) const
  {
    const unsigned int pack = cell.pack();
    for (unsigned int k = starts[pack]; k < starts[pack + 1]; ++k)
      {
        const Number value = cell.begin_dof_values()[nodes[k].node][nodes[k].lane];
        for (const auto &[dof, weight] : *constraints.get_constraint_entries(nodes[k].dof))
          diagonal(dof) += Number(weight * weight) * value;
      }
    set(pack, Number(0.), cell.begin_dof_values());
    cell.distribute_local_to_global(diagonal);
  }

  template class HangingNodes<1, double>;
  template class HangingNodes<2, double>;
  template class HangingNodes<3, double>;
  template class HangingNodes<1, float>;
  template class HangingNodes<2, float>;
  template class HangingNodes<3, float>;
} // namespace dynkin
