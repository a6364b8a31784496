// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <deal.II/base/quadrature_lib.h>
#include <deal.II/numerics/vector_tools.h>

#include "linear_algebra/degree_transfer.h"
#include "problems.h"

using namespace dealii;
using namespace dynkin;
using namespace dynkin::tests;

namespace
{
  /** A polynomial of a degree along each line, another one in each lane. */
  template <int dim>
  double
  polynomial(const Point<dim> &x, const unsigned int degree, const unsigned int lane)
  {
    double product = 1. + lane;
    for (unsigned int k = 0; k < dim; ++k)
      product *= std::pow(x[k] - 0.3 - 0.1 * k, degree) + 0.5;
    return product;
  }

  template <int dim>
  double
  slope(const Point<dim> &x, const unsigned int degree, const unsigned int k)
  {
    const double y = x[k] - 0.3 - 0.1 * k;
    return polynomial(x, degree, 0) / (std::pow(y, degree) + 0.5) * degree *
           std::pow(y, degree - 1.);
  }

  /** Values and gradients of a polynomial of the highest degree, and that the way back is the transpose. */
  template <int dim, typename Number>
  void
  check_unit_cell(const unsigned int degree, const unsigned int n_q, const double rounding)
  {
    INFO("dimension " << dim << ", degree " << degree << ", " << n_q << " points");
    const auto            cell = UnitCell<dim, Number>::create(LineShape(QGauss<1>(n_q), degree));
    const Quadrature<dim> quadrature{QGauss<1>(n_q)};
    const Quadrature<dim> nodes{Quadrature<1>(QGaussLobatto<1>(degree + 1).get_points())};
    REQUIRE(cell->n_points() == quadrature.size());
    REQUIRE(cell->n_nodes() == nodes.size());

    AlignedVector<Pack<Number>> u(cell->n_nodes()), values(cell->n_points()),
      gradients(dim * cell->n_points()), work(cell->work_size());
    for (unsigned int i = 0; i < nodes.size(); ++i)
      for (unsigned int lane = 0; lane < Pack<Number>::size(); ++lane)
        u[i][lane] = polynomial(nodes.point(i), degree, lane);
    cell->evaluate(u.begin(), values.begin(), gradients.begin(), work.begin());
    double error = 0.;
    for (unsigned int q = 0; q < quadrature.size(); ++q)
      {
        error = std::max(error, std::abs(cell->weight(q) - quadrature.weight(q)));
        for (unsigned int lane = 0; lane < Pack<Number>::size(); ++lane)
          {
            error = std::max(
              error, std::abs(values[q][lane] - polynomial(quadrature.point(q), degree, lane)));
            for (unsigned int k = 0; k < dim; ++k)
              error = std::max(error,
                               std::abs(gradients[k * quadrature.size() + q][lane] -
                                        (1. + lane) * slope(quadrature.point(q), degree, k)));
          }
      }
    CHECK(error < rounding);

    // (v, E u) + (g, grad E u) = (E^T (v, g), u)
    AlignedVector<Pack<Number>> v(values), g(gradients), back(u);
    double                      points = 0., at_nodes = 0.;
    for (unsigned int q = 0; q < v.size(); ++q)
      {
        v[q] = Pack<Number>(Number(std::cos(1. + q)));
        points += v[q][1] * values[q][1];
        for (unsigned int k = 0; k < dim; ++k)
          {
            const unsigned int entry = k * quadrature.size() + q;
            g[entry]                 = Pack<Number>(Number(std::sin(1. + 3. * q + k)));
            points += g[entry][1] * gradients[entry][1];
          }
      }
    cell->integrate(v.begin(), g.begin(), back.begin(), work.begin());
    for (unsigned int i = 0; i < u.size(); ++i)
      at_nodes += back[i][1] * u[i][1];
    CHECK(std::abs(points - at_nodes) < rounding * u.size());
  }

  template <int dim>
  class PolynomialFunction : public Function<dim>
  {
  public:
    explicit PolynomialFunction(const unsigned int degree)
      : degree(degree)
    {
    }

    double
    value(const Point<dim> &x, const unsigned int = 0) const override
    {
      return polynomial(x, degree, 0);
    }

  private:
    const unsigned int degree;
  };

  /** On a box with hanging nodes, on which polynomials of the lower degree are in both spaces. */
  template <int dim>
  void
  check_transfer(const unsigned int fine_degree, const unsigned int coarse_degree)
  {
    INFO("dimension " << dim << ", degrees " << fine_degree << " and " << coarse_degree);
    const Parameters      parameters = parse("exit time", decoupled(dim, "0.4") + box(dim));
    const auto            process    = create_model<dim>(parameters.model);
    Mesh<dim>             mesh(parameters.domain, MPI_COMM_WORLD);
    dealii::Vector<float> first_cell;
    mesh.refine_uniformly(1);
    first_cell.reinit(mesh.triangulation().n_active_cells());
    first_cell(0) = 1.;
    mesh.mark(first_cell, 0.5);
    mesh.refine_marked();

    const Discretization<dim>         fine(mesh, fine_degree), coarse(fine, coarse_degree);
    const GeneratorForm<dim>          form(*process, fine, "none", 0.7);
    const CellOperator<dim, double>   cells(form.cell_operator(), fine, 1., &coarse);
    const CellOperator<dim, double>   coarse_cells(form.cell_operator(), coarse, 1.);
    const DegreeTransfer<dim, double> transfer(cells);
    dynkin::Vector                    u, v, exact, r, back;
    cells.initialize(u);
    cells.initialize(exact);
    cells.initialize(r);
    coarse_cells.initialize(v);
    coarse_cells.initialize(back);
    const PolynomialFunction<dim> function(coarse_degree);
    VectorTools::interpolate(fine.dof_handler(), function, exact);
    VectorTools::interpolate(coarse.dof_handler(), function, v);
    transfer.prolongate_and_add(u, v);
    fine.constraints().distribute(u);
    exact -= u;
    CHECK(exact.linfty_norm() < 1e-12);

    // (r, P v) = (P^T r, v)
    for (unsigned int i = 0; i < r.size(); ++i)
      r(i) = std::sin(1. + i);
    u = 0.;
    transfer.prolongate_and_add(u, v);
    transfer.restrict_and_add(back, r);
    CHECK(r * u == Approx(back * v).epsilon(1e-12));

    // the coarse operator integrates at fewer points, but is P^T K P
    for (const Direction direction : {Direction::backward, Direction::forward})
      {
        dynkin::Vector image(r), product(back);
        u.update_ghost_values();
        cells.apply(image, u, direction);
        product = 0.;
        transfer.restrict_and_add(product, image);
        coarse_cells.apply(back, v, direction);
        product -= back;
        CHECK(product.linfty_norm() < 1e-12 * back.linfty_norm());
      }
  }
} // namespace

TEST_CASE("sum factorisation reproduces polynomials, forth and back", "[form]")
{
  // sizes that the compiler knows, others, and fewer nodes than points
  for (const unsigned int degree : {1, 2, 3, 4, 5, 8, 9, 12})
    {
      check_unit_cell<1, double>(degree, degree + 1, 1e-11);
      check_unit_cell<2, double>(degree, degree + 1, 1e-11);
      check_unit_cell<2, double>(degree, degree + 4, 1e-11);
      check_unit_cell<2, float>(degree, degree + 1, 1e-2);
    }
  for (const unsigned int degree : {1, 2, 4, 5, 10})
    {
      check_unit_cell<3, double>(degree, degree + 1, 1e-11);
      check_unit_cell<3, double>(degree, degree + 2, 1e-11);
    }
}

TEST_CASE("constants have no gradient, up to one rounding", "[form]")
{
  for (unsigned int degree = 1; degree <= 12; ++degree)
    {
      const auto cell = UnitCell<2, double>::create(LineShape(QGauss<1>(degree + 1), degree));
      AlignedVector<Pack<double>> u(cell->n_nodes(), Pack<double>(1.)), values(cell->n_points()),
        gradients(2 * cell->n_points()), work(cell->work_size());
      cell->evaluate(u.begin(), values.begin(), gradients.begin(), work.begin());
      INFO("degree " << degree);
      double largest = 0.;
      for (const Pack<double> &gradient : gradients)
        largest = std::max(largest, std::abs(gradient[0]));
      CHECK(largest <= 3e-16 * degree * degree);
    }
}

TEST_CASE("transfer between degrees embeds, restricts by the transpose, and leaves P^T K P",
          "[linear_algebra]")
{
  check_transfer<1>(4, 1);
  check_transfer<2>(4, 1);
  check_transfer<2>(10, 2);
  check_transfer<3>(5, 1);
  check_transfer<3>(3, 2);
}
