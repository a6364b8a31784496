// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <cmath>

#include "catch2.h"
#include "discretization/resolve_corners.h"
#include "formula_models.h"
#include "model/density_extent.h"
#include "model/expression_model.h"
#include "model/groups.h"
#include "model/line_integrals.h"
#include "study/natural_weight.h"
#include "utilities/exceptions.h"

using namespace dealii;
using namespace dynkin;
using namespace dynkin::tests;

namespace
{
  template <int dim>
  ExpressionModel<dim>
  formula_model(const std::string &drift, const std::string &diffusion)
  {
    return ExpressionModel<dim>(formula_parameters(drift, diffusion, std::vector<double>(dim, 0.)));
  }

  DomainParameters
  box(const std::string &boundary)
  {
    DomainParameters domain;
    domain.shape_name = "box";
    domain.lower      = {0., 0.};
    domain.upper      = {2. * numbers::PI, 2. * numbers::PI};
    domain.boundary   = boundary;
    domain.check(2, BoundaryKind::reflecting);
    return domain;
  }

  /** Which weight is used in the end. */
  std::string
  weight_in_use(const DomainParameters &domain,
                const std::string      &drift,
                const std::string      &diffusion = "1, 0; 0, 1")
  {
    Parameters parameters;
    parameters.domain                = domain;
    parameters.model                 = formula_parameters(drift, diffusion, {0., 0.});
    parameters.discretization.weight = "natural";
    return with_usable_weight<2>(parameters, ExpressionModel<2>(parameters.model), Log(false))
      .discretization.weight;
  }
} // namespace

TEST_CASE("line integrals of vector fields", "[model]")
{
  const VectorField<2> field = [](const auto &x, auto &values) {
    for (std::size_t q = 0; q < x.size(); ++q)
      {
        values[q][0] = std::exp(x[q][0]) * std::cos(3. * x[q][1]) + std::abs(x[q][0] - 0.3);
        values[q][1] =
          -3. * std::exp(x[q][0]) * std::sin(3. * x[q][1]) + 1. / (1e-4 + std::pow(x[q][1], 2));
      }
  };
  const auto potential = [](const Point<2> &x) {
    return std::exp(x[0]) * std::cos(3. * x[1]) + 0.5 * (x[0] - 0.3) * std::abs(x[0] - 0.3) +
           100. * std::atan(100. * x[1]);
  };
  const Point<2> a(-1., -0.5), b(1., 0.7), c(0.2, 0.1);
  const auto     sums = line_integrals<2>(field, {{a, b}, {b, c}, {a, a}}, 1e-14);
  CHECK(sums[0] == Approx(potential(b) - potential(a)).epsilon(1e-13));
  CHECK(sums[1] == Approx(potential(c) - potential(b)).epsilon(1e-13));
  CHECK(sums[2] == 0.);

  const VectorField<1> infinite = [](const auto &x, auto &values) {
    for (std::size_t q = 0; q < x.size(); ++q)
      values[q][0] = std::sqrt(x[q][0]); // not a number to the left of 0
  };
  CHECK(std::isnan(line_integrals<1>(infinite, {{Point<1>(-1.), Point<1>(1.)}}, 1e-14)[0]));
}

TEST_CASE("weights of formulas at many points are those at each", "[model]")
{
  const auto model = formula_model<2>("-x*(1+y^2)+x*y; -y*x^2-y+0.5*x^2", "2, 0; 0, 2");
  REQUIRE(model.is_reversible());
  const std::vector<Point<2>> x   = {{0.3, -0.4}, {2., 1.}, {0., 0.}, {-1., 0.5}};
  const std::vector<double>   psi = model.log_weights(x);
  for (unsigned int q = 0; q < x.size(); ++q)
    {
      const double u = x[q][0], v = x[q][1];
      const double exact = -0.5 * u * u * (1. + v * v) - 0.5 * v * v + 0.5 * u * u * v;
      CHECK(psi[q] == Approx(exact).epsilon(1e-13).margin(1e-14));
      CHECK(model.log_weight(x[q]) == Approx(exact).epsilon(1e-13).margin(1e-14));
    }
}

TEST_CASE("natural weights with several values are not used", "[model]")
{
  const DomainParameters torus = box("periodic");
  CHECK(weight_in_use(torus, "-sin(x); -2*sin(y)") == "natural");
  CHECK(weight_in_use(torus, "0.1-sin(x); -2*sin(y)") == "none"); // tilted
  CHECK(weight_in_use(box("reflecting"), "0.1-sin(x); -2*sin(y)") == "natural");
  CHECK_THROWS_AS(weight_in_use(torus, "-sin(x); -sin(y)", "1+x, 0; 0, 1"), InputError);

  DomainParameters annulus;
  annulus.shape_name   = "annulus";
  annulus.inner_radius = 0.5;
  annulus.outer_radius = 1.;
  annulus.check(2, BoundaryKind::reflecting);
  const std::string around = "-0.3*y/(x^2+y^2)-x; 0.3*x/(x^2+y^2)-1";
  REQUIRE(formula_model<2>(around, "1, 0; 0, 1").is_reversible()); // no curl, but a circulation
  CHECK(weight_in_use(annulus, around) == "none");
  CHECK(weight_in_use(annulus, "-x; -1") == "natural");
  CHECK(weight_in_use(annulus, "-x/(x^2+y^2); -y/(x^2+y^2)") == "none"); // infinite at the centre
}

TEST_CASE("corners are graded as their exponents ask", "[model]")
{
  const auto cells = [](const DomainParameters &domain, const std::string &diffusion) {
    Mesh<2> mesh(domain, MPI_COMM_WORLD);
    mesh.refine_uniformly(1);
    const auto before = mesh.triangulation().n_global_levels();
    resolve_corners<2>(mesh, formula_model<2>("0; 0", diffusion), 1e-8);
    return mesh.triangulation().n_global_levels() - before;
  };
  const std::string unit = "1, 0; 0, 1";
  CHECK(cells(box("absorbing"), unit) == 0);
  CHECK(cells(box("left: absorbing, right: absorbing, bottom: reflecting, top: reflecting"),
              unit) == 0); // pi/(2 omega) = 1
  // sheared, two of the angles are 3/4 pi: alpha = 2/3 where kinds of walls meet
  const std::string sheared = "1, 0.7071067811865476; 0.7071067811865476, 1";
  CHECK(cells(box("left: absorbing, right: absorbing, bottom: reflecting, top: reflecting"),
              sheared) == 20);
  DomainParameters disk;
  disk.shape_name = "ball";
  disk.radius     = 1.;
  disk.check(2, BoundaryKind::absorbing);
  CHECK(cells(disk, unit) == 0);
  DomainParameters annulus;
  annulus.shape_name   = "annulus";
  annulus.inner_radius = 0.5;
  annulus.outer_radius = 1.;
  annulus.check(2, BoundaryKind::absorbing);
  CHECK(cells(annulus, unit) == 0);
}

TEST_CASE("where densities of formulas are", "[model]")
{
  const auto normal = find_density_extent(formula_model<1>("-(x-3)", "0.02"), {});
  CHECK(normal.top[0] == Approx(3.));
  CHECK(std::isinf(normal.tail_index));
  const double at_cut = 0.1 * std::sqrt(160.); // exp(-80)
  CHECK(normal.lower[0] < 3. - at_cut);
  CHECK(normal.lower[0] > 3. - 1.2 * at_cut);
  CHECK(normal.upper[0] > 3. + at_cut);
  CHECK(find_density_extent(formula_model<1>("-(x-3)", "0.02"), {Point<1>(5.)}).upper[0] == 5.);

  const auto student = find_density_extent(formula_model<1>("-1.5*(x+200)", "1+0.5*(x+200)^2"), {});
  CHECK(student.tail_index == Approx(7.).epsilon(1e-6));
  CHECK(student.top[0] == Approx(-200.));

  const auto tilted = find_density_extent(
    formula_model<2>("-4*(x-10)*((x-10)^2-1)-0.5*(y+5); -2*(y+5)-0.5*(x-10)", "1, 0; 0, 1"), {});
  CHECK(tilted.top[1] == Approx(-5.).margin(0.5));
  CHECK(tilted.lower[0] > 6.);
  CHECK(tilted.upper[0] < 14.);

  CHECK_THROWS_AS(find_density_extent(formula_model<1>("0.1*x", "1"), {}), InputError);
  CHECK_THROWS_AS(find_density_extent(formula_model<1>("0", "1"), {}), InputError);
  CHECK_THROWS_AS(find_density_extent(formula_model<1>("0.6*x", "1+x^2"), {}), InputError);
}

namespace
{
  ModelParameters
  least_squares(const double eta, const std::vector<double> &eigenvalues, const GroupSizes &sizes)
  {
    ModelParameters model;
    model.type                          = "linear regression";
    model.eta                           = eta;
    model.center                        = std::vector<double>(sizes.size(), 0.);
    model.group_sizes                   = sizes;
    model.linear_regression.eigenvalues = eigenvalues;
    return model;
  }

  /** b - 1/2 div a - 1/2 a grad psi. */
  template <int dim>
  Tensor<1, dim>
  drift_left(const Model<dim> &model, const Point<dim> &r)
  {
    return model.drift(r) - 0.5 * model.diffusion_divergence(r) -
           0.5 * (model.diffusion(r) * model.log_weight_gradient(r));
  }

  template <int dim>
  void
  check_gradient(const ModelParameters &parameters, const std::vector<Point<dim>> &places)
  {
    const auto   model = create_model<dim>(parameters);
    const double sum   = parameters.state_dimension(); // rounding of the weight goes with it
    for (const Point<dim> &r : places)
      for (unsigned int k = 0; k < dim; ++k)
        {
          INFO("r = (" << r << "), direction " << k);
          const Tensor<1, dim> step    = 1e-6 * r[k] * Point<dim>::unit_vector(k);
          const auto           density = [&](const Point<dim> &x) {
            return model->log_weight(x) + log_volume_factor(parameters.group_sizes, x);
          };
          CHECK(density(r) <= 0.);
          const double slope = (density(r + step) - density(r - step)) / (2. * step.norm());
          CHECK(
            (model->log_weight_gradient(r) + log_volume_gradient(parameters.group_sizes, r))[k] ==
            Approx(slope).epsilon(1e-5).margin((1e-4 + 1e-8 * sum) / r[k]));
        }
  }
} // namespace

TEST_CASE("weights in radii have the gradients that the drift is formed with", "[model]")
{
  const std::vector<Point<2>> places = {{0.3, 0.2}, {0.03, 10.}, {1., 0.01}, {0.01, 3.}, {2., 11.}};
  check_gradient<2>(least_squares(1e-4, {1., 0.01}, {10., 999990.}), places);
  check_gradient<2>(least_squares(0.02, {1., 0.01}, {10., 99990.}), places); // noise outgrows drift
  check_gradient<2>(least_squares(0.1, {1., 0.2}, {1., 9.}), places);
  check_gradient<2>(least_squares(0.1, {1., 0.2}, {2.5, 60.}), places);
  check_gradient<1>(least_squares(1e-3, {1.}, {1000.}),
                    {Point<1>(0.01), Point<1>(1.), Point<1>(4.)});
  check_gradient<3>(least_squares(1e-2, {1., 0.2, 0.1}, {1., 20., 30.}),
                    {{0.3, 0.2, 0.1}, {0.03, 1., 4.}});
}

TEST_CASE("weights in radii leave no drift at the most likely radii", "[model]")
{
  // alpha = eta (1 + r^2), along it eta r^2: r*^2 = (d - 1) alpha/(2 h'), h' = 1 + 2 eta
  for (const double d : {60., 1e4, 1e6})
    {
      const double eta = 0.5 / d, q = 0.5 * (d - 1.) * eta / (1. + 2. * eta);
      const auto   model = create_model<1>(least_squares(eta, {1.}, {d}));
      const double top   = std::sqrt(q / (1. - q));
      // of the slope of c along r what rho^2 = 0.09 r*^2 leaves
      const double slope = 0.18 / 1.09 * (1. + 2. * top * top) / (1. + top * top);
      for (const double side : {-1., 1.})
        CHECK(drift_left(*model, Point<1>(top * (1. + side * 0.01 / std::sqrt(d))))[0] ==
              Approx(-side * 0.01 / std::sqrt(d) * slope * (1. + 2. * eta) * top).epsilon(0.02));
      CHECK(drift_left(*model, Point<1>(top))[0] == Approx(0.).margin(1e-8 * top));
      CHECK(model->log_weight(Point<1>(top)) + log_volume_factor<1>({d}, Point<1>(top)) ==
            Approx(0.).margin(1e-6));
    }
  // groups that are alike are one
  const double   eta = 0.5e-4, q = 0.5 * (1e4 - 2.) * eta / (1. + 2.5 * eta);
  const auto     model = create_model<2>(least_squares(eta, {1., 1.}, {3000., 7000.}));
  const double   r     = std::sqrt(q / (1. - q) / (1e4 - 2.));
  const Point<2> top(r * std::sqrt(2999.), r * std::sqrt(6999.));
  CHECK(drift_left(*model, top).norm() < 1e-8);
}
