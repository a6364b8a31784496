// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_tests_whole_space_h
#define dynkin_tests_whole_space_h

#include "measure/sampler.h"
#include "other_weight.h"
#include "problem/stationary_density.h"
#include "problems.h"
#include "theory/density/known_density.h"

#include <cmath>

/** Densities on the whole space, with the natural weight and with others. */
namespace dynkin::tests
{
  using dealii::Point;

  /** A solved density on the whole space. */
  template <int dim>
  struct Solved
  {
    Solved(const Parameters  &parameters,
           const double       factor,
           const std::string &weight,
           const unsigned int degree,
           const unsigned int refinements)
      : model(parameters.model, factor)
      , mesh(parameters.domain, MPI_COMM_WORLD)
      , space((mesh.refine_uniformly(refinements), mesh), degree)
      , form(model, space, weight)
      , problem(form, parameters.solver, silent)
      , sampler(space)
    {
      problem.solve();
    }

    /** Largest relative error of p where it is above `floor` times its maximum. */
    double
    pointwise_error(const KnownDensity &exact, const double floor) const
    {
      const auto value = [&](const Point<dim> &x) {
        return exact.value(std::vector<double>(x.begin_raw(), x.end_raw()));
      };
      const double largest = value(model.center());
      double       error   = 0.;
      sampler.for_each(problem.density(), [&](const Sample<dim> &sample) {
        const double p = value(sample.x);
        if (p > floor * largest)
          error = std::max(error, std::abs(sample.value / p - 1.));
      });
      return error;
    }

    const OtherWeight<dim>    model;
    Mesh<dim>                 mesh;
    const Discretization<dim> space;
    const GeneratorForm<dim>  form;
    StationaryDensity<dim>    problem;
    const Sampler<dim>        sampler;
  };

  inline std::string
  whole(const std::string &more = "")
  {
    return domain(" set shape = whole space\n" + more);
  }

  inline Parameters
  whole_space(const std::string &model_text, const std::string &more = "")
  {
    return parse("stationary density", model_text + whole(more));
  }
} // namespace dynkin::tests

#endif
