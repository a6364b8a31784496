// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "app/simulation.h"

#include "app/moment_errors.h"
#include "app/result_files.h"
#include "geometry/shapes.h"
#include "output/functionals.h"
#include "utilities/exceptions.h"

#include <algorithm>
#include <cmath>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    /** All systems were solved, but the error estimate is above the tolerance asked for. */
    class NotAccurateEnough : public ConvergenceError
    {
    public:
      using ConvergenceError::ConvergenceError;
    };
  } // namespace

  template <int dim>
  Simulation<dim>::Simulation(const Parameters  &parameters,
                              const std::string &used_parameters,
                              const Log         &log)
    : parameters(parameters)
    , used_parameters(used_parameters)
    , log(log)
    , model(create_model<dim>(parameters.model))
  {
  }

  template <int dim>
  void
  Simulation<dim>::check() const
  {
    announce();
    const Mesh<dim> mesh(parameters.domain, MPI_COMM_WORLD);
    const auto      n_cells = mesh.triangulation().n_global_active_cells();
    require_affordable(n_cells);
    require_points_inside(Discretization<dim>(mesh, parameters.discretization.degree),
                          parameters.quantities.points);
    log.line("coarse mesh", std::to_string(n_cells) + " cells; input is fine");
  }

  template <int dim>
  int
  Simulation<dim>::run()
  {
    announce();
    Mesh<dim> mesh(parameters.domain, MPI_COMM_WORLD);
    require_affordable(mesh.triangulation().n_global_active_cells());
    try
      {
        mesh.refine_uniformly(parameters.discretization.refinements);
        reference   = find_reference<dim>(parameters);
        Level level = compute(mesh);
        while (!is_last(level) && can_refine(level))
          {
            level = Level(); // free the memory first
            mesh.refine_uniformly(1);
            level = compute(mesh);
          }
        write(level, is_last(level));
        if (!is_last(level))
          throw NotAccurateEnough("the error estimate is still above Discretization/tolerance = " +
                                  format_number(parameters.discretization.tolerance) +
                                  ", and the next mesh would have more unknowns than "
                                  "Discretization/maximum dofs = " +
                                  std::to_string(parameters.discretization.maximum_dofs));
        return 0;
      }
    catch (const NotAccurateEnough &)
      {
        throw; // the results so far are written
      }
    catch (const ConvergenceError &error)
      {
        write_failure(error.what());
        throw;
      }
  }

  template <int dim>
  void
  Simulation<dim>::announce() const
  {
    const bool is_exit_time = parameters.problem == "exit time";
    log.text(std::string("dynkin ") + DYNKIN_VERSION + ": " + parameters.problem +
             ", d = " + std::to_string(dim));
    log.line("equation",
             is_exit_time ? "A f = 1/2 a : grad grad f + b . grad f = -1,  f(x) = E[tau | X_0 = x]"
                          : "A* p = -div J = 0,  J = b p - 1/2 div(a p),  int p = 1");
    log.line("boundary",
             is_exit_time ? "f = 0 on absorbing walls, a grad f . n = 0 on reflecting walls"
                          : "J . n = 0 (reflecting walls)");
    log.line("model", model->formula());
    log.line("domain", describe(parameters.domain, dim));
  }

  template <int dim>
  void
  Simulation<dim>::require_affordable(const unsigned long coarse_cells) const
  {
    const unsigned int last_refinement =
      parameters.discretization.refinements + std::max(parameters.study.convergence_cycles, 1U) - 1;
    const double dofs =
      coarse_cells *
      std::pow(std::pow(2., last_refinement) * parameters.discretization.degree, dim);
    if (dofs > parameters.discretization.maximum_dofs)
      throw InputError("Discretization/refinements",
                       "leads to about " + format_number(dofs, 2) +
                         " unknowns on the finest mesh, more than Discretization/maximum dofs = " +
                         std::to_string(parameters.discretization.maximum_dofs));
  }

  template <int dim>
  typename Simulation<dim>::Level
  Simulation<dim>::compute(const Mesh<dim> &mesh)
  {
    Timer              level_timer;
    const unsigned int degree = parameters.discretization.degree;
    Level              level;
    {
      const Stopwatch watch(seconds.setup);
      level.computation = create_computation(parameters, *model, mesh, degree, log);
    }
    const Discretization<dim> &space = level.computation->discretization();
    require_points_inside(space, parameters.quantities.points);
    log.line("mesh",
             std::to_string(mesh.triangulation().n_global_active_cells()) + " cells, degree " +
               std::to_string(degree) + ", " + std::to_string(space.dof_handler().n_dofs()) +
               " unknowns");
    level.computation->solve();
    const SolverReport &report = level.computation->report();
    seconds.assembly += report.seconds_assembly;
    seconds.solve += report.seconds_solve;
    log.line("solver",
             report.method + ", " + std::to_string(report.systems) + " systems, " +
               std::to_string(report.iterations) + " iterations, relative residual " +
               format_number(report.residual, 2));

    estimate_errors(mesh, level);
    if (reference)
      {
        const Stopwatch watch(seconds.output);
        level.errors = compute_errors(Sampler<dim>(space), level.computation->field(), *reference);
      }
    table.add({mesh.triangulation().n_global_active_cells(),
               space.dof_handler().n_dofs(),
               level.errors,
               level.values.values.front(),
               level.values.estimates.front(),
               level_timer.wall_time()});
    return level;
  }

  template <int dim>
  void
  Simulation<dim>::estimate_errors(const Mesh<dim> &mesh, Level &level)
  {
    const Stopwatch    watch(seconds.estimate);
    const unsigned int degree           = parameters.discretization.degree;
    const unsigned int companion_degree = degree > 1 ? degree - 1 : 2;
    const auto companion = create_computation(parameters, *model, mesh, companion_degree, log);
    companion->solve();

    PointValues &result = level.values;
    result.points       = parameters.quantities.points;
    result.values       = point_values(level.computation->field(), result.points);
    const auto others   = point_values(companion->field(), result.points);
    for (unsigned int k = 0; k < result.values.size(); ++k)
      result.estimates.push_back(std::abs(result.values[k] - others[k]) +
                                 level.computation->rounding() * std::abs(result.values[k]));
  }

  template <int dim>
  bool
  Simulation<dim>::is_last(const Level &level) const
  {
    return parameters.discretization.tolerance > 0.
             ? reached_tolerance(level)
             : table.size() >= parameters.study.convergence_cycles;
  }

  template <int dim>
  bool
  Simulation<dim>::can_refine(const Level &level) const
  {
    return level.computation->discretization().dof_handler().n_dofs() * std::pow(2., dim) <=
           parameters.discretization.maximum_dofs;
  }

  template <int dim>
  bool
  Simulation<dim>::reached_tolerance(const Level &level) const
  {
    for (unsigned int k = 0; k < level.values.values.size(); ++k)
      if (!(level.values.estimates[k] <=
            parameters.discretization.tolerance * std::abs(level.values.values[k])))
        return false;
    return true;
  }

  template <int dim>
  Json
  Simulation<dim>::header(const bool converged) const
  {
    return {{"program", "dynkin"},
            {"version", DYNKIN_VERSION},
            {"problem", parameters.problem},
            {"dimension", dim},
            {"converged", converged}};
  }

  template <int dim>
  void
  Simulation<dim>::write(const Level &level, const bool converged)
  {
    const Discretization<dim> &space  = level.computation->discretization();
    Json                       result = header(converged);
    result["cells"]                   = space.mesh().triangulation().n_global_active_cells();
    result["dofs"]                    = space.dof_handler().n_dofs();
    result["degree"]                  = space.degree();
    result["ranks"]                   = Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD);
    const SolverReport &report        = level.computation->report();
    result["solver"]                  = {{"method", report.method},
                                         {"systems", report.systems},
                                         {"iterations", report.iterations},
                                         {"relative residual", report.residual}};

    const ResultFiles files(parameters.output.directory, MPI_COMM_WORLD);
    {
      const Stopwatch watch(seconds.output);
      result.update(level.computation->results(level.values, Sampler<dim>(space)));
      if (level.errors)
        result["errors"] = error_report(reference->name, *level.errors, log);
      if (parameters.problem == "stationary density")
        {
          const Json moments =
            moment_errors(parameters, Sampler<dim>(space), level.computation->field());
          if (!moments.is_null())
            result["errors"]["moments"] = moments;
        }
      if (table.size() > 1)
        {
          result["convergence"] = table.json();
          log.text("\n" + table.text());
          files.write("convergence.txt", table.text());
          files.write("convergence.csv", table.csv());
        }
      files.write("parameters.prm", used_parameters);
      if (parameters.output.vtu)
        level.computation->write_vtu(files.path("solution.vtu"));
    }

    Utilities::System::MemoryStats memory;
    Utilities::System::get_memory_stats(memory);
    result["seconds"]        = {{"setup", seconds.setup},
                                {"assembly", seconds.assembly},
                                {"solve", seconds.solve},
                                {"error estimate", seconds.estimate},
                                {"output", seconds.output},
                                {"total", timer.wall_time()}};
    result["peak memory MB"] = Utilities::MPI::sum(memory.VmHWM / 1024., MPI_COMM_WORLD);
    files.write("results.json", result.dump(2) + "\n");
    log.line("written",
             parameters.output.directory + "/: results.json, parameters.prm" +
               (parameters.output.vtu ? ", solution.vtu" : "") +
               (table.size() > 1 ? ", convergence.txt, convergence.csv" : "") + "  (" +
               format_number(timer.wall_time(), 3) + " s)");
  }

  template <int dim>
  void
  Simulation<dim>::write_failure(const std::string &reason)
  {
    Json result      = header(false);
    result["reason"] = reason;
    if (table.size() > 0)
      result["convergence"] = table.json();
    const ResultFiles files(parameters.output.directory, MPI_COMM_WORLD);
    files.write("parameters.prm", used_parameters);
    files.write("results.json", result.dump(2) + "\n");
  }

  template class Simulation<1>;
  template class Simulation<2>;
  template class Simulation<3>;
} // namespace dynkin
