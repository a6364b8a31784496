// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <deal.II/base/mpi.h>
#include <deal.II/base/timer.h>
#include <deal.II/base/utilities.h>

#include <cmath>
#include <iostream>

#include <nlohmann/json.hpp>

#include "discretization/resolve_weight.h"
#include "linear_algebra/linear_solver.h"
#include "parameters/parameter_file.h"
#include "study/problem_table.h"

using namespace dealii;
using namespace dynkin;

/**
 * Problem B2 in the whole ball, once, on all processes; with a learning rate eta the radial
 * problem h = sigma = rho = 1 on a mesh with flat cells along the wall, as thin as the layer
 * there, in which the weight falls by no more than exp(-8) within a cell:
 *
 *   solve_ball DEGREE REFINEMENTS [ETA]
 *
 * A fraction in REFINEMENTS, as in 4.1, is the share of the ball, around the centre, that is
 * refined once more.
 *
 * Writes one line of JSON: seconds, iterations, and what the processes hold and exchange.
 * A ghost is an unknown of another process, of which each operator application receives a value.
 */
namespace
{
  constexpr int    dim          = 3;
  constexpr double largest_fall = 8.; // of the logarithm of the weight in a cell, for iterations

  std::string
  text(const std::string &eta)
  {
    return "set problem = exit time\nset dimension = 3\nsubsection Model\n set type = decoupled\n"
           " set learning rate = " +
           (eta.empty() ? "0.5\n subsection decoupled\n  set h = 1, 2, 3\n"
                          "  set sigma = 1, 0.5, 0.8\n  set rho = 1, 2, 0.5\n"
                        : eta + "\n subsection decoupled\n  set h = 1, 1, 1\n"
                                "  set sigma = 1, 1, 1\n  set rho = 1, 1, 1\n") +
           " end\nend\nsubsection Domain\n set shape = ball\n set radius = 1\nend\n";
  }

  /** Smallest, largest and mean over the processes. */
  nlohmann::json
  over_processes(const double value)
  {
    const auto all = Utilities::MPI::min_max_avg(value, MPI_COMM_WORLD);
    return {{"min", all.min}, {"max", all.max}, {"mean", all.avg}};
  }

  /** Of the unit ball, around the centre. */
  void
  refine_share(Mesh<dim> &mesh, const double share)
  {
    if (share <= 0.)
      return;
    dealii::Vector<float> inside(mesh.triangulation().n_active_cells());
    for (const auto &cell : mesh.triangulation().active_cell_iterators())
      inside[cell->active_cell_index()] = share - std::pow(cell->center().norm(), dim);
    mesh.mark(inside, 0.);
    mesh.refine_marked();
  }

  nlohmann::json
  solve(const unsigned int degree, const double refinements, const std::string &eta)
  {
    Parameters parameters = ParameterFile("scaling.prm", text(eta), problem_kinds()).read();
    parameters.domain.mirror.clear(); // the whole ball
    const auto model = create_model<dim>(parameters.model);
    const Log  silent(false);
    Timer      timer(MPI_COMM_WORLD, true);
    Mesh<dim>  mesh(parameters.domain,
                   MPI_COMM_WORLD,
                   eta.empty() ? WallLayers() : find_wall_layers(parameters.domain, *model));
    mesh.refine_uniformly(static_cast<unsigned int>(refinements));
    refine_share(mesh, refinements - std::floor(refinements));
    if (!eta.empty())
      resolve_weight(mesh, *model, largest_fall);
    const Discretization<dim> space(mesh, degree);
    const GeneratorForm<dim>  form(*model, space, "natural");
    SolverParameters          solver_parameters;
    solver_parameters.type = "multigrid";
    LinearSolver<dim> solver(
      form, Direction::backward, {true, model->center()}, solver_parameters, silent, "ball");
    dynkin::Vector x, b;
    form.initialize(x);
    form.load(b);
    const double set_up = timer.wall_time();
    solver.solve(x, b);

    Utilities::System::MemoryStats memory;
    Utilities::System::get_memory_stats(memory);
    return {{"ranks", Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD)},
            {"degree", degree},
            {"dofs", space.dof_handler().n_dofs()},
            {"iterations", solver.report().iterations},
            {"sweeps", solver.report().sweeps},
            {"relative residual", solver.report().residual},
            {"seconds of set-up", set_up},
            {"seconds of the solve", timer.wall_time() - set_up},
            {"dofs per rank", over_processes(x.locally_owned_size())},
            {"ghosts per rank", over_processes(x.get_partitioner()->n_ghost_indices())},
            {"neighbours per rank", over_processes(x.get_partitioner()->ghost_targets().size())},
            {"MB per rank", over_processes(memory.VmHWM / 1024.)}};
  }
} // namespace

int
main(int argc, char *argv[])
{
  Utilities::MPI::MPI_InitFinalize mpi(argc, argv, 1);
  if (argc != 3 && argc != 4)
    {
      std::cerr << "usage: " << argv[0] << " DEGREE REFINEMENTS [ETA]" << std::endl;
      return 1;
    }
  const nlohmann::json results =
    solve(std::stoi(argv[1]), std::stod(argv[2]), argc == 4 ? argv[3] : "");
  if (Utilities::MPI::this_mpi_process(MPI_COMM_WORLD) == 0)
    std::cout << results.dump() << std::endl;
  return 0;
}
