// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_domain_mesh_file_h
#define dynkin_domain_mesh_file_h

#include "domain/shape.h"

#include <map>

namespace dynkin
{
  struct DomainParameters;

  /**
   * The cells of a Gmsh file, in dimensions 2 and 3. Its walls are the physical groups of the file
   * with their own boundary ids, see GmshMesh.
   */
  class MeshFile : public Shape
  {
  public:
    /** The names of the walls by boundary id, and in words how they are shaped. */
    MeshFile(const std::string                         &file_name,
             const bool                                 has_round_walls,
             const std::map<unsigned int, std::string> &walls,
             const std::string                         &walls_in_words);

    /** By Domain/mesh file and round walls. Throws InputError. */
    static std::shared_ptr<const Shape>
    create(const DomainParameters &domain, const unsigned int dimension);

    const std::string file_name;
    const bool        has_round_walls; // those whose nodes lie on a circle or a sphere

    std::vector<unsigned int>
    wall_ids() const override
    {
      return ids;
    }

    bool
    contains(const std::vector<double> &) const override
    {
      return true;
    }

    bool
    knows_what_it_contains() const override
    {
      return false;
    }

  private:
    std::vector<unsigned int> ids;
  };
} // namespace dynkin

#endif
