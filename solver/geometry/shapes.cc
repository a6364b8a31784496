// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "geometry/shapes.h"

#include <deal.II/grid/grid_generator.h>
#include <deal.II/grid/grid_tools.h>
#include <deal.II/grid/manifold_lib.h>
#include <deal.II/grid/tria.h>

#include "geometry/box_mesh.h"
#include "geometry/gmsh_mesh.h"
#include "geometry/linear_image_manifold.h"
#include "geometry/mirror.h"
#include "geometry/sphere_mesh.h"
#include "geometry/wall_kinds.h"
#include "geometry/whole_space_mesh.h"
#include <Eigen/Eigenvalues>

#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    template <int dim>
    Point<dim>
    to_point(const std::vector<double> &coordinates)
    {
      Point<dim> point;
      for (unsigned int i = 0; i < dim; ++i)
        point[i] = coordinates.at(i);
      return point;
    }

    /** The unit ball, or its part with all x_i >= 0; with faces on further spheres. */
    template <int dim>
    void
    create_ball(const bool                              orthant,
                const WallLayers                       &layers,
                const std::vector<std::vector<double>> &spheres,
                Triangulation<dim>                     &triangulation)
    {
      std::vector<double> shells =
        layers.empty() ? std::vector<double>() : layer_sizes(layers.begin()->second);
      if (!spheres.empty())
        shells = cut_shells(shells, spheres.front());
      create_layered_ball(shells, orthant, triangulation);
    }

    /** M = S^(-1/2): the ellipsoid x^T S x <= 1 is M times the unit ball. */
    template <int dim>
    Tensor<2, dim>
    inverse_root(const std::vector<std::vector<double>> &S)
    {
      Eigen::Matrix<double, dim, dim> matrix;
      for (unsigned int i = 0; i < dim; ++i)
        for (unsigned int j = 0; j < dim; ++j)
          matrix(i, j) = S[i][j];
      matrix = Eigen::SelfAdjointEigenSolver<decltype(matrix)>(matrix).operatorInverseSqrt();
      Tensor<2, dim> root;
      for (unsigned int i = 0; i < dim; ++i)
        for (unsigned int j = 0; j < dim; ++j)
          root[i][j] = matrix(i, j);
      return root;
    }

    template <int dim>
    void
    create_ellipsoid(const DomainParameters &domain,
                     const WallLayers       &layers,
                     Triangulation<dim>     &triangulation)
    {
      const Point<dim>     center = to_point<dim>(domain.center);
      const Tensor<2, dim> M      = inverse_root<dim>(domain.ellipsoid_matrix());
      create_ball(!domain.mirror.empty(), layers, {}, triangulation);
      GridTools::transform([&](const Point<dim> &x) { return center + M * x; }, triangulation);
      triangulation.set_manifold(
        0, LinearImageManifold<dim>(SphericalManifold<dim>(Point<dim>()), M, center));
    }

    /** Spherical shells between the radii, over the faces of a cube that are refined. */
    void
    create_shells(const Point<3>            &center,
                  const std::vector<double> &radii,
                  const unsigned int         n_refinements,
                  Triangulation<3>          &triangulation)
    {
      Triangulation<2, 3> sphere;
      GridGenerator::hyper_sphere(sphere);
      sphere.refine_global(n_refinements);
      const std::vector<Point<3>> &directions = sphere.get_vertices();
      const unsigned int           n          = directions.size();
      std::vector<Point<3>>        vertices;
      for (const double radius : radii)
        for (const Point<3> &direction : directions)
          vertices.push_back(center + radius / direction.norm() * Tensor<1, 3>(direction));
      std::vector<CellData<3>> cells;
      for (unsigned int shell = 0; shell + 1 < radii.size(); ++shell)
        for (const auto &face : sphere.active_cell_iterators())
          {
            std::array<unsigned int, 4> corners;
            for (unsigned int v = 0; v < 4; ++v)
              corners[v] = face->vertex_index(v);
            const Point<3> &x = face->vertex(0);
            if (cross_product_3d(face->vertex(1) - x, face->vertex(2) - x) * x < 0.)
              std::swap(corners[1], corners[2]);
            CellData<3> cell;
            for (unsigned int v = 0; v < 8; ++v)
              cell.vertices[v] = corners[v % 4] + n * (shell + v / 4);
            cells.push_back(cell);
          }
      triangulation.create_triangulation(vertices, cells, SubCellData());
      triangulation.set_all_manifold_ids(0);
      triangulation.set_manifold(0, SphericalManifold<3>(center));
      const double middle = std::sqrt(radii.front() * radii.back());
      for (const auto &cell : triangulation.active_cell_iterators())
        for (const auto &face : cell->face_iterators())
          if (face->at_boundary())
            face->set_all_boundary_ids(face->vertex(0).distance(center) < middle ? 0 : 1);
    }

    /**
     * Shells of cells whose sides grow with the radius, so that they are nearly
     * cubic for any ratio of the radii.
     */
    template <int dim>
    void
    create_annulus(const DomainParameters &domain, Triangulation<dim> &triangulation)
    {
      const Point<dim>   center = to_point<dim>(domain.center);
      const double       inner = domain.inner_radius, outer = domain.outer_radius;
      const unsigned int n_shells =
        static_cast<unsigned int>(std::max(1., std::round(std::log(outer / inner))));
      const double ratio = std::pow(outer / inner, 1. / n_shells);
      const double angle = 2. * (ratio - 1.) / (ratio + 1.);
      if constexpr (dim == 3)
        {
          std::vector<double> radii;
          for (unsigned int i = 0; i <= n_shells; ++i)
            radii.push_back(inner * std::pow(ratio, i));
          create_shells(center,
                        radii,
                        static_cast<unsigned int>(
                          std::clamp(std::round(std::log2(0.5 * numbers::PI / angle)), 0., 3.)),
                        triangulation);
        }
      else
        {
          const unsigned int n_cells =
            static_cast<unsigned int>(std::clamp(std::round(2. * numbers::PI / angle), 8., 100.));
          GridGenerator::concentric_hyper_shells(
            triangulation, center, inner, outer, n_shells, 0., n_cells, true);
          GridTools::transform(
            [&](const Point<dim> &x) {
              const Tensor<1, dim> direction = (x - center) / x.distance(center);
              const double         shell =
                std::round(n_shells * (x.distance(center) - inner) / (outer - inner));
              return center + inner * std::pow(ratio, shell) * direction;
            },
            triangulation);
        }
    }

    /** A box, ball or annulus without its targets. */
    template <int dim>
    void
    create_mesh_with_targets(const DomainParameters &domain, Triangulation<dim> &triangulation)
    {
      std::vector<SphereWall<dim>> spheres;
      Point<dim>                   lower, upper;
      if (domain.has_shape("box"))
        {
          lower = to_point<dim>(domain.lower);
          upper = to_point<dim>(domain.upper);
        }
      else
        {
          const Point<dim> center  = to_point<dim>(domain.center);
          const bool       is_ball = domain.has_shape("ball");
          const double     radius  = is_ball ? domain.radius : domain.outer_radius;
          if (!is_ball)
            spheres.push_back({center, domain.inner_radius, 0});
          spheres.push_back({center, radius, is_ball ? 0U : 1U, true});
          for (unsigned int k = 0; k < dim; ++k)
            {
              lower[k] = center[k] - radius;
              upper[k] = center[k] + radius;
            }
        }
      const unsigned int n_outer = domain.outer_wall_names(dim).size();
      for (unsigned int k = 0; k < domain.target_list.size(); ++k)
        spheres.push_back(
          {to_point<dim>(domain.target_list[k].center), domain.target_list[k].radius, n_outer + k});
      create_sphere_mesh(lower, upper, spheres, triangulation);
    }

    std::string
    list(const std::vector<double> &numbers)
    {
      std::ostringstream out;
      for (std::size_t i = 0; i < numbers.size(); ++i)
        out << (i > 0 ? ", " : "") << numbers[i];
      return "(" + out.str() + ")";
    }
  } // namespace

  template <int dim>
  void
  create_coarse_mesh(const DomainParameters &domain,
                     Triangulation<dim>     &triangulation,
                     const WallLayers       &layers)
  {
    const bool is_orthant = !domain.mirror.empty();
    if constexpr (dim > 1)
      if (!domain.target_list.empty())
        return create_mesh_with_targets(domain, triangulation);
    if (domain.shape == "interval" || domain.shape == "box")
      {
        std::vector<std::vector<double>> faces = domain.inner_faces;
        for (unsigned int i = 0; i < faces.size(); ++i)
          for (double &face : faces[i])
            face = domain.lower[i] + face * (domain.upper[i] - domain.lower[i]);
        create_box_mesh(to_point<dim>(is_orthant ? domain.mirror : domain.lower),
                        to_point<dim>(domain.upper),
                        is_orthant,
                        layers,
                        faces,
                        triangulation);
      }
    else if (domain.shape == "whole space")
      create_whole_space_mesh(domain.whole_space, is_orthant, triangulation);
    else if constexpr (dim > 1)
      {
        if (domain.shape == "ball")
          {
            const Point<dim> center = to_point<dim>(domain.center);
            create_ball(is_orthant, layers, domain.inner_faces, triangulation);
            GridTools::scale(domain.radius, triangulation);
            GridTools::shift(center, triangulation);
            triangulation.set_manifold(0, SphericalManifold<dim>(center));
          }
        else if (domain.shape == "ellipsoid")
          create_ellipsoid(domain, layers, triangulation);
        else if (domain.shape == "annulus")
          create_annulus(domain, triangulation);
        else
          GmshMesh<dim>(domain.mesh_file, domain.round_walls).copy_to(triangulation);
      }
    Mirror<dim>(domain).mark_planes(triangulation);
  }

  std::set<types::boundary_id>
  boundary_ids(const DomainParameters &domain,
               const unsigned int      dimension,
               const BoundaryKind      kind)
  {
    const std::vector<std::string> names = domain.wall_names(dimension);
    std::set<types::boundary_id>   ids;
    for (unsigned int k = 0; k < names.size(); ++k)
      if (domain.walls.at(names[k]) == kind)
        ids.insert(domain.wall_ids(dimension)[k]);
    return ids;
  }

  std::string
  describe(const DomainParameters &domain, const unsigned int dimension)
  {
    std::ostringstream out;
    if (domain.has_shape("ball"))
      out << "ball |v - " << list(domain.center) << "| < " << domain.radius;
    else if (domain.shape == "ellipsoid" && domain.matrix.empty())
      out << "ellipsoid about " << list(domain.center) << " with semi-axes "
          << list(domain.semi_axes);
    else if (domain.shape == "ellipsoid")
      {
        out << "ellipsoid (v - c)^T S (v - c) < " << domain.radius
            << "^2, c = " << list(domain.center) << ", S = ";
        for (const std::vector<double> &row : domain.matrix)
          out << list(row);
      }
    else if (domain.has_shape("annulus"))
      out << (dimension == 2 ? "annulus " : "spherical shell ") << domain.inner_radius << " < |v - "
          << list(domain.center) << "| < " << domain.outer_radius;
    else if (domain.shape == "mesh file")
      out << "mesh of " << domain.mesh_file << "; " << domain.mesh_description;
    else if (domain.shape == "whole space")
      out << "whole space, tail index " << list(domain.whole_space.tail_index)
          << ", mesh of half width " << list(domain.whole_space.reach) << " in y, v = w* + S "
          << (domain.whole_space.is_radial ? "sinh(|y|) y/|y|" : "sinh y");
    else
      out << (domain.is_cut_whole_space
                ? "whole space, cut where the density is below exp(-80) of its maximum: "
                : "")
          << (dimension == 1 ? domain.shape : "box") << ' ' << list(domain.lower) << " < v < "
          << list(domain.upper);
    if (!domain.part_of_domain.empty())
      out << " (" << domain.part_of_domain << ")";
    for (unsigned int k = 0; k < domain.target_list.size(); ++k)
      out << (k == 0 ? " without |v - " : ", |v - ") << list(domain.target_list[k].center)
          << "| <= " << domain.target_list[k].radius;
    for (const std::string &name : domain.wall_names(dimension))
      out << (name == domain.wall_names(dimension).front() ? "; " : ", ") << name << ": "
          << name_of(domain.walls.at(name));
    return out.str();
  }

  template void
  create_coarse_mesh<1>(const DomainParameters &, Triangulation<1> &, const WallLayers &);
  template void
  create_coarse_mesh<2>(const DomainParameters &, Triangulation<2> &, const WallLayers &);
  template void
  create_coarse_mesh<3>(const DomainParameters &, Triangulation<3> &, const WallLayers &);
} // namespace dynkin
