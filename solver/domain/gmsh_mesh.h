// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_domain_gmsh_mesh_h
#define dynkin_domain_gmsh_mesh_h

#include <deal.II/grid/tria.h>

#include <map>
#include <string>
#include <vector>

namespace dynkin
{
  /**
   * The mesh of quadrilaterals (dim = 2) or hexahedra (dim = 3) in an ASCII file
   * of Gmsh, versions 1, 2 and 4, with its physical groups of dimension dim - 1 as
   * walls. Faces in no group are the wall "boundary" with the id 0.
   *
   * Gmsh knows the nodes, not the curves between them. A wall whose nodes all
   * lie on one circle or sphere (to 1e-9 of its radius), each face smaller than
   * 0.6 radii, is taken to be a part of that sphere; in dimension 3 only if the
   * walls on a sphere close it. All other faces are flat.
   *
   * The constructor throws InputError on Domain/mesh file.
   */
  template <int dim>
  class GmshMesh
  {
  public:
    GmshMesh(const std::string &file_name, const bool with_round_walls);

    /** Names of the walls by boundary id. */
    const std::map<unsigned int, std::string> &
    walls() const;

    /** The shape of the walls in words, e.g. "slit of flat faces". */
    std::string
    description() const;

    /** Copies the mesh with its boundary ids and the manifolds of the round walls. */
    void
    copy_to(dealii::Triangulation<dim> &target) const;

  private:
    struct Sphere
    {
      dealii::Point<dim>     center;
      double                 radius;
      std::set<unsigned int> walls; // boundary ids
    };

    const std::string                   file_name;
    dealii::Triangulation<dim>          triangulation;
    std::map<unsigned int, std::string> wall_names;
    std::vector<Sphere>                 spheres;

    void
    read();

    void
    name_walls(const std::map<unsigned int, std::string> &groups);

    void
    find_spheres();

    bool
    is_closed(const Sphere &sphere) const;
  };
} // namespace dynkin

#endif
