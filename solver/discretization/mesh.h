// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_discretization_mesh_h
#define dynkin_discretization_mesh_h

#include <deal.II/base/bounding_box.h>
#include <deal.II/base/mpi.h>
#include <deal.II/grid/tria.h>
#include <deal.II/lac/vector.h>

#include "domain/domain_parameters.h"
#include "geometry/coordinate_map.h"
#include "geometry/wall_layers.h"

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
    Mesh(const DomainParameters &domain,
         const MPI_Comm          communicator,
         const WallLayers       &layers = {});

    /** An interval with the ends of its coarse cells (see find_line_cells()). */
    Mesh(const DomainParameters    &domain,
         const MPI_Comm             communicator,
         const std::vector<double> &line_cells);

    void
    refine_uniformly(const unsigned int times);

    /**
     * Marks the cells whose indicator (one for each active cell; those of other
     * processes are ignored) is above the threshold; returns how many there are.
     */
    unsigned long
    mark(const dealii::Vector<float> &indicators, const double threshold);

    /** Halves the marked cells in each direction, and those that must follow. */
    void
    refine_marked();

    const dealii::Triangulation<dim> &
    triangulation() const;

    const DomainParameters &
    domain() const;

    /** Coordinates x(y) of the process at the points y of the mesh. */
    const CoordinateMap<dim> &
    coordinates() const;

    /** Around the vertices of the coarse cells. */
    dealii::BoundingBox<dim>
    bounding_box() const;

    /**
     * Relative rounding of positions beside the size of the mesh: that of 1 where the mesh is as
     * large as it is far from the origin, more where it is far away, 0 around the origin.
     */
    double
    rounding_of_positions() const;

  private:
    const DomainParameters                      domain_parameters;
    const CoordinateMap<dim>                    coordinate_map;
    std::unique_ptr<dealii::Triangulation<dim>> tria;
  };
} // namespace dynkin

#endif
