// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "geometry/coarse_mesh.h"

#include <deal.II/grid/grid_generator.h>
#include <deal.II/grid/grid_tools.h>
#include <deal.II/grid/manifold_lib.h>
#include <deal.II/grid/tria.h>

#include "domain/annulus.h"
#include "domain/ball.h"
#include "domain/box.h"
#include "domain/ellipsoid.h"
#include "domain/euclidean_space.h"
#include "domain/gmsh_mesh.h"
#include "domain/mesh_file.h"
#include "domain/targets.h"
#include "geometry/box_mesh.h"
#include "geometry/linear_image_manifold.h"
#include "geometry/mirror.h"
#include "geometry/sphere_mesh.h"
#include "geometry/whole_space_mesh.h"
#include <Eigen/Eigenvalues>

#include <algorithm>
#include <array>
#include <cmath>

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

    /** What a coarse mesh depends on besides the shape. */
    struct Request
    {
      const DomainParameters &domain;
      const WallLayers       &layers;
      const bool              is_orthant;
    };

    /** Boxes of nearly cubic cells, with flat ones along walls with layers. */
    template <int dim>
    void
    create(const Box &box, const Request &request, Triangulation<dim> &triangulation)
    {
      std::vector<std::vector<double>> faces = request.domain.inner_faces;
      for (unsigned int i = 0; i < faces.size(); ++i)
        for (double &face : faces[i])
          face = box.lower[i] + face * (box.upper[i] - box.lower[i]);
      create_box_mesh(to_point<dim>(request.is_orthant ? request.domain.mirror : box.lower),
                      to_point<dim>(box.upper),
                      request.is_orthant,
                      request.layers,
                      faces,
                      triangulation);
    }

    template <int dim>
    void
    create(const EuclideanSpace &, const Request &request, Triangulation<dim> &triangulation)
    {
      create_whole_space_mesh(request.domain.whole_space, request.is_orthant, triangulation);
    }

    /** The unit ball, or its part with all x_i >= 0; with faces on further spheres. */
    template <int dim>
    void
    create_unit_ball(const Request                          &request,
                     const std::vector<std::vector<double>> &spheres,
                     Triangulation<dim>                     &triangulation)
    {
      const WallLayers   &layers = request.layers;
      std::vector<double> shells =
        layers.empty() ? std::vector<double>() : layer_sizes(layers.begin()->second);
      if (!spheres.empty())
        shells = cut_shells(shells, spheres.front());
      create_layered_ball(shells, request.is_orthant, triangulation);
    }

    /** With a spherical manifold on the surface. */
    template <int dim>
    void
    create(const Ball &ball, const Request &request, Triangulation<dim> &triangulation)
    {
      const Point<dim> center = to_point<dim>(ball.center);
      create_unit_ball(request, request.domain.inner_faces, triangulation);
      GridTools::scale(ball.radius, triangulation);
      GridTools::shift(center, triangulation);
      triangulation.set_manifold(0, SphericalManifold<dim>(center));
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

    /** The linear image of a ball. */
    template <int dim>
    void
    create(const Ellipsoid &ellipsoid, const Request &request, Triangulation<dim> &triangulation)
    {
      const Point<dim>     center = to_point<dim>(ellipsoid.center);
      const Tensor<2, dim> M      = inverse_root<dim>(ellipsoid.matrix);
      create_unit_ball(request, {}, triangulation);
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
    create(const Annulus &annulus, const Request &, Triangulation<dim> &triangulation)
    {
      const Point<dim>   center = to_point<dim>(annulus.center);
      const double       inner = annulus.inner_radius, outer = annulus.outer_radius;
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

    template <int dim>
    void
    create(const MeshFile &mesh, const Request &, Triangulation<dim> &triangulation)
    {
      GmshMesh<dim>(mesh.file_name, mesh.has_round_walls).copy_to(triangulation);
    }

    /** A box, ball or annulus without balls, see create_sphere_mesh(). */
    template <int dim>
    void
    create(const ShapeWithTargets &shape, const Request &, Triangulation<dim> &triangulation)
    {
      const Shape                 &whole = *shape.whole;
      std::vector<SphereWall<dim>> spheres;
      Point<dim>                   lower, upper;
      if (const Box *box = whole.as<Box>())
        {
          lower = to_point<dim>(box->lower);
          upper = to_point<dim>(box->upper);
        }
      else
        {
          const Point<dim> center  = to_point<dim>(whole.center);
          const auto      *annulus = whole.as<Annulus>();
          const double     radius  = annulus ? annulus->outer_radius : whole.as<Ball>()->radius;
          if (annulus)
            spheres.push_back({center, annulus->inner_radius, 0});
          spheres.push_back({center, radius, annulus ? 1U : 0U, true});
          for (unsigned int k = 0; k < dim; ++k)
            {
              lower[k] = center[k] - radius;
              upper[k] = center[k] + radius;
            }
        }
      unsigned int id = whole.wall_names.size();
      for (const Target &target : shape.targets)
        spheres.push_back({to_point<dim>(target.center), target.radius, id++});
      create_sphere_mesh(lower, upper, spheres, triangulation);
    }

    /** By the overload for the shape, which is one of these. */
    template <int dim, typename... Shapes>
    void
    create_one_of(const Request &request, Triangulation<dim> &triangulation)
    {
      const auto create_if = [&](const auto *shape) {
        if (shape != nullptr)
          create(*shape, request, triangulation);
        return shape != nullptr;
      };
      const bool is_created = (create_if(request.domain.shape->template as<Shapes>()) || ...);
      AssertThrow(is_created, ExcNotImplemented());
    }
  } // namespace

  template <int dim>
  void
  create_coarse_mesh(const DomainParameters &domain,
                     Triangulation<dim>     &triangulation,
                     const WallLayers       &layers)
  {
    const Request request = {domain, layers, !domain.mirror.empty()};
    if constexpr (dim == 1)
      create_one_of<1, Box, EuclideanSpace>(request, triangulation);
    else
      create_one_of<dim, Box, Ball, Ellipsoid, Annulus, MeshFile, EuclideanSpace, ShapeWithTargets>(
        request, triangulation);
    Mirror<dim>(domain).mark_planes(triangulation);
  }

  template void
  create_coarse_mesh<1>(const DomainParameters &, Triangulation<1> &, const WallLayers &);
  template void
  create_coarse_mesh<2>(const DomainParameters &, Triangulation<2> &, const WallLayers &);
  template void
  create_coarse_mesh<3>(const DomainParameters &, Triangulation<3> &, const WallLayers &);
} // namespace dynkin
