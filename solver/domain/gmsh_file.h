// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_domain_gmsh_file_h
#define dynkin_domain_gmsh_file_h

#include <map>
#include <string>

namespace dynkin
{
  /** What the text of a Gmsh file says before any mesh is made of it. */
  struct GmshFile
  {
    /** Names in $PhysicalNames of the groups of dimension dim - 1, by id. */
    std::map<unsigned int, std::string> groups;

    /**
     * Reads the file and looks for what would not become a mesh of dimension
     * dim: other formats, binary files, simplices, curved elements, elements of
     * another dimension. Throws InputError on Domain/mesh file, which says what
     * to change in Gmsh.
     */
    GmshFile(const std::string &file_name, const int dim);
  };
} // namespace dynkin

#endif
