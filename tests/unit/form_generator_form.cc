// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <deal.II/base/quadrature_lib.h>
#include <deal.II/fe/fe_values.h>
#include <deal.II/lac/full_matrix.h>

#include "problems.h"

using namespace dealii;
using namespace dynkin;
using namespace dynkin::tests;

namespace
{
  /** Columns of the matrix-free operator. */
  template <int dim>
  FullMatrix<double>
  columns(const GeneratorForm<dim> &form, const Direction direction)
  {
    dynkin::Vector unit, column;
    form.initialize(unit);
    form.initialize(column);
    const unsigned int n = unit.size();
    FullMatrix<double> matrix(n, n);
    for (unsigned int j = 0; j < n; ++j)
      {
        unit    = 0.;
        unit(j) = 1.;
        form.apply(column, unit, direction);
        for (unsigned int i = 0; i < n; ++i)
          matrix(i, j) = column(i);
      }
    return matrix;
  }

  template <int dim>
  FullMatrix<double>
  assembled(const GeneratorForm<dim> &form, const Direction direction)
  {
    TrilinosWrappers::SparseMatrix matrix;
    form.assemble(matrix, form.discretization().constraints(), direction);
    FullMatrix<double> full(matrix.m(), matrix.n());
    for (const auto &entry : matrix)
      full(entry.row(), entry.column()) = entry.value();
    return full;
  }

  /** B(phi_j, phi_i) written out with FEValues: shares no code with the form. */
  template <int dim>
  FullMatrix<double>
  by_hand(const Setup<dim> &setup)
  {
    const DoFHandler<dim>               &dofs = setup.space.dof_handler();
    FEValues<dim>                        values(setup.space.mapping(),
                         dofs.get_fe(),
                         QGauss<dim>(setup.space.degree() + 1),
                         update_values | update_gradients | update_quadrature_points |
                           update_JxW_values);
    FullMatrix<double>                   matrix(dofs.n_dofs(), dofs.n_dofs());
    std::vector<types::global_dof_index> index(dofs.get_fe().n_dofs_per_cell());
    for (const auto &cell : dofs.active_cell_iterators())
      {
        values.reinit(cell);
        cell->get_dof_indices(index);
        for (const unsigned int q : values.quadrature_point_indices())
          {
            const Point<dim>     x = values.quadrature_point(q);
            const Tensor<1, dim> c =
              setup.model->drift(x) - 0.5 * setup.model->diffusion_divergence(x);
            for (const unsigned int i : values.dof_indices())
              for (const unsigned int j : values.dof_indices())
                matrix(index[i], index[j]) +=
                  (0.5 * (setup.model->diffusion(x) * values.shape_grad(j, q)) *
                     values.shape_grad(i, q) -
                   (c * values.shape_grad(j, q)) * values.shape_value(i, q)) *
                  values.JxW(q);
          }
      }
    return matrix;
  }

  double
  largest_difference(const FullMatrix<double> &a, const FullMatrix<double> &b)
  {
    double difference = 0., largest = 0.;
    for (unsigned int i = 0; i < a.m(); ++i)
      for (unsigned int j = 0; j < a.n(); ++j)
        {
          difference = std::max(difference, std::abs(a(i, j) - b(i, j)));
          largest    = std::max(largest, std::abs(a(i, j)));
        }
    return difference / largest;
  }

  template <int dim>
  void
  check_operators(const std::string &domain_text, const unsigned int degree)
  {
    INFO("d = " << dim << ", degree " << degree);
    const Parameters parameters =
      parse("stationary density",
            decoupled(dim, "0.4", "1, 2, 0.5", "1, 0.5, 0.3", "1, 0.7, 0.2", "0.1, -0.2, 0.05") +
              domain_text);
    const Setup<dim>   setup(parameters, degree, dim == 3 ? 0 : 1, "none");
    const auto         K  = assembled(setup.form, Direction::backward);
    const auto         KT = assembled(setup.form, Direction::forward);
    FullMatrix<double> transposed(K.n(), K.m());
    transposed.copy_transposed(K);

    CHECK(largest_difference(KT, transposed) < 1e-12);
    CHECK(largest_difference(K, columns(setup.form, Direction::backward)) < 1e-12);
    CHECK(largest_difference(KT, columns(setup.form, Direction::forward)) < 1e-12);
    CHECK(largest_difference(K, by_hand(setup)) < 1e-12);
    CHECK(largest_difference(K, KT) > 1e-3); // c != 0: the comparison means something

    dynkin::Vector diagonal;
    setup.form.diagonal(diagonal);
    for (unsigned int i = 0; i < diagonal.size(); ++i)
      CHECK(diagonal(i) == Approx(K(i, i)).epsilon(1e-12));
  }
} // namespace

TEST_CASE("forward = transposed backward = matrix-free, by hand, on curved cells", "[form]")
{
  for (const unsigned int degree : {1, 2, 5})
    {
      check_operators<1>(box(1), degree);
      check_operators<2>(ball(), degree);
      check_operators<2>(box(2), degree);
    }
  for (const unsigned int degree : {1, 2})
    check_operators<3>(ball(), degree);
}

TEST_CASE("the adjoint pair: (K f) . u = f . (K^T u)", "[form]")
{
  const Parameters parameters = parse("stationary density", decoupled(2, "0.4") + ball());
  const Setup<2>   setup(parameters, 4, 2, "none");
  dynkin::Vector   f, u, Kf, KTu;
  for (dynkin::Vector *vector : {&f, &u, &Kf, &KTu})
    setup.form.initialize(*vector);
  for (unsigned int i = 0; i < f.size(); ++i)
    {
      f(i) = std::sin(1. + i);
      u(i) = std::cos(2. * i);
    }
  setup.form.apply(Kf, f, Direction::backward);
  setup.form.apply(KTu, u, Direction::forward);
  CHECK(Kf * u == Approx(f * KTu).epsilon(1e-12));
}

TEST_CASE("constants are in the kernel of the generator, with any weight", "[form]")
{
  for (const std::string weight : {"natural", "none"})
    {
      INFO(weight);
      const Parameters parameters = parse("stationary density", decoupled(3, "0.4") + ball());
      const Setup<3>   setup(parameters, 3, 0, weight);
      dynkin::Vector   one, image, diagonal;
      setup.form.initialize(one);
      setup.form.initialize(image);
      one = 1.;
      setup.form.apply(image, one, Direction::backward);
      setup.form.diagonal(diagonal);
      CHECK(image.linfty_norm() < 1e-13 * diagonal.linfty_norm());
    }
}

TEST_CASE("the natural weight makes the form symmetric", "[form]")
{
  const Parameters parameters = parse("stationary density", decoupled(2, "0.4") + ball());
  const Setup<2>   setup(parameters, 3, 1, "natural");
  CHECK(setup.form.is_symmetric());
  const auto         K = assembled(setup.form, Direction::backward);
  FullMatrix<double> transposed(K.n(), K.m());
  transposed.copy_transposed(K);
  CHECK(largest_difference(K, transposed) < 1e-13);
}

TEST_CASE("c = b - div a/2 - a grad psi/2 vanishes for the natural weight", "[form]")
{
  const Parameters parameters = parse("stationary density", decoupled(3, "0.4") + ball());
  const auto       model      = create_model<3>(parameters.model);
  for (const Point<3> x : {Point<3>(0.3, -0.2, 0.9), Point<3>(-1., 2., 0.1)})
    {
      const Tensor<1, 3> c = model->drift(x) - 0.5 * model->diffusion_divergence(x) -
                             0.5 * (model->diffusion(x) * model->log_weight_gradient(x));
      CHECK(c.norm() < 1e-14);
    }
}

TEST_CASE("the load is the weighted integral", "[form]")
{
  // w = 1: sum_i int phi_i is the area of the disk
  const Parameters parameters = parse("stationary density", decoupled(2, "0.4") + ball());
  const Setup<2>   setup(parameters, 8, 1, "none");
  dynkin::Vector   m, g, mg;
  setup.form.load(m);
  CHECK(m.mean_value() * m.size() == Approx(numbers::PI).epsilon(1e-12));
  setup.form.initialize(g);
  g = 2.;
  setup.form.load(mg, &g);
  CHECK(mg.mean_value() * mg.size() == Approx(2. * numbers::PI).epsilon(1e-12));
}

TEST_CASE("next to hanging nodes the matrix-free operator is the assembled matrix", "[form]")
{
  const Parameters parameters = parse("stationary density", decoupled(3, "0.4") + ball());
  const auto       model      = create_model<3>(parameters.model);
  const Mesh<3>    mesh(parameters.domain, MPI_COMM_WORLD);
  // the tests may refine where they like
  auto &triangulation = const_cast<Triangulation<3> &>(mesh.triangulation());
  triangulation.begin_active()->set_refine_flag();
  triangulation.last_active()->set_refine_flag();
  triangulation.execute_coarsening_and_refinement();
  for (const unsigned int degree : {1, 2})
    {
      INFO("degree " << degree);
      const Discretization<3> space(mesh, degree);
      const GeneratorForm<3>  form(*model, space, "none");
      CHECK(space.constraints().n_constraints() > 0);
      for (const Direction direction : {Direction::backward, Direction::forward})
        {
          FullMatrix<double> matrix_free = columns(form, direction);
          FullMatrix<double> matrix      = assembled(form, direction);
          for (unsigned int i = 0; i < matrix.m(); ++i)
            if (space.constraints().is_constrained(i))
              matrix(i, i) = matrix_free(i, i) = 0.;
          CHECK(largest_difference(matrix, matrix_free) < 1e-12);
        }
    }
}
