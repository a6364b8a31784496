// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_geometry_sphere_grid_h
#define dynkin_geometry_sphere_grid_h

#include <deal.II/base/geometry_info.h>
#include <deal.II/base/numbers.h>

#include "geometry/sphere_mesh.h"

#include <array>

namespace dynkin
{
  /** What is tried with the grid of a domain with spheres. */
  struct GridChoice
  {
    double side;   // half of that of the box of a hole, in its radius
    double margin; // least distance of the cells that are left, in the radius
    double outer;  // most distant place of these cells in a ball, in its radius
    double growth; // of the cells with the distance to a hole
    double gap;    // largest cells at a hole, in its distance to the next sphere
  };

  /** In the order in which they are tried. */
  std::vector<GridChoice>
  grid_choices();

  /**
   * A tensor product grid with lines about the holes, and the sphere (if any) to which each
   * cell is too close, or on whose wrong side it is.
   */
  template <int dim>
  class SphereGrid
  {
  public:
    static constexpr unsigned int none = dealii::numbers::invalid_unsigned_int;

    SphereGrid(const dealii::Point<dim>           &lower,
               const dealii::Point<dim>           &upper,
               const std::vector<SphereWall<dim>> &spheres,
               const GridChoice                   &choice);

    /** False if a cell meets two spheres, or there are too many cells. */
    bool
    is_possible() const;

    unsigned int
    n_cells() const;

    /** The sphere to which the cell is lost, or none. */
    unsigned int
    sphere_of(const unsigned int cell) const;

    /** The cell behind a face, or none. */
    unsigned int
    neighbor(const unsigned int cell, const unsigned int face) const;

    unsigned int
    vertex_of(const unsigned int cell, const unsigned int v) const;

    dealii::Point<dim>
    vertex(const unsigned int v) const;

    /** Is the vertex on one of the two walls of a box across direction k? */
    bool
    is_on_wall(const unsigned int v, const unsigned int k) const;

  private:
    using Index = std::array<unsigned int, dim>;

    /** The size of the cells at a hole. */
    double
    size_at(const SphereWall<dim> &hole) const;

    void
    set_lines(const unsigned int k, const double lower, const double upper);

    void
    assign(const unsigned int cell);

    Index
    index_of(unsigned int number, const unsigned int extra) const;

    unsigned int
    number_of(const Index &index, const unsigned int extra) const;

    const std::vector<SphereWall<dim>>  &spheres;
    const GridChoice                     choice;
    double                               largest; // cell
    bool                                 is_ball = false, possible = true;
    std::array<std::vector<double>, dim> lines;
    std::vector<double>                  sizes; // at the spheres
    std::vector<unsigned int>            lost_to;
  };
} // namespace dynkin

#endif
