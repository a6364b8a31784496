// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study.h"

#include <deal.II/fe/fe_values.h>
#include <deal.II/matrix_free/fe_point_evaluation.h>

#include "measure/functionals.h"

using namespace dealii;
using namespace dynkin;
using namespace dynkin::tests;

namespace
{
  const std::vector<std::string> weights = {"natural", "none"};

  Parameters
  exit_time(const std::string &text)
  {
    return parse("exit time", text);
  }

  /** Degrees 1, 2, ... on the meshes given for each, with both weights. */
  template <int dim>
  void
  check_exit_times(const Parameters &parameters, const std::vector<Meshes> &meshes)
  {
    for (const std::string &weight : weights)
      for (unsigned int degree = 1; degree <= meshes.size(); ++degree)
        {
          INFO("weight " << weight << ", degree " << degree);
          check_optimal_rates(study<dim>(parameters, degree, meshes[degree - 1], weight), degree);
        }
  }

  /** L2 norm of f - g, two fields of different degree on the cells of one triangulation. */
  template <int dim>
  double
  L2_difference(const Field<dim> &f, const Field<dim> &g)
  {
    const Discretization<dim> &f_space = *f.discretization, &g_space = *g.discretization;
    FEValues<dim>              f_cell(f_space.mapping(),
                         f_space.dof_handler().get_fe(),
                         QGauss<dim>(f_space.degree() + 3),
                         update_values | update_quadrature_points | update_JxW_values);
    FEPointEvaluation<1, dim>  g_cell(
      g_space.mapping(), g_space.dof_handler().get_fe(), update_values);
    const unsigned int      n_points = f_cell.n_quadrature_points;
    std::vector<double>     f_values(n_points);
    std::vector<Point<dim>> unit_points(n_points);
    dealii::Vector<double>  g_dofs(g_space.dof_handler().get_fe().n_dofs_per_cell());
    double                  square = 0.;
    for (const auto &cell : f_space.dof_handler().active_cell_iterators())
      {
        const typename DoFHandler<dim>::active_cell_iterator same_cell(
          &f_space.mesh().triangulation(), cell->level(), cell->index(), &g_space.dof_handler());
        f_cell.reinit(cell);
        f_cell.get_function_values(*f.u, f_values);
        // the two mappings differ at curved walls: compare at the same points of space
        g_space.mapping().transform_points_real_to_unit_cell(
          cell, f_cell.get_quadrature_points(), unit_points);
        same_cell->get_dof_values(*g.u, g_dofs);
        g_cell.reinit(same_cell, unit_points);
        g_cell.evaluate(make_array_view(g_dofs), EvaluationFlags::values);
        for (unsigned int q = 0; q < n_points; ++q)
          square +=
            std::pow(static_cast<double>(f.scale * f_values[q] - g.scale * g_cell.get_value(q)),
                     2) *
            f_cell.JxW(q);
      }
    return std::sqrt(square);
  }
} // namespace

TEST_CASE("exit time: interval, against the integral", "[exit_time]")
{
  check_exit_times<1>(exit_time(decoupled(1, "0.4") + box(1)),
                      {{5, 3}, {4, 3}, {3, 3}, {3, 3}, {2, 3}, {1, 3}});
}

TEST_CASE("exit time: reflecting interval, against the integral", "[exit_time]")
{
  check_exit_times<1>(exit_time(decoupled(1, "0.4") + box(1, " set boundary = left: reflecting\n")),
                      {{5, 3}, {5, 3}, {4, 3}, {3, 3}, {3, 3}, {2, 3}});
}

TEST_CASE("exit time: disk, against the isotropic Ornstein-Uhlenbeck process", "[exit_time]")
{
  const auto disk = [](const std::string &h) {
    return exit_time(decoupled(2, "0.5", h, "1, 1", "0, 0") + ball());
  };
  check_exit_times<2>(disk("1, 1"), {{3, 3}, {3, 3}, {2, 3}, {2, 3}, {2, 3}, {1, 3}});
  check_exit_times<2>(disk("3, 3"), {{3, 3}, {3, 3}, {2, 4}, {2, 3}, {2, 3}, {2, 3}});
}

// f is a quadratic polynomial, which degree >= 2 represents on all straight cells: the only error
// is that of the curved wall, of order p+1 in a layer one cell wide: p+3/2 in L2 (p+2 is seen at
// even degrees, where the leading term cancels).
TEST_CASE("exit time: disk, against Brownian motion", "[exit_time]")
{
  const Parameters parameters =
    exit_time(decoupled(2, "0.5", "1e-12, 1e-12", "1, 1", "0, 0") + ball());
  const std::vector<Meshes> meshes = {{3, 3}, {2, 3}, {2, 3}, {1, 3}, {0, 3}, {0, 2}};
  for (const std::string &weight : weights)
    {
      check_optimal_rates(study<2>(parameters, 1, meshes[0], weight), 1);
      for (unsigned int degree = 2; degree <= 6; ++degree)
        {
          INFO("weight " << weight << ", degree " << degree);
          const Levels levels = study<2>(parameters, degree, meshes[degree - 1], weight);
          CHECK(rate(levels, &Level::L2) > degree + 1.25);
          CHECK(rate(levels, &Level::H1) > degree + 0.25);
        }
    }
}

// No closed form: against four degrees more on the same mesh, and at the centre against a value of
// an independent spectral collocation.
TEST_CASE("exit time: disk, anisotropic power law", "[exit_time]")
{
  const double        exact = 4.02344706501897, above_rounding = 1e-11;
  const Parameters    parameters = exit_time(decoupled(2, "0.4") + ball());
  std::vector<Meshes> meshes     = {{3, 3}, {2, 3}, {2, 3}, {1, 3}, {1, 3}, {0, 4}};
  for (unsigned int degree = 1; degree <= 6; ++degree)
    {
      std::vector<Levels> levels(weights.size());
      for (unsigned int k = 0; k < meshes[degree - 1].number; ++k)
        {
          const Setup<2> reference(parameters, degree + 4, meshes[degree - 1].first + k);
          ExitTime<2>    fine(reference.form, parameters.solver, silent);
          fine.solve(1);
          for (unsigned int w = 0; w < weights.size(); ++w)
            {
              const Discretization<2> space(reference.mesh, degree);
              const GeneratorForm<2>  form(*reference.model, space, weights[w]);
              ExitTime<2>             problem(form, parameters.solver, silent);
              problem.solve(1);
              const Field<2> f = problem.moment(1);
              levels[w].push_back({space.dof_handler().n_dofs(),
                                   L2_difference(f, fine.moment(1)),
                                   0.,
                                   std::abs(point_values(f, {{0., 0.}}).front() - exact)});
            }
        }
      for (unsigned int w = 0; w < weights.size(); ++w)
        {
          INFO("weight " << weights[w] << ", degree " << degree);
          print(title<2>(parameters, degree, weights[w]), levels[w]);
          check_rate(levels[w], &Level::L2, degree + 1);
          // up to 2p at a point: its rate is read off where rounding does not show
          int k = meshes[degree - 1].number - 1;
          while (k > 1 && levels[w][k].value < above_rounding)
            --k;
          CHECK(rate(levels[w], &Level::value, k) > degree + 1 - 0.15);
          CHECK(levels[w].back().value < levels[w].back().L2);
        }
    }
}
