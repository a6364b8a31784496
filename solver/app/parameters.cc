// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "app/parameters.h"

#include "app/whole_space.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "utilities/exceptions.h"
#include "utilities/parameter_entries.h"

namespace dynkin
{
  namespace
  {
    const std::vector<Choice> problems = {
      {"exit time", "mean time until the process leaves through an absorbing wall, A f = -1"},
      {"stationary density", "long-time distribution between reflecting walls, A* p = 0"},
      {"theory",
       "what is known in closed form or by quadrature, in any dimension, without a mesh"}};
    const Range any_dimension  = Ranges::integers(1, 500);
    const Range mesh_dimension = Ranges::integers(1, 3);
    const Range moment_counts  = Ranges::integers(1, 20);
    const Range cycle_counts   = Ranges::integers(0, 20);

    void
    check_walls(const DomainParameters &domain, const bool is_exit_problem)
    {
      const bool any_absorbing =
        std::any_of(domain.walls.begin(), domain.walls.end(), [](const auto &wall) {
          return wall.second == BoundaryKind::absorbing;
        });
      if (is_exit_problem && !any_absorbing)
        throw InputError("Domain/boundary",
                         "needs at least one absorbing wall for problem = exit time (nothing ever "
                         "leaves through reflecting walls)");
      if (!is_exit_problem && any_absorbing)
        throw InputError("Domain/boundary",
                         "needs reflecting walls only for problem = stationary density (everything "
                         "would leave through an absorbing wall)");
    }

    void
    check_exit_set(const DomainParameters &domain, const unsigned int dimension)
    {
      const bool is_interval = dimension == 1 && domain.shape != "whole space";
      if (!domain.exit_set.empty() &&
          !(is_interval && (domain.exit_set == "left" || domain.exit_set == "right")))
        throw InputError("Domain/exit set", "needs left or right, and an interval");
    }

    void
    check_points(const std::vector<std::vector<double>> &points, const Parameters &parameters)
    {
      const std::string d = std::to_string(parameters.dimension);
      for (unsigned int i = 0; i < points.size(); ++i)
        {
          const std::string point = "point " + std::to_string(i + 1);
          if (points[i].size() != parameters.dimension)
            throw InputError("Quantities/points",
                             "needs " + d + " numbers per point (dimension = " + d +
                               ") and ';' between points, but " + point + " has " +
                               std::to_string(points[i].size()));
          if (!parameters.domain.contains(points[i]))
            throw InputError("Quantities/points",
                             "needs points inside the closed domain, but " + point +
                               " is outside the " + parameters.domain.shape);
        }
    }

    /** Can the directory be made or written to? Looks only, creates nothing. */
    void
    check_directory(const std::string &directory)
    {
      namespace fs             = std::filesystem;
      fs::path        existing = fs::absolute(directory).lexically_normal();
      std::error_code error;
      for (const fs::path &name : existing)
        if (name.native().size() > 255)
          throw InputError("Output/directory", "needs names of at most 255 characters");
      while (!fs::exists(fs::status(existing, error)) && existing != existing.root_path())
        existing = existing.parent_path();
      if (!fs::is_directory(existing, error))
        throw InputError("Output/directory",
                         "needs a directory, but '" + existing.string() + "' is a file");
      if (access(existing.c_str(), W_OK | X_OK) != 0)
        throw InputError("Output/directory",
                         "needs a directory with permission to write, which '" + existing.string() +
                           "' does not give");
    }
  } // namespace

  void
  QuantityParameters::add_parameters(dealii::ParameterHandler &prm)
  {
    prm.enter_subsection("Quantities");
    add_entry(prm,
              "points",
              points,
              "Where values are reported [length]: `dimension` numbers per point, points separated "
              "by ';', all inside the closed domain. Not set: Model/center.",
              table_pattern(Ranges::any));
    add_entry(prm,
              "times",
              times,
              "Times t >= 0 [time] at which P(tau > t) is reported; several separated by ','. Only "
              "for problem = theory.",
              list_pattern(Ranges::non_negative));
    add_entry(prm,
              "moments",
              moments,
              "How many moments E tau^n [time^n], n = 1, 2, ..., of the exit time are computed, 1 "
              "to 20. More than 1 only for problem = exit time and theory.",
              number_pattern(moment_counts));
    prm.leave_subsection();
  }

  void
  StudyParameters::add_parameters(dealii::ParameterHandler &prm)
  {
    prm.enter_subsection("Study");
    add_entry(prm,
              "convergence cycles",
              convergence_cycles,
              "Number of meshes of a convergence study, 0 to 20, dimensionless; each has the cells "
              "of the one before halved, beginning with Discretization/refinements; needs "
              "Discretization/tolerance = 0. 0: no study.",
              number_pattern(cycle_counts));
    prm.leave_subsection();
  }

  void
  OutputParameters::add_parameters(dealii::ParameterHandler &prm)
  {
    prm.enter_subsection("Output");
    add_entry(prm,
              "directory",
              directory,
              "Where the results go, relative to the directory the program is started in; made if "
              "it does not exist.",
              text_pattern("the name of a directory"));
    add_entry(prm, "vtu", vtu, "Write the fields as solution.vtu for ParaView.", boolean_pattern());
    add_entry(prm,
              "window",
              window,
              "Radius about Model/center [length], >= 0: > 0 writes the cells within it also as "
              "window.vtu. Only for problem = stationary density.",
              number_pattern(Ranges::non_negative));
    prm.leave_subsection();
  }

  void
  Parameters::add_parameters(dealii::ParameterHandler &prm)
  {
    add_entry(prm,
              "dimension",
              dimension,
              "Space dimension d, 1 to 3, for problem = theory any; all lists of coefficients and "
              "coordinates have this length.",
              number_pattern(any_dimension));
    add_entry(prm, "problem", problem, "What is computed.", problems);
    model.add_parameters(prm);
    domain.add_parameters(prm);
    discretization.add_parameters(prm);
    solver.add_parameters(prm);
    quantities.add_parameters(prm);
    study.add_parameters(prm);
    output.add_parameters(prm);
  }

  void
  Parameters::check()
  {
    check_choice("problem", problem, problems);
    const bool is_theory       = problem == "theory";
    const bool is_exit_problem = problem == "exit time";
    check_number("dimension", dimension, is_theory ? any_dimension : mesh_dimension);

    model.check(dimension);
    domain.check(dimension,
                 is_exit_problem || is_theory ? BoundaryKind::absorbing : BoundaryKind::reflecting);
    if (is_theory)
      check_exit_set(domain, dimension);
    else
      {
        if (domain.shape == "whole space" && is_exit_problem)
          throw InputError("Domain/shape", "needs a bounded shape for problem = " + problem);
        check_walls(domain, is_exit_problem);
        if (domain.shape == "whole space")
          map_whole_space(domain, model);
        if (!domain.exit_set.empty())
          throw InputError("Domain/exit set", "has no meaning for problem = " + problem);
        if (!quantities.times.empty())
          throw InputError("Quantities/times", "has no meaning for problem = " + problem);
      }
    solver.check();

    check_points(quantities.points, *this);
    if (quantities.points.empty())
      {
        if (!domain.contains(model.center))
          throw InputError(
            "Model/center",
            "needs a point inside the closed domain, or Quantities/points to be set");
        quantities.points = {model.center};
      }
    check_number("Quantities/moments", quantities.moments, moment_counts);
    for (const double time : quantities.times)
      check_number("Quantities/times", time, Ranges::non_negative);
    if (!is_exit_problem && !is_theory && quantities.moments > 1)
      throw InputError("Quantities/moments",
                       "has no meaning for problem = " + problem + "; only 1 is allowed");
    check_number("Output/window", output.window, Ranges::non_negative);
    if (output.window > 0. && problem != "stationary density")
      throw InputError("Output/window", "has no meaning for problem = " + problem);
    check_number("Study/convergence cycles", study.convergence_cycles, cycle_counts);
    if (study.convergence_cycles > 0 && discretization.tolerance > 0.)
      throw InputError("Study/convergence cycles",
                       "needs Discretization/tolerance = 0, which would decide on the meshes "
                       "otherwise; only 0 is allowed");
    const bool has_inner_vertices = domain.shape == "ball" || domain.shape == "ellipsoid";
    if (domain.shape == "whole space" && !is_theory)
      discretization.prefer(
        8, domain.whole_space.is_radial ? (dimension == 2 ? 3 : 1) : (dimension < 3 ? 5 : 3));
    discretization.complete(
      dimension, is_exit_problem && study.convergence_cycles == 0, has_inner_vertices ? 0 : 1);
    check_directory(output.directory);
  }
} // namespace dynkin
