// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/simulation.h"

#include "discretization/resolve_start.h"
#include "discretization/resolve_weight.h"
#include "measure/functionals.h"
#include "output/print_result.h"
#include "output/vtu_writer.h"
#include "parameters/rewards.h"
#include "study/finite_coefficients.h"
#include "study/header.h"
#include "study/line_walls.h"
#include "study/memory.h"
#include "study/natural_weight.h"
#include "study/problem_table.h"
#include "utilities/available_memory.h"
#include "utilities/exceptions.h"

#include <algorithm>
#include <cmath>
#include <ctime>

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
  Simulation<dim>::Simulation(const Parameters &parameters, const Log &log)
    : log(log)
    , model(create_model<dim>(parameters.model))
    , parameters(with_usable_weight(
        with_line_walls(with_finite_coefficients(parameters, *model), *model, log),
        *model,
        log))
    , refinement(this->parameters.discretization, *model)
  {
  }

  template <int dim>
  void
  Simulation<dim>::check() const
  {
    announce(parameters, *model, log);
    const Mesh<dim> mesh =
      create_mesh(parameters, *model, refinement.wall_layers(parameters.domain));
    const auto n_cells = mesh.triangulation().n_global_active_cells();
    require_affordable(n_cells);
    require_points_inside(Discretization<dim>(mesh, parameters.discretization.degree),
                          parameters.quantities.points);
    log.line("coarse mesh", std::to_string(n_cells) + " cells; input is fine");
  }

  template <int dim>
  int
  Simulation<dim>::run()
  {
    announce(parameters, *model, log);
    Mesh<dim> mesh = create_mesh(parameters, *model, refinement.wall_layers(parameters.domain));
    require_affordable(mesh.triangulation().n_global_active_cells());
    try
      {
        mesh.refine_uniformly(parameters.discretization.refinements);
        refinement.prepare(mesh, running_rewards<dim>(parameters));
        if constexpr (dim > 1)
          if (const std::string &reward = parameters.quantities.terminal_reward; !reward.empty())
            resolve_on_walls(mesh, Formula<dim>(reward, {}));
        resolve_start(mesh, parameters.start, parameters.discretization.degree);
        if constexpr (dim == 1)
          if (parameters.kind->is_law)
            resolve_points(mesh, parameters.quantities.points, parameters.discretization.degree);
        reference   = find_reference<dim>(parameters);
        Level level = compute_resolved(mesh);
        while (!is_last(level) && refine(mesh, level))
          level = compute_resolved(mesh);
        std::string objection = level.computation->objection();
        if (objection.empty() && level.values.largest_estimate() >= 1.)
          objection = "no digit is left: " + level.values.largest_in_words() + "; refine the mesh";
        const bool is_enough =
          is_last(level) || parameters.discretization.is_enough(level.values.largest_estimate());
        write(level, is_enough && objection.empty());
        if (!objection.empty())
          throw NotAccurateEnough(objection);
        if (!is_enough)
          throw NotAccurateEnough(
            level.values.largest_in_words() + ", above Discretization/tolerance = " +
            format_number(parameters.discretization.tolerance) + ", and " + refinement.obstacle());
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
  Simulation<dim>::require_affordable(const unsigned long coarse_cells) const
  {
    const int last_refinement =
      parameters.discretization.refinements + std::max(parameters.study.convergence_cycles, 1U) - 1;
    const unsigned int degree = parameters.discretization.degree;
    const double       dofs   = coarse_cells * std::pow(std::ldexp(degree, last_refinement), dim);
    if (dofs > parameters.discretization.maximum_dofs)
      throw InputError("Discretization/refinements",
                       "leads to about " + format_number(dofs, 2) +
                         " unknowns on the finest mesh, more than Discretization/maximum dofs = " +
                         std::to_string(parameters.discretization.maximum_dofs));
    require_memory(dofs, degree, dim, parameters.discretization.tolerance > 0.);
  }

  template <int dim>
  void
  Simulation<dim>::compute(const Mesh<dim> &mesh, Level &level)
  {
    Timer              level_timer;
    const auto         cpu_start = std::clock();
    const unsigned int degree    = parameters.discretization.degree;
    {
      const Stopwatch watch(seconds.setup);
      level.computation =
        std::get<dim - 1>(problem_of(parameters).solution)(parameters, *model, mesh, degree, log);
    }
    const Discretization<dim> &space = level.computation->discretization();
    require_points_inside(space, parameters.quantities.points);
    log.line("mesh",
             std::to_string(mesh.triangulation().n_global_active_cells()) + " cells, degree " +
               std::to_string(degree) + ", " + std::to_string(space.dof_handler().n_dofs()) +
               " unknowns");
    level.computation->solve();
    seconds.cpu += static_cast<double>(std::clock() - cpu_start) / CLOCKS_PER_SEC;
    const SolverReport &report = level.computation->report();
    seconds.assembly += report.seconds_assembly;
    seconds.solve += report.seconds_solve;
    log.line("solver",
             report.method +
               (report.systems == 0
                  ? ""
                  : ", " + std::to_string(report.systems) + " systems, " +
                      std::to_string(report.iterations) + " iterations, relative residual " +
                      format_number(report.residual, 2)));
    double rounding = 0.;
    {
      const Stopwatch watch(seconds.estimate);
      level.values        = level.computation->evaluate();
      const double hidden = level.computation->hidden_error();
      const double factor = history.add(level.values);
      rounding            = factor * level.computation->rounding();
      level.values.enlarge(factor, hidden);
      level.computation->enlarge_estimates(factor, hidden);
    }
    refinement.record(level.values.largest_estimate(), rounding);
    if (reference.field && std::isfinite(static_cast<double>(level.computation->field().scale)))
      {
        const Stopwatch watch(seconds.output);
        level.errors =
          compute_errors(Sampler<dim>(space), level.computation->field(), *reference.field);
      }
    table.add({mesh.triangulation().n_global_active_cells(),
               space.dof_handler().n_dofs(),
               level.errors,
               static_cast<double>(level.values.list.front().number.value),
               static_cast<double>(level.values.list.front().number.error),
               level_timer.wall_time()});
  }

  template <int dim>
  typename Simulation<dim>::Level
  Simulation<dim>::compute_resolved(Mesh<dim> &mesh)
  {
    for (unsigned int attempt = 0;; ++attempt)
      {
        Level level;
        try
          {
            compute(mesh, level);
            return level;
          }
        catch (const ConvergenceError &error)
          {
            const dealii::Vector<float> unresolved = level.computation->indicators();
            level                                  = Level();
            const bool is_beyond_range = dynamic_cast<const WeightRangeError *>(&error) != nullptr;
            if (is_beyond_range && attempt >= (dim == 1 ? 3 : 1))
              throw;
            if (!refinement.resolve(mesh, unresolved, attempt))
              throw;
            log.line("refined", "this mesh is too coarse: " + std::string(error.what()));
          }
      }
  }

  template <int dim>
  bool
  Simulation<dim>::is_last(const Level &level) const
  {
    return parameters.discretization.tolerance > 0.
             ? parameters.discretization.is_reached(
                 level.values.largest_estimate(),
                 level.computation->discretization().dof_handler().n_dofs())
             : table.size() >= parameters.study.convergence_cycles;
  }

  template <int dim>
  bool
  Simulation<dim>::refine(Mesh<dim> &mesh, Level &level)
  {
    const Computation<dim> &computation = *level.computation;
    const auto              n_dofs      = computation.discretization().dof_handler().n_dofs();
    if (!refinement.can_improve() || !refinement.mark(mesh, computation.indicators(), n_dofs))
      return false;
    const double residual = computation.report().residual;
    level                 = Level(); // free the memory first
    refinement.refine(mesh, residual);
    return true;
  }

  template <int dim>
  void
  Simulation<dim>::write(const Level &level, const bool converged)
  {
    const Discretization<dim> &space  = level.computation->discretization();
    const SolverReport        &report = level.computation->report();
    Result                     result = header(parameters, converged);
    result.numbers.update({{"cells", space.mesh().triangulation().n_global_active_cells()},
                           {"dofs", space.dof_handler().n_dofs()},
                           {"degree", space.degree()},
                           {"symmetry", !parameters.domain.mirror.empty()},
                           {"ranks", Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD)},
                           {"solver",
                            {{"method", report.method},
                             {"systems", report.systems},
                             {"iterations", report.iterations},
                             {"relative residual", report.residual}}}});
    const ResultFiles files(parameters.output.directory, MPI_COMM_WORLD);
    {
      const Stopwatch watch(seconds.output);
      level.computation->complete();
      result.include(level.computation->results(level.values, Sampler<dim>(space)), result.numbers);
      const Result errors = reference.errors(level.errors, result.numbers);
      if (!errors.lines.empty())
        result.include(errors, result.numbers["errors"]);
      print(result, log);
      if (table.size() > 1)
        {
          result.numbers["convergence"] = table.record();
          log.text("\n" + table.text());
          files.write("convergence.txt", table.text());
          files.write("convergence.csv", table.csv());
        }
      files.write("parameters.prm", parameters.text);
      if (parameters.output.vtu)
        write_vtu(fields(level), *model, level.computation->indicators(), files);
    }
    result.numbers.update(
      {{"seconds",
        {{"setup", seconds.setup},
         {"assembly", seconds.assembly},
         {"solve", seconds.solve},
         {"error estimate", seconds.estimate},
         {"output", seconds.output},
         {"total", timer.wall_time()},
         {"CPU of assembly and solve", Utilities::MPI::sum(seconds.cpu, MPI_COMM_WORLD)}}},
       {"peak memory MB", peak_memory() / 1048576.}});
    dynkin::write(result, files);
    log.line("written",
             parameters.output.directory + "/: results.json, parameters.prm" +
               (parameters.output.vtu ? ", solution.vtu" : "") +
               (table.size() > 1 ? ", convergence.txt, convergence.csv" : "") + "  (" +
               format_number(timer.wall_time(), 3) + " s)");
  }

  template <int dim>
  std::vector<FieldFile<dim>>
  Simulation<dim>::fields(const Level &level) const
  {
    std::vector<FieldFile<dim>> files = level.computation->fields();
    if (!parameters.model.group_sizes.empty() && parameters.model.weight_tail_index == 0.)
      // densities in R^d whose weight is not one at r = 0
      for (FieldFile<dim> &file : files)
        file.fields.erase(std::remove_if(file.fields.begin(),
                                         file.fields.end(),
                                         [](const NamedField<dim> &named) {
                                           return named.field.weight != nullptr;
                                         }),
                          file.fields.end());
    return files;
  }

  template <int dim>
  void
  Simulation<dim>::write_failure(const std::string &reason)
  {
    Result result            = header(parameters, false);
    result.numbers["reason"] = reason;
    if (table.size() > 0)
      result.numbers["convergence"] = table.record();
    const ResultFiles files(parameters.output.directory, MPI_COMM_WORLD);
    files.write("parameters.prm", parameters.text);
    dynkin::write(result, files);
  }

  template class Simulation<1>;
  template class Simulation<2>;
  template class Simulation<3>;
} // namespace dynkin
