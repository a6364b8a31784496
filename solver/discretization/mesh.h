// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_discretization_mesh_h
#define dynkin_discretization_mesh_h

#include <deal.II/base/mpi.h>
#include <deal.II/grid/tria.h>

#include "geometry/domain_parameters.h"

#include <memory>

namespace dynkin
{
  /**
   * Owns the mesh of a domain: distributed by p4est in 2-D and 3-D, shared (each
   * process knows all cells, owns some) in 1-D.
   */
  template <int dim>
  class Mesh
  {
  public:
    Mesh(const DomainParameters &domain, const MPI_Comm communicator);

    void
    refine_uniformly(const unsigned int times);

    const dealii::Triangulation<dim> &
    triangulation() const;

    const DomainParameters &
    domain() const;

  private:
    const DomainParameters                      domain_parameters;
    std::unique_ptr<dealii::Triangulation<dim>> tria;
  };
} // namespace dynkin

#endif
