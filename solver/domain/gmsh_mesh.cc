// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "domain/gmsh_mesh.h"

#include <deal.II/grid/grid_in.h>
#include <deal.II/grid/manifold_lib.h>

#include <fstream>
#include <optional>
#include <sstream>

#include "domain/gmsh_file.h"
#include "utilities/dense_matrix.h"
#include "utilities/exceptions.h"
#include "utilities/log.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double on_sphere    = 1e-9; // distance of a node, in radii
    constexpr double largest_face = 0.6;  // diameter, in radii: 35 degrees

    template <int dim, typename Operation>
    void
    for_each_boundary_face(const Triangulation<dim> &triangulation, const Operation &operation)
    {
      for (const auto &cell : triangulation.cell_iterators_on_level(0))
        for (const auto &face : cell->face_iterators())
          if (face->at_boundary())
            operation(face);
    }

    /** The sphere through all points: least squares for 2 c.x + (r^2 - |c|^2) = |x|^2. */
    template <int dim>
    std::optional<std::pair<Point<dim>, double>>
    fit_sphere(const std::vector<Point<dim>> &points)
    {
      if (points.size() < dim + 2) // any dim + 1 points lie on a sphere
        return {};
      const Point<dim> origin = points.front();
      double           scale  = 0.;
      for (const Point<dim> &x : points)
        scale = std::max(scale, x.distance(origin));
      Eigen::MatrixXd A(points.size(), dim + 1);
      Eigen::VectorXd b(points.size());
      for (unsigned int k = 0; k < points.size(); ++k)
        {
          const Tensor<1, dim> x = (points[k] - origin) / scale;
          for (unsigned int i = 0; i < dim; ++i)
            A(k, i) = 2. * x[i];
          A(k, dim) = 1.;
          b(k)      = x.norm_square();
        }
      const std::optional<Eigen::VectorXd> solution = least_squares(A, b, 1e-6);
      if (!solution) // the points lie on a line or plane
        return {};
      Point<dim> center = origin;
      for (unsigned int i = 0; i < dim; ++i)
        {
          center[i] += scale * (*solution)(i);
          if (std::abs(center[i]) < 1e-12 * scale)
            center[i] = 0.; // rounding
        }
      double radius = 0.;
      for (const Point<dim> &x : points)
        radius += x.distance(center) / points.size();
      for (const Point<dim> &x : points)
        if (std::abs(x.distance(center) - radius) > on_sphere * radius)
          return {};
      return std::make_pair(center, radius);
    }
  } // namespace

  template <int dim>
  GmshMesh<dim>::GmshMesh(const std::string &file_name, const bool with_round_walls)
    : file_name(file_name)
  {
    const GmshFile file(file_name, dim);
    read();
    name_walls(file.groups);
    if (with_round_walls)
      find_spheres();
  }

  template <int dim>
  void
  GmshMesh<dim>::read()
  {
    try
      {
        std::ifstream file(file_name);
        GridIn<dim>   grid_in(triangulation);
        grid_in.read_msh(file);
      }
    catch (const std::exception &error)
      {
        const auto        *known = dynamic_cast<const ExceptionBase *>(&error);
        std::ostringstream info;
        if (known != nullptr)
          known->print_info(info);
        std::string line, reason;
        for (std::istringstream lines(info.str()); std::getline(lines, line);)
          reason += " " + Utilities::trim(line);
        throw InputError(
          "Domain/mesh file",
          "needs a mesh of dimension = " + std::to_string(dim) + " whose physical groups of " +
            (dim == 2 ? "curves" : "surfaces") + " lie on its boundary (without any groups " +
            "Gmsh writes inner ones, too: add groups), but deal.II refuses it:" + reason);
      }
  }

  template <int dim>
  void
  GmshMesh<dim>::name_walls(const std::map<unsigned int, std::string> &groups)
  {
    for (const types::boundary_id id : triangulation.get_boundary_ids())
      {
        const auto        group = groups.find(id);
        const std::string name  = group != groups.end() ? group->second
                                  : id == 0             ? "boundary"
                                                        : std::to_string(id);
        for (const auto &wall : wall_names)
          if (wall.second == name)
            throw InputError("Domain/mesh file",
                             "needs walls of different names, but '" + name +
                               "' is the name of two");
        wall_names[id] = name;
      }
  }

  template <int dim>
  void
  GmshMesh<dim>::find_spheres()
  {
    for (const auto &wall : wall_names)
      {
        std::map<unsigned int, Point<dim>> nodes;
        double                             face_size = 0.;
        for_each_boundary_face(triangulation, [&](const auto &face) {
          if (face->boundary_id() != wall.first)
            return;
          face_size = std::max(face_size, face->diameter());
          for (const unsigned int v : face->vertex_indices())
            nodes[face->vertex_index(v)] = face->vertex(v);
        });
        std::vector<Point<dim>> points;
        for (const auto &node : nodes)
          points.push_back(node.second);
        const auto fit = fit_sphere(points);
        if (!fit || face_size > largest_face * fit->second)
          continue;
        const auto [center, radius] = *fit;
        bool is_new                 = true;
        for (Sphere &sphere : spheres)
          if (std::abs(sphere.radius - radius) + sphere.center.distance(center) <=
              100. * on_sphere * radius)
            {
              sphere.walls.insert(wall.first);
              is_new = false;
            }
        if (is_new)
          spheres.push_back({center, radius, {wall.first}});
      }
    if (dim == 3)
      spheres.erase(std::remove_if(spheres.begin(),
                                   spheres.end(),
                                   [&](const Sphere &sphere) { return !is_closed(sphere); }),
                    spheres.end());
  }

  template <int dim>
  bool
  GmshMesh<dim>::is_closed(const Sphere &sphere) const
  {
    std::map<unsigned int, unsigned int> faces_of_edge;
    if constexpr (dim == 3)
      for_each_boundary_face(triangulation, [&](const auto &face) {
        if (sphere.walls.count(face->boundary_id()) > 0)
          for (unsigned int l = 0; l < face->n_lines(); ++l)
            ++faces_of_edge[face->line_index(l)];
      });
    return std::all_of(faces_of_edge.begin(), faces_of_edge.end(), [](const auto &edge) {
      return edge.second == 2;
    });
  }

  template <int dim>
  const std::map<unsigned int, std::string> &
  GmshMesh<dim>::walls() const
  {
    return wall_names;
  }

  template <int dim>
  std::string
  GmshMesh<dim>::description() const
  {
    std::ostringstream     out;
    std::set<unsigned int> round;
    for (const Sphere &sphere : spheres)
      {
        for (const unsigned int id : sphere.walls)
          out << (id != *sphere.walls.begin() ? ", "
                  : round.empty()             ? ""
                                              : "; ")
              << wall_names.at(id);
        out << " on the " << (dim == 2 ? "circle" : "sphere") << " |v - (";
        for (unsigned int i = 0; i < dim; ++i)
          out << (i > 0 ? ", " : "") << format_number(sphere.center[i]);
        out << ")| = " << format_number(sphere.radius);
        round.insert(sphere.walls.begin(), sphere.walls.end());
      }
    std::string flat;
    for (const auto &wall : wall_names)
      if (round.count(wall.first) == 0)
        flat += (flat.empty() ? "" : ", ") + wall.second;
    if (!flat.empty())
      out << (spheres.empty() ? "" : "; ") << flat << " of flat faces";
    return out.str();
  }

  template <int dim>
  void
  GmshMesh<dim>::copy_to(Triangulation<dim> &target) const
  {
    target.copy_triangulation(triangulation);
    for (unsigned int k = 0; k < spheres.size(); ++k)
      {
        for_each_boundary_face(target, [&](const auto &face) {
          if (spheres[k].walls.count(face->boundary_id()) > 0)
            face->set_all_manifold_ids(k);
        });
        target.set_manifold(k, SphericalManifold<dim>(spheres[k].center));
      }
  }

  template class GmshMesh<2>;
  template class GmshMesh<3>;
} // namespace dynkin
