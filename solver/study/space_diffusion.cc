// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/space_diffusion.h"

#include "domain/annulus.h"
#include "domain/ball.h"
#include "domain/box.h"
#include "model/quadratic_model.h"
#include "study/line_walls.h"
#include "study/natural_weight.h"
#include "study/problem_table.h"
#include "study/refinement.h"
#include "utilities/exceptions.h"
#include "utilities/numerics.h"

#include <cmath>

using namespace dealii;

namespace dynkin
{
  template <int dim>
  std::vector<std::optional<double>>
  exit_times_of_diffusion(const Parameters                   &parameters_of_chain,
                          const Model<dim>                   &model,
                          const std::shared_ptr<const Shape> &shape)
  {
    constexpr double accurate = 1e-6;
    const Log        silent(false);
    Parameters       parameters                 = parameters_of_chain;
    parameters.problem                          = "exit time";
    parameters.kind                             = find_problem(problem_kinds(), parameters.problem);
    parameters.domain.shape                     = shape;
    parameters.quantities.moments               = 1;
    parameters.discretization.tolerance         = accurate;
    parameters                                  = with_usable_weight(parameters, model, silent);
    const std::size_t                  n_points = parameters.quantities.points.size();
    std::vector<std::optional<double>> times(n_points);
    try
      {
        Refinement<dim> refinement(parameters.discretization, model);
        Mesh<dim> mesh = create_mesh(parameters, model, refinement.wall_layers(parameters.domain));
        mesh.refine_uniformly(parameters.discretization.refinements);
        refinement.prepare(mesh, {});
        while (true)
          {
            const auto computation = std::get<dim - 1>(problem_of(parameters).solution)(
              parameters, model, mesh, parameters.discretization.degree, silent);
            computation->solve();
            const PointValues values = computation->evaluate();
            if (values.largest_estimate() <= accurate)
              {
                for (std::size_t k = 0; k < n_points; ++k)
                  times[k] = static_cast<double>(values.list.at(k).number.value);
                return times;
              }
            refinement.record(values.largest_estimate(), computation->rounding());
            if (!refinement.can_improve() ||
                !refinement.mark(mesh,
                                 computation->indicators(),
                                 computation->discretization().dof_handler().n_dofs()))
              return times;
            refinement.refine(mesh, computation->report().residual);
          }
      }
    catch (const ConvergenceError &)
      {
        return times;
      }
  }

  template <int dim>
  std::shared_ptr<const Shape>
  shifted_shape(const Parameters &parameters)
  {
    const auto quadratic = parameters.model.kind().as_quadratic(dim);
    if (!quadratic)
      return nullptr;
    for (const Eigen::MatrixXd &growth : quadratic->S)
      if (!growth.isZero(0.))
        return nullptr;
    const Eigen::MatrixXd a      = parameters.model.eta * quadratic->Sigma;
    const auto            shifts = [&](const unsigned int i) {
      return boundary_shift * std::sqrt(a(i, i) * parameters.chain.step);
    };
    const Shape &shape = *parameters.domain.shape;
    if (const auto *box = shape.as<Box>())
      {
        std::vector<double> lower = box->lower, upper = box->upper;
        for (unsigned int i = 0; i < dim; ++i)
          {
            lower[i] -= shifts(i);
            upper[i] += shifts(i);
          }
        return box->with_ends(lower, upper);
      }
    if (!a.isApprox(a(0, 0) * Eigen::MatrixXd::Identity(dim, dim), 1e-14))
      return nullptr;
    if (const auto *ball = shape.as<Ball>())
      return std::make_shared<Ball>(ball->center, ball->radius + shifts(0));
    if (const auto *annulus = shape.as<Annulus>(); annulus && annulus->inner_radius > shifts(0))
      return std::make_shared<Annulus>(
        annulus->center, annulus->inner_radius - shifts(0), annulus->outer_radius + shifts(0));
    return nullptr;
  }

#define INSTANTIATE(dim)                                                           \
  template std::vector<std::optional<double>> exit_times_of_diffusion<dim>(        \
    const Parameters &, const Model<dim> &, const std::shared_ptr<const Shape> &); \
  template std::shared_ptr<const Shape> shifted_shape<dim>(const Parameters &);
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
