// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_study_sample_cells_h
#define dynkin_study_sample_cells_h

#include "discretization/mesh.h"

#include <vector>

namespace dynkin
{
  /** A cell of a mesh: its centre in space, its size in the coordinates of the mesh. */
  template <int dim>
  struct CellSample
  {
    dealii::Point<dim> center;
    double             size;
  };

  /**
   * The cells of a mesh of the domain, each process with all of them: halved until there are
   * enough to ask a question everywhere, 512 in 1-D, else 4096; more if its coarse mesh has more.
   */
  template <int dim>
  std::vector<CellSample<dim>>
  sample_cells(const DomainParameters &domain)
  {
    Mesh<dim> mesh(domain, MPI_COMM_SELF);
    while (mesh.triangulation().n_global_active_cells() < (dim == 1 ? 512 : 4096))
      mesh.refine_uniformly(1);
    std::vector<CellSample<dim>> cells;
    for (const auto &cell : mesh.triangulation().active_cell_iterators())
      cells.push_back({mesh.coordinates().to_space(cell->center()), cell->measure()});
    return cells;
  }
} // namespace dynkin

#endif
