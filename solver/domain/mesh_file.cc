// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "domain/mesh_file.h"

#include "domain/domain_parameters.h"
#include "domain/gmsh_mesh.h"
#include "utilities/exceptions.h"

namespace dynkin
{
  namespace
  {
    std::vector<std::string>
    names_of(const std::map<unsigned int, std::string> &walls)
    {
      std::vector<std::string> names;
      for (const auto &wall : walls)
        names.push_back(wall.second);
      return names;
    }

    template <int dim>
    std::shared_ptr<const Shape>
    read_mesh_file(const std::string &name, const bool has_round_walls)
    {
      const GmshMesh<dim> mesh(name, has_round_walls);
      return std::make_shared<MeshFile>(name, has_round_walls, mesh.walls(), mesh.description());
    }
  } // namespace

  MeshFile::MeshFile(const std::string                         &file_name,
                     const bool                                 has_round_walls,
                     const std::map<unsigned int, std::string> &walls,
                     const std::string                         &walls_in_words)
    : Shape("mesh file", "mesh of " + file_name + "; " + walls_in_words, names_of(walls))
    , file_name(file_name)
    , has_round_walls(has_round_walls)
  {
    for (const auto &wall : walls)
      ids.push_back(wall.first);
  }

  std::shared_ptr<const Shape>
  MeshFile::create(const DomainParameters &domain, const unsigned int dimension)
  {
    if (domain.mesh_file.empty())
      throw InputError("Domain/mesh file", "needs the name of a Gmsh file");
    const auto read = dimension == 2 ? read_mesh_file<2> : read_mesh_file<3>;
    return read(domain.mesh_file, domain.round_walls);
  }
} // namespace dynkin
