// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_tests_study_h
#define dynkin_tests_study_h

#include "geometry/coarse_mesh.h"
#include "problem/exit_time.h"
#include "problem/stationary_density.h"
#include "problems.h"
#include "study/reference.h"

#include <cmath>
#include <cstdio>

/** Errors on a sequence of meshes, each halving the cells of the one before, and their rates. */
namespace dynkin::tests
{
  struct Level
  {
    dealii::types::global_dof_index n_dofs = 0;
    double L2 = 0., H1 = 0., value = 0.; // errors, the last one at a point; 0: not measured
  };

  using Levels = std::vector<Level>;

  /** The meshes of a study: refinements of the first, and how many. */
  struct Meshes
  {
    unsigned int first, number;
  };

  /** log2 of the ratio of an error on the meshes k - 1 and k; the last two by default. */
  inline double
  rate(const Levels &levels, const double Level::*error, const int k = -1)
  {
    const std::size_t fine = k < 0 ? levels.size() - 1 : k;
    return std::log2(levels.at(fine - 1).*error / levels.at(fine).*error);
  }

  inline void
  print(const std::string &title, const Levels &levels)
  {
    std::printf("%s\n%10s", title.c_str(), "dofs");
    for (const char *name : {"L2", "H1", "at a point"})
      std::printf("%12s%7s", name, "rate");
    for (std::size_t k = 0; k < levels.size(); ++k)
      {
        std::printf("\n%10lu", static_cast<unsigned long>(levels[k].n_dofs));
        for (const auto error : {&Level::L2, &Level::H1, &Level::value})
          if (levels[k].*error == 0.)
            std::printf("%12s%7s", "-", "-");
          else if (k == 0)
            std::printf("%12.2e%7s", levels[k].*error, "-");
          else
            std::printf("%12.2e%7.2f", levels[k].*error, rate(levels, error, k));
      }
    std::printf("\n\n");
    std::fflush(stdout);
  }

  template <int dim>
  std::string
  title(const Parameters &parameters, const unsigned int degree, const std::string &weight)
  {
    return parameters.problem + ", d = " + std::to_string(dim) + ", " +
           parameters.domain.shape->name + ", weight " + weight + ", degree " +
           std::to_string(degree);
  }

  /** The rate is the expected one: neither lower nor higher. */
  inline void
  check_rate(const Levels &levels, const double Level::*error, const double expected)
  {
    CHECK(std::abs(rate(levels, error) - expected) < 0.15);
  }

  /** L2 rate p + 1, H1 rate p. */
  inline void
  check_optimal_rates(const Levels &levels, const unsigned int degree)
  {
    check_rate(levels, &Level::L2, degree + 1);
    check_rate(levels, &Level::H1, degree);
  }

  /** Solve the problem of `parameters` and compare it with its reference solution. */
  template <int dim>
  ErrorNorms
  errors_on(const Setup<dim> &setup, const Parameters &parameters)
  {
    const auto         reference = find_reference<dim>(parameters).field;
    const Sampler<dim> sampler(setup.space);
    REQUIRE(reference);
    if (parameters.problem == "exit time")
      {
        ExitTime<dim> problem(setup.form, parameters.solver, silent);
        problem.solve(1);
        return compute_errors(sampler, problem.moment(1), *reference);
      }
    StationaryDensity<dim> problem(setup.form, parameters.solver, silent);
    problem.solve();
    CHECK(std::abs(problem.mass() - 1.) < 1e-13);
    return compute_errors(sampler, problem.density(), *reference);
  }

  template <int dim>
  Levels
  study(const Parameters  &parameters,
        const unsigned int degree,
        const Meshes      &meshes,
        const std::string &weight)
  {
    Levels levels;
    for (unsigned int k = 0; k < meshes.number; ++k)
      {
        const Setup<dim> setup(parameters, degree, meshes.first + k, weight);
        const ErrorNorms errors = errors_on(setup, parameters);
        levels.push_back({setup.space.dof_handler().n_dofs(), errors.L2, errors.H1, 0.});
      }
    print(title<dim>(parameters, degree, weight), levels);
    return levels;
  }
} // namespace dynkin::tests

#endif
