// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <deal.II/fe/mapping_q.h>
#include <deal.II/grid/grid_generator.h>
#include <deal.II/grid/grid_out.h>
#include <deal.II/grid/grid_tools.h>

#include "domain/gmsh_mesh.h"
#include "geometry/coarse_mesh.h"
#include "measure/functionals.h"
#include "problem/exit_time.h"
#include "problems.h"
#include "utilities/exceptions.h"

#include <filesystem>
#include <fstream>

using namespace dealii;
using namespace dynkin;
using namespace dynkin::tests;

namespace
{
  const std::string meshes = std::string(DYNKIN_SOURCE_DIR) + "/meshes/";

  /** Brownian motion, but for a drift of 1e-14: 1/2 noise Laplace f = -1 with noise = 0.5. */
  template <int dim>
  std::vector<double>
  brownian_exit_times(const std::string                      &entries,
                      const std::vector<std::vector<double>> &points,
                      const unsigned int                      degree,
                      const unsigned int                      refinements)
  {
    const Parameters parameters = parse(
      "exit time",
      decoupled(dim, "0.5", "1e-14, 1e-14, 1e-14", "1, 1, 1", "0, 0, 0") + domain(entries) +
        "subsection Quantities\n set points = 0.6" + (dim == 2 ? ", 0" : ", 0, 0") + "\nend\n");
    const Setup<dim> setup(parameters, degree, refinements);
    ExitTime<dim>    problem(setup.form, parameters.solver, silent);
    problem.solve(1);
    return point_values(problem.moment(1), points);
  }

  template <int dim>
  double
  volume(const std::string &entries, const unsigned int degree, const unsigned int refinements)
  {
    const Parameters parameters =
      parse("exit time",
            decoupled(dim, "0.5") + domain(entries) + "subsection Quantities\n set points = 0.9" +
              (dim == 2 ? ", 0" : ", 0, 0") + "\nend\n");
    const Setup<dim> setup(parameters, degree, refinements);
    return GridTools::volume(setup.mesh.triangulation(), setup.space.mapping());
  }
} // namespace

TEST_CASE("volumes of ellipsoids and annuli", "[geometry]")
{
  const auto pi = Approx(numbers::PI).epsilon(1e-12);
  CHECK(volume<2>(" set shape = ellipsoid\n set semi-axes = 2, 0.5", 10, 1) == pi);
  // det S = 4, radius^2 / sqrt(det S) = 1
  CHECK(volume<2>(
          " set shape = ellipsoid\n set matrix = 2, 1; 1, 2.5\n set radius = 1.41421356237309505",
          10,
          1) == pi);
  CHECK(volume<3>(" set shape = ellipsoid\n set semi-axes = 1, 2, 0.375", 8, 1) ==
        Approx(numbers::PI).epsilon(1e-9));
  CHECK(volume<2>(
          " set shape = annulus\n set inner radius = 0.75\n set outer radius = 1.25", 10, 0) == pi);
  CHECK(volume<2>(" set shape = annulus\n set inner radius = 1e-3\n set outer radius = 1", 10, 0) ==
        Approx(numbers::PI * (1. - 1e-6)).epsilon(1e-12));
  CHECK(volume<3>(" set shape = annulus\n set inner radius = 0.5\n set outer radius = 1", 8, 1) ==
        Approx(7. / 6. * numbers::PI).epsilon(1e-9));
}

TEST_CASE("Brownian exit from an ellipsoid", "[geometry]")
{
  // f = (1 - sum_i x_i^2 / s_i^2) / (noise sum_i 1 / s_i^2)
  const double x = 0.5 - 0.1, y = 0.2 - 0.2;
  CHECK(brownian_exit_times<2>(
          " set shape = ellipsoid\n set semi-axes = 1, 0.5\n set center = 0.1, 0.2",
          {{0.5, 0.2}},
          4,
          1)[0] == Approx((1. - x * x - 4. * y * y) / (0.5 * 5.)).epsilon(1e-9));
  // f = (1 - x^T S x) / (noise tr S)
  CHECK(brownian_exit_times<2>(
          " set shape = ellipsoid\n set matrix = 2, 1; 1, 2.5", {{0.3, -0.1}}, 6, 1)[0] ==
        Approx((1. - 0.18 + 0.06 - 0.025) / (0.5 * 4.5)).epsilon(1e-9));
  CHECK(
    brownian_exit_times<3>(
      " set shape = ellipsoid\n set semi-axes = 1, 1.5, 2", {{0.3, 0.2, 0.1}}, 4, 1)[0] ==
    Approx((1. - 0.09 - 0.04 / 2.25 - 0.01 / 4.) / (0.5 * (1. + 1. / 2.25 + 0.25))).epsilon(1e-7));
}

TEST_CASE("Brownian exit from an annulus and a shell", "[large]")
{
  const double R = 1., a = 0.2, r = 0.6;
  const auto   exit_time = [&](const double power, const double harmonic) {
    return ((R * R - r * r) - (R * R - a * a) * harmonic) / (power * 0.5);
  };
  const std::string shape =
    " set shape = annulus\n set inner radius = 0.2\n set outer radius = 1\n";
  CHECK(brownian_exit_times<2>(shape, {{0.36, 0.48}}, 8, 2)[0] ==
        Approx(exit_time(2., std::log(R / r) / std::log(R / a))).epsilon(1e-9));
  CHECK(brownian_exit_times<3>(shape, {{0.6, 0., 0.}}, 6, 1)[0] ==
        Approx(exit_time(3., (1. / r - 1. / R) / (1. / a - 1. / R))).epsilon(1e-5));
  // only the inner circle absorbs: f' = 0 at R
  CHECK(
    brownian_exit_times<2>(shape + " set boundary = outer: reflecting", {{0., -0.6}}, 8, 2)[0] ==
    Approx((2. * R * R * std::log(r / a) - (r * r - a * a)) / (2. * 0.5)).epsilon(1e-9));
}

TEST_CASE("the walls of a mesh file are its physical groups", "[geometry]")
{
  const GmshMesh<2> window(meshes + "window.msh", true);
  CHECK(window.walls() == std::map<unsigned int, std::string>{{1, "window"}, {2, "wall"}});
  CHECK(window.description() == "window, wall on the circle |v - (0, 0)| = 1");
  const GmshMesh<2> slit(meshes + "slit.msh", true);
  CHECK(slit.walls() == std::map<unsigned int, std::string>{{1, "sides"}, {2, "slit"}});
  CHECK(slit.description() == "sides, slit of flat faces");
  CHECK(GmshMesh<2>(meshes + "window.msh", false).description() == "window, wall of flat faces");

  const std::string file = " set shape = mesh file\n set mesh file = " + meshes;
  CHECK(volume<2>(file + "window.msh", 10, 0) == Approx(numbers::PI).epsilon(1e-12));
  CHECK(volume<2>(file + "window.msh\n set round walls = false", 2, 0) < 3.14);
  CHECK(volume<2>(file + "slit.msh", 1, 0) == Approx(4.).epsilon(1e-12));

  const auto kinds = [&](const std::string &boundary) {
    return parse("exit time",
                 decoupled(2, "0.5") + domain(file + "window.msh\n set boundary = " + boundary))
      .domain;
  };
  for (const std::string text : {"wall: reflecting", "2: reflecting", "1:absorbing, 2:reflecting"})
    CHECK(kinds(text).boundary_ids(BoundaryKind::reflecting) == std::set<types::boundary_id>{2});
  CHECK_THROWS_AS(kinds("0: absorbing"), InputError);
}

TEST_CASE("a sphere in a mesh file is round if it is closed", "[geometry]")
{
  const auto read = [](const Triangulation<3> &triangulation) {
    const std::string name = "dynkin_test_" + std::to_string(getpid()) + ".msh";
    const auto        file = std::filesystem::temp_directory_path() / name;
    {
      std::ofstream out(file);
      out.precision(17);
      GridOut().write_msh(triangulation, out);
    }
    const GmshMesh<3> mesh(file, true);
    std::filesystem::remove(file);
    Triangulation<3> copy;
    mesh.copy_to(copy);
    return std::make_pair(mesh.description(), GridTools::volume(copy, MappingQ<3>(8)));
  };
  Triangulation<3> ball, half_ball;
  GridGenerator::hyper_ball_balanced(ball, Point<3>(1., 0., 0.), 0.5);
  ball.refine_global(1);
  const auto [round, round_volume] = read(ball);
  CHECK(round == "boundary on the sphere |v - (1, 0, 0)| = 0.5");
  CHECK(round_volume == Approx(numbers::PI / 6.).epsilon(1e-7));
  GridGenerator::half_hyper_ball(half_ball);
  half_ball.refine_global(2);
  CHECK(read(half_ball).first == "boundary of flat faces");
}

TEST_CASE("a slit can be left through from both sides", "[geometry]")
{
  const std::string file = " set shape = mesh file\n set mesh file = " + meshes + "slit.msh\n";
  const auto        f    = brownian_exit_times<2>(
    file + " set boundary = sides: reflecting", {{0.5, 0.1}, {0.5, -0.1}, {-1., 0.}}, 4, 2);
  CHECK(f[0] == Approx(f[1]).epsilon(1e-9));
  CHECK(f[0] < f[2]);
}

TEST_CASE("narrow escape from the disk through a window", "[geometry]")
{
  // noise f(z) = (1 - |z|^2)/2 + 2 log |(1 - z + sqrt((1 - z e^(-i w)) (1 - z e^(i w)))) / (2 sin(w/2))|
  // for a window of half angle w about 1 (Caginalp and Chen, Arch. Rational Mech. Anal. 203, 2012)
  const auto f = brownian_exit_times<2>(" set shape = mesh file\n set boundary = wall: reflecting\n"
                                        " set mesh file = " +
                                          meshes + "window.msh",
                                        {{0., 0.}, {-0.5, 0.}, {0.9, 0.}},
                                        8,
                                        0);
  CHECK(f[0] == Approx(9.144725462764862).epsilon(1e-9));
  CHECK(f[1] == Approx(10.501355083488182).epsilon(1e-9));
  CHECK(f[2] == Approx(1.55347129592126).epsilon(1e-8));
}

TEST_CASE("points outside of a mesh file are refused", "[geometry]")
{
  const std::string file = " set shape = mesh file\n set mesh file = " + meshes + "slit.msh\n";
  CHECK_THROWS_AS(brownian_exit_times<2>(file, {{1.01, 0.5}}, 1, 0), InputError);
  CHECK_NOTHROW(brownian_exit_times<2>(file, {{1., 0.5}}, 1, 0));
}
