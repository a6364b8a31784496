// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory_quadratic_models.h"

#include "theory/density/power_law_factor.h"
#include "theory/density/student_t_density.h"

#include <boost/math/quadrature/gauss_kronrod.hpp>

#include <cmath>
#include <stdexcept>

using namespace dynkin;
using boost::math::quadrature::gauss_kronrod;

namespace
{
  /** Integral of p over the disk or ellipse {x^T M x < R^2} in Cartesian coordinates, M_22 = 1 after scaling. */
  double
  mass(const StudentTDensity &p, const Matrix &M, const double R)
  {
    const double determinant = M[0][0] * M[1][1] - M[0][1] * M[0][1];
    const double reach       = R * std::sqrt(M[1][1] / determinant); // largest x
    return gauss_kronrod<double, 61>::integrate(
      [&](const double t) {
        const double x      = reach * std::sin(t);
        const double middle = -M[0][1] * x / M[1][1];
        const double half   = R / std::sqrt(M[1][1]) * std::cos(t);
        return reach * std::cos(t) *
               gauss_kronrod<double, 61>::integrate(
                 [&](const double y) {
                   return p.value({x, y});
                 },
                 middle - half,
                 middle + half,
                 6,
                 1e-14);
      },
      -0.5 * M_PI,
      0.5 * M_PI,
      6,
      1e-14);
  }
} // namespace

TEST_CASE("Student t: published normalisation and covariance", "[theory]")
{
  const StudentTDensity p(published_coupled_model({{1.36, 0.1}, {0., 1.56}}));
  CHECK(p.structure().k == relatively(2., 1e-14));
  CHECK(p.structure().reversible);
  CHECK(std::exp(p.log_normalisation()) == relatively(0.7701462617506775811410, 1e-14));
  CHECK(p.covariance()[0][1] == relatively(0.06410256410256410256410, 1e-14));
  CHECK(p.covariance()[1][0] == relatively(0.06410256410256410256410, 1e-14));
  CHECK(p.tail_index() == relatively(8., 1e-14));
}

TEST_CASE("Student t solves the stationary Fokker-Planck equation, also with K != 0", "[theory]")
{
  // 1/2 sum d_i d_j (a_ij p) + div(H x p) = 0 by sixth-order differences
  for (const auto &model :
       {student_model(0.5, 2, 2., {1.2}), student_model(0.8, 3, 1.1, {0.5, -1., 0.3})})
    {
      const StudentTDensity p(model);
      const QuadraticModel  m(model);
      const unsigned int    d = m.dimension();
      CHECK_FALSE(p.structure().reversible);
      const double    h    = 0.02;
      const double    c[4] = {0., 3. / 4., -3. / 20., 1. / 60.};
      Eigen::VectorXd x(d);
      x << Eigen::VectorXd::LinSpaced(d, 0.3, -0.5);
      const auto first = [&](const auto &f, const unsigned int i, const Eigen::VectorXd &at) {
        double sum = 0.;
        for (int n = 1; n <= 3; ++n)
          sum += c[n] * (f(at + n * h * Eigen::VectorXd::Unit(d, i)) -
                         f(at - n * h * Eigen::VectorXd::Unit(d, i)));
        return sum / h;
      };
      double residual = 0., size = 0.;
      for (unsigned int i = 0; i < d; ++i)
        {
          const double drift = first(
            [&](const Eigen::VectorXd &y) {
              return (m.H * y)(i) *p.value({y.begin(), y.end()});
            },
            i,
            x);
          residual += drift;
          size += std::abs(drift);
          for (unsigned int j = 0; j < d; ++j)
            residual += 0.5 * first(
                                [&](const Eigen::VectorXd &y) {
                                  return first(
                                    [&](const Eigen::VectorXd &z) {
                                      return m.eta * (m.Sigma + m.growth_at(z))(i, j) *
                                             p.value({z.begin(), z.end()});
                                    },
                                    j,
                                    y);
                                },
                                i,
                                x);
        }
      CHECK(std::abs(residual) < 1e-6 * size);
    }
}

TEST_CASE("Student t restricted to ellipsoids and balls has mass 1, in Cartesian coordinates",
          "[theory]")
{
  for (const double eta : {5., 1., 0.1, 0.002}) // 5: not normalisable on the plane
    {
      INFO("eta = " << eta);
      const auto   current = student_model(eta, 2, 1., {0.7});
      const double R       = eta < 0.01 ? 0.3 : 1.3;
      CHECK(mass(StudentTDensity::restricted_to_ellipsoid(current, R),
                 current.coupled.Sigma_H,
                 R) == relatively(1., 2e-13));
      const auto reversible = student_model(eta, 2, 1., {0.});
      CHECK(mass(StudentTDensity::restricted_to_ball(reversible, R), {{1., 0.}, {0., 1.}}, R) ==
            relatively(1., 2e-13));
    }
  CHECK_NOTHROW(
    StudentTDensity::restricted_to_ellipsoid(student_model(5., 3, 0.1, {0., 0., 0.}), 100.));
}

TEST_CASE("Student t on a ball in 3-D: an isotropic ball is an ellipsoid; mass by slices",
          "[theory]")
{
  const Matrix one     = {{1., 0., 0.}, {0., 1., 0.}, {0., 0., 1.}},
               two     = {{2., 0., 0.}, {0., 2., 0.}, {0., 0., 2.}};
  const auto isotropic = coupled_model(0.3, two, one, one);
  CHECK(StudentTDensity::restricted_to_ball(isotropic, 0.9).log_normalisation() ==
        relatively(StudentTDensity::restricted_to_ellipsoid(isotropic, 0.9).log_normalisation(),
                   1e-13));

  // slices z = const of an anisotropic ball, by a product rule in cylinder coordinates
  const auto            model = student_model(0.5, 3, 2., {0., 0., 0.});
  const StudentTDensity p     = StudentTDensity::restricted_to_ball(model, 1.);
  const unsigned int    n     = 40;
  using Rule                  = boost::math::quadrature::gauss<double, 30>;
  const double total          = Rule::integrate(
    [&](const double z) {
      return Rule::integrate(
        [&](const double q) { // r^2 = q (1 - z^2)
          double sum = 0.;
          for (unsigned int i = 0; i < n; ++i)
            {
              const double r = std::sqrt(q * (1. - z * z)), t = 2. * M_PI * i / n;
              sum += p.value({r * std::cos(t), r * std::sin(t), z});
            }
          return sum * M_PI / n * (1. - z * z);
        },
        0.,
        1.);
    },
    -1.,
    1.);
  CHECK(total == relatively(1., 1e-12));
}

TEST_CASE(
  "Student t on boxes: by the cdf of a strip, by quadrature, in another order, and on the line",
  "[theory]")
{
  auto model   = student_model(0.4, 2, 1.3, {0.});
  model.center = {0.2, -0.3};
  // wide in y: what the first coordinate's law gives to the strip
  const StudentTDensity plane(model);
  const auto            strip = StudentTDensity::restricted_to_box(model, {-0.4, -1e4}, {1.1, 1e4});
  CHECK(std::exp(strip.log_normalisation() - plane.log_normalisation()) ==
        relatively(plane.cdf(0, 1.1) - plane.cdf(0, -0.4), 1e-12));
  for (const double eta : {3., 0.4, 0.004})
    {
      model.eta      = eta;
      const auto box = StudentTDensity::restricted_to_box(model, {-0.4, 0.1}, {1.1, 0.9});
      CHECK(gauss_kronrod<double, 61>::integrate(
              [&](const double x) {
                return gauss_kronrod<double, 61>::integrate(
                  [&](const double y) {
                    return box.value({x, y});
                  },
                  0.1,
                  0.9,
                  8,
                  1e-13);
              },
              -0.4,
              1.1,
              8,
              1e-13) == relatively(1., 1e-12));
    }
  // three coordinates, integrated in the opposite order
  const auto            space    = student_model(0.4, 3, 1.3, {0., 0., 0.});
  const Eigen::Matrix3d swap     = Eigen::Matrix3d::Identity().rowwise().reverse();
  const QuadraticModel  reversed = QuadraticModel(space).transformed(swap);
  const Eigen::MatrixXd Sigma_H  = swap * to_eigen(space.coupled.Sigma_H, 3, "Sigma_H") * swap;
  const auto            forward =
    StudentTDensity::restricted_to_box(space, {-0.5, -0.2, 0.1}, {0.9, 1.2, 0.8});
  const auto backward = StudentTDensity::restricted_to_box(
    coupled_model(0.4, to_rows(reversed.H), to_rows(reversed.Sigma), to_rows(Sigma_H)),
    {0.1, -0.2, -0.5},
    {0.8, 1.2, 0.9});
  CHECK(forward.log_normalisation() == relatively(backward.log_normalisation(), 1e-12));
  CHECK(
    StudentTDensity::restricted_to_box(coupled_model(0.5, {{1.}}, {{2.}}, {{0.5}}), {-1.5}, {1.5})
      .log_normalisation() == relatively(std::log(1.559756187192681414990), 1e-13));
  CHECK_THROWS_AS(
    StudentTDensity::restricted_to_box(student_model(0.4, 2, 1., {0.7}), {-1., -1.}, {1., 1.}),
    std::domain_error);
  CHECK_THROWS_AS(StudentTDensity::restricted_to_box(model, {-1., 1.}, {1., 1.}),
                  std::domain_error);
}

TEST_CASE("Student t: tails, quantiles and d = 1", "[theory]")
{
  const auto            model = student_model(0.9, 2, 1.3, {0.4});
  const StudentTDensity p(model);
  // what the ellipse does not hold
  for (const double R : {0.5, 3., 50.})
    {
      const double inside =
        std::exp(StudentTDensity::restricted_to_ellipsoid(model, R).log_normalisation() -
                 p.log_normalisation());
      CHECK(p.tail_probability(R) == Approx(1. - inside).margin(1e-14).epsilon(1e-12));
    }
  CHECK(p.tail_probability(1e6) / p.tail_probability(1e5) ==
        relatively(std::pow(10., -p.tail_index()), 1e-8));
  CHECK(p.cdf(1, p.quantile(1, 0.9)) == relatively(0.9, 1e-13));

  const PowerLawFactor  factor(1., 2., 1., 0.5); // sigma = Sigma_g, rho = Sigma_g Sigma_H
  const StudentTDensity line(coupled_model(0.5, {{1.}}, {{2.}}, {{0.5}}));
  CHECK(line.log_normalisation() == relatively(factor.log_normalisation(), 1e-14));
  CHECK(line.quantile(0, 0.975) == relatively(1.625778702493469057834, 1e-13));
  CHECK(line.covariance()[0][0] == relatively(2. / 3., 1e-14));
  CHECK(std::isinf(StudentTDensity(student_model(2., 2, 1.5, {0.})).covariance()[0][1]));
}

TEST_CASE("Student t: gradient, centre, and what is refused", "[theory]")
{
  auto model   = student_model(0.5, 2, 2., {1.2});
  model.center = {0.3, -0.2};
  const StudentTDensity p(model);
  const auto            gradient = p.gradient({0.5, 0.4});
  const double          h        = 1e-4;
  CHECK(gradient[0] ==
        relatively((p.value({0.5 + h, 0.4}) - p.value({0.5 - h, 0.4})) / (2. * h), 1e-6));
  CHECK(gradient[1] ==
        relatively((p.value({0.5, 0.4 + h}) - p.value({0.5, 0.4 - h})) / (2. * h), 1e-6));
  CHECK(p.quantile(0, 0.5) == relatively(0.3, 1e-14));

  CHECK_THROWS_AS(StudentTDensity(published_coupled_model({{2., 0.7}, {-0.3, 1.}})),
                  std::domain_error);
  CHECK_THROWS_AS(StudentTDensity(decoupled_model(0.5, {1.}, {1.}, {1.})), std::domain_error);
  CHECK_THROWS_AS(StudentTDensity::restricted_to_ball(model, 1.), std::domain_error);
  CHECK_THROWS_AS(StudentTDensity::restricted_to_ellipsoid(model, 0.), std::domain_error);
  CHECK_THROWS_AS(StudentTDensity(student_model(4., 3, 1., {0., 0., 0.})),
                  std::domain_error); // 2.5 < 3
  CHECK_THROWS_AS(p.value({0.}), std::domain_error);
  auto singular            = model;
  singular.coupled.Sigma_H = {{1., 0.}, {0., 0.}};
  CHECK_FALSE(StudentTStructure::recognise(singular));
  auto nearly = model;
  nearly.coupled.H[0][0] *= 1. + 1e-8;
  CHECK_FALSE(StudentTStructure::recognise(nearly));
  nearly.coupled.H[0][0] = model.coupled.H[0][0] * (1. + 1e-12);
  CHECK(StudentTStructure::recognise(nearly));
}
