// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "domain/gmsh_file.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "utilities/exceptions.h"

namespace dynkin
{
  namespace
  {
    /** Element types of Gmsh. */
    enum Type
    {
      line          = 1,
      triangle      = 2,
      quadrilateral = 3,
      tetrahedron   = 4,
      hexahedron    = 5,
      prism         = 6,
      pyramid       = 7,
      node          = 15
    };

    [[noreturn]] void
    fail(const std::string &reason)
    {
      throw InputError("Domain/mesh file", reason);
    }

    /** The version of an ASCII file: 2.2, 4, 4.1, or 1, which has no head. */
    double
    read_format(std::istream &file)
    {
      std::string first;
      std::getline(file, first);
      if (first.rfind("$NOD", 0) == 0)
        return 1.;
      double version   = 0.;
      int    is_binary = 0, size = 0;
      if (first.rfind("$MeshFormat", 0) != 0 || !(file >> version >> is_binary >> size))
        fail("needs a mesh written by Gmsh, but does not open with $MeshFormat");
      if (is_binary != 0)
        fail("needs an ASCII file, but is binary; write it with 'gmsh -format msh22' or "
             "Mesh.Binary = 0");
      if (!(version >= 2. && version < 2.3) && version != 4. && version != 4.1)
        fail("needs version 2 or 4 of the format, but is another; write it with 'gmsh -format "
             "msh22'");
      return version;
    }

    /** The lines of a section after its head "$Name", without its end. */
    std::istringstream
    section(std::istream &file, const std::string &name)
    {
      file.clear();
      file.seekg(0);
      std::string line, text;
      bool        is_inside = false;
      while (std::getline(file, line))
        if (line.rfind("$End" + name, 0) == 0 || line.rfind("$END" + name, 0) == 0)
          return std::istringstream(text);
        else if (is_inside)
          text += line + "\n";
        else
          is_inside = line.rfind("$" + name, 0) == 0;
      if (is_inside)
        fail("is cut off: $End" + name + " is missing");
      return std::istringstream();
    }

    /** How many elements of each type. */
    std::map<int, unsigned long>
    count_elements(std::istream &elements, const double version)
    {
      std::map<int, unsigned long> count;
      std::string                  line;
      std::getline(elements, line); // the numbers of elements or blocks
      while (std::getline(elements, line))
        {
          std::istringstream words(line);
          unsigned long      first = 0, second = 0, third = 0, number = 0;
          if (!(words >> first >> second))
            continue;
          if (version < 3.)
            ++count[second]; // number, type, ...
          else if (words >> third >> number)
            {
              count[third] += number; // the head of a block; version 4.0 has entity, dimension
              while (number-- > 0)
                std::getline(elements, line);
            }
        }
      return count;
    }

    void
    check_elements(const std::map<int, unsigned long> &count, const int dim)
    {
      const auto number = [&](const int type) {
        const auto found = count.find(type);
        return found == count.end() ? 0 : found->second;
      };
      const auto has = [&](const int type, const std::string &what) {
        return "holds " + std::to_string(number(type)) + " " + what;
      };
      for (const auto &[type, n] : count)
        if (type > pyramid && type != node)
          fail("needs elements of first order, but holds others; set Mesh.ElementOrder = 1");
      if (number(triangle) > 0)
        fail(has(triangle, "triangles") +
             ", needs quadrilaterals only; add 'Recombine Surface {:};' to the .geo file, and if "
             "triangles remain 'Mesh.RecombinationAlgorithm = 2;'");
      for (const int type : {tetrahedron, prism, pyramid})
        if (number(type) > 0)
          fail(has(type, "tetrahedra, prisms or pyramids") +
               ", needs hexahedra only; make them by Transfinite or Extrude with Recombine, or "
               "'Mesh.SubdivisionAlgorithm = 2;' in the .geo file");
      if (dim == 2 && number(hexahedron) > 0)
        fail(has(hexahedron, "hexahedra") + ", needs dimension = 3");
      if (number(dim == 2 ? quadrilateral : hexahedron) == 0)
        fail(std::string("holds no ") + (dim == 2 ? "quadrilaterals" : "hexahedra") +
             "; if there are physical groups, Gmsh writes nothing else, so that the " +
             (dim == 2 ? "surface" : "volume") +
             " needs one too (dimension = " + std::to_string(dim) + ")");
    }
  } // namespace

  GmshFile::GmshFile(const std::string &file_name, const int dim)
  {
    std::ifstream file(file_name);
    if (!std::filesystem::is_regular_file(file_name) || !file)
      fail("needs a file that can be read, in the directory the program is started in or that of "
           "the parameter file");
    const double version  = read_format(file);
    auto         elements = section(file, version < 2. ? "ELM" : "Elements");
    check_elements(count_elements(elements, version), dim);

    auto        names = section(file, "PhysicalNames");
    std::string row;
    std::getline(names, row); // how many
    while (std::getline(names, row))
      {
        std::istringstream words(row);
        int                group_dimension = 0;
        unsigned int       id              = 0;
        const auto         first = row.find('"'), last = row.rfind('"');
        if (words >> group_dimension >> id && group_dimension == dim - 1 && last > first)
          groups[id] = row.substr(first + 1, last - first - 1);
      }
  }
} // namespace dynkin
