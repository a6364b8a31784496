// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory_quadratic_models.h"

#include "theory/exit/exit_time_1d.h"
#include "theory/small_noise/quasi_potential.h"

#include <Eigen/LU>

#include <cmath>
#include <stdexcept>

using namespace dynkin;

namespace
{
  double
  norm(const std::vector<double> &z)
  {
    return Eigen::Map<const Eigen::VectorXd>(z.data(), z.size()).norm();
  }

  /** Equal up to the sign, as the minimum over the sphere is. */
  void
  check_direction(const std::vector<double> &a, const std::vector<double> &b)
  {
    double product = 0.;
    for (unsigned int i = 0; i < a.size(); ++i)
      product += a[i] * b[i];
    CHECK(std::abs(product) == relatively(norm(a) * norm(b), 1e-10));
  }
} // namespace

TEST_CASE("Quasi-potential: published minimum over the sphere and prefactor", "[theory]")
{
  const QuasiPotential V(decoupled_model(0.4, {1., 2.}, {1., 0.5}, {1., 0.7}));
  const SphereMinimum  minimum = V.minimum_over_sphere(1.);
  CHECK(minimum.value == relatively(0.6931471805599453, 1e-15));
  CHECK(minimum.minimiser == std::vector<double>{1., 0.});
  const SmallNoiseExitTime1D time(decoupled_model(0.01, {1.}, {1.}, {1.}), 1.);
  CHECK(time.prefactor() == relatively(1.77245385, 3e-9)); // digits as published
  CHECK(time.prefactor() == relatively(std::sqrt(M_PI), 1e-15));
  CHECK(time.barrier() == relatively(std::log(2.), 1e-15));
  CHECK(time.correction() == relatively(-0.125, 1e-15));
}

TEST_CASE("Quasi-potential: the closed forms solve the Hamilton-Jacobi equation", "[theory]")
{
  for (const auto &model : {decoupled_model(0.4, {1., 2., 0.5}, {1., 0.5, 0.3}, {1., 0., 0.2}),
                            student_model(0.5, 2, 2., {1.2}),
                            student_model(0.7, 3, 1.3, {0.5, -1., 0.3})})
    {
      const QuasiPotential V(model);
      const QuadraticModel m(model);
      const unsigned int   d = m.dimension();
      const double         h = 1e-3;
      Eigen::VectorXd      z = Eigen::VectorXd::LinSpaced(d, 0.9, -0.6), p(d);
      const auto at = [&](const Eigen::VectorXd &y) { return V.value({y.begin(), y.end()}); };
      for (unsigned int i = 0; i < d; ++i)
        {
          const Eigen::VectorXd e = h * Eigen::VectorXd::Unit(d, i);
          p(i) = (8. * (at(z + e) - at(z - e)) - at(z + 2. * e) + at(z - 2. * e)) / (12. * h);
        }
      const double noise = 0.5 * p.dot((m.Sigma + m.growth_at(z)) * p);
      CHECK(noise == relatively(p.dot(m.H * z), 1e-9));
      CHECK(noise > 0.);
    }
}

TEST_CASE("Quasi-potential: the minimum over the sphere, by sampling it", "[theory]")
{
  for (const auto &model : {decoupled_model(0.4, {1., 2.}, {1., 0.5}, {1., 0.7}),
                            decoupled_model(0.4, {1., 2.}, {1., 3.}, {1., 0.7}),
                            student_model(0.5, 2, 2., {1.2})})
    for (const double r : {0.2, 1., 6.})
      {
        const QuasiPotential V(model);
        const SphereMinimum  minimum = V.minimum_over_sphere(r);
        CHECK(norm(minimum.minimiser) == relatively(r, 1e-14));
        CHECK(V.value(minimum.minimiser) == relatively(minimum.value, 1e-14));
        for (unsigned int i = 0; i < 360; ++i)
          CHECK(V.value({r * std::cos(M_PI * i / 360.), r * std::sin(M_PI * i / 360.)}) >=
                minimum.value * (1. - 1e-14));
      }
}

TEST_CASE("Quasi-potential: rays meet the closed forms, d = 2 and 3", "[theory]")
{
  for (const auto &model : {decoupled_model(0.4, {1., 2.}, {1., 0.5}, {1., 0.7}),
                            decoupled_model(0.4, {1., 10.}, {1., 10.5}, {1., 1.}),
                            student_model(0.5, 2, 2., {0.}),
                            student_model(0.5, 2, 2., {1.2}),
                            decoupled_model(0.4, {1., 2., 0.5}, {1., 0.5, 0.3}, {1., 0.7, 0.2}),
                            student_model(0.5, 3, 2., {0.7, 0.2, -0.4})})
    for (const double r : {0.1, 1., 5.})
      {
        INFO("d = " << model.center.size() << ", r = " << r);
        const QuasiPotential rays(disguised(model));
        const SphereMinimum  exact = QuasiPotential(model).minimum_over_sphere(r);
        const SphereMinimum  found = rays.minimum_over_sphere(r);
        CHECK_FALSE(rays.has_closed_form());
        CHECK(found.value == relatively(exact.value, 1e-11));
        check_direction(found.minimiser, exact.minimiser);
      }
}

TEST_CASE("Quasi-potential: a thin cone of rays leads to the minimum", "[theory]")
{
  // along radii 1 to 5 the minimiser turns slowly and V grows: no jump to another branch
  for (const auto &model : {general_coupled_model(0.1, 3), general_quadratic_model(0.1, 3)})
    {
      const QuasiPotential V(model);
      SphereMinimum        last = V.minimum_over_sphere(1.);
      for (const double r : {2.5, 5.})
        {
          const SphereMinimum next   = V.minimum_over_sphere(r);
          double              cosine = 0.;
          for (unsigned int i = 0; i < 3; ++i)
            cosine += next.minimiser[i] * last.minimiser[i];
          CHECK(std::abs(cosine) > 0.9 * norm(next.minimiser) * norm(last.minimiser));
          CHECK(next.value > last.value);
          last = next;
        }
      CHECK(last.value < 5.);
    }
}

TEST_CASE("Quasi-potential of a non-reversible model against its exit times", "[theory]")
{
  // mean exit times from the disk r = 1.2 by finite elements, 9 digits at eta = 0.03, 7 and 6 below
  const double inverse_eta[3] = {1. / 0.03, 1. / 0.02, 1. / 0.015};
  const double log_T[3] = {std::log(1.233064997e17), std::log(9.300218e25), std::log(7.42478e34)};
  const SphereMinimum minimum =
    QuasiPotential(published_coupled_model({{2., 0.7}, {-0.3, 1.}})).minimum_over_sphere(1.2);
  // log T = V/eta + 1/2 log eta + c_0 + c_1 eta: solved for V
  Eigen::Matrix3d A;
  Eigen::Vector3d b;
  for (unsigned int i = 0; i < 3; ++i)
    {
      A.row(i) << inverse_eta[i], 1., 1. / inverse_eta[i];
      b(i) = log_T[i] + 0.5 * std::log(inverse_eta[i]);
    }
  CHECK(minimum.value == relatively(A.lu().solve(b)(0), 2e-5));
}

TEST_CASE("Small-noise exit time: a remainder of second order, all parameters", "[theory]")
{
  for (const bool reflects : {false, true})
    for (const double r : {0.7, 1.5})
      {
        const auto remainder = [&](const double eta) {
          const auto       model = decoupled_model(eta, {1.3}, {0.6}, {0.8});
          const ExitTime1D exact(
            model, reflects ? 0. : -r, r, reflects ? ReflectingEnd::left : ReflectingEnd::none);
          const ExitTime1D wide(model, -r, r, ReflectingEnd::left);
          const double     log_time = reflects ? wide.log_value(0.) : exact.log_value(0.);
          // half the interval with a reflecting centre is the whole one
          if (reflects)
            CHECK(exact.log_value(0.) ==
                  relatively(SmallNoiseExitTime1D(model, r).log_value(), 1e-3));
          const SmallNoiseExitTime1D time(model, r, reflects);
          return std::expm1(log_time - time.log_value()) / (eta * eta);
        };
        CHECK(remainder(0.001) == relatively(remainder(0.002), 0.05));
        CHECK(remainder(0.002) == relatively(remainder(0.004), 0.1));
      }
  const SmallNoiseExitTime1D time(decoupled_model(0.01, {1.}, {1.}, {1.}), 1.);
  CHECK(time.log_value(1) - time.log_value(0) == relatively(std::log1p(-0.00125), 1e-10));
}

TEST_CASE("Quasi-potential: constant noise, the centre, and what is refused", "[theory]")
{
  // rho = 0: V = z^T P^-1 z/2, H P + P H^T = Sigma; here h z^2/sigma
  const auto gaussian = decoupled_model(0.1, {1., 2.}, {0.5, 3.}, {0., 0.});
  CHECK(QuasiPotential(gaussian).minimum_over_sphere(0.5).value == relatively(2. / 12., 1e-14));
  CHECK(QuasiPotential(disguised(gaussian)).minimum_over_sphere(0.5).value ==
        relatively(2. / 12., 1e-11));
  auto moved   = gaussian;
  moved.center = {3., 1.};
  CHECK(QuasiPotential(moved).value({3.2, 1.1}) ==
        relatively(QuasiPotential(gaussian).value({0.2, 0.1}), 1e-13));
  // eta does not enter
  CHECK(
    QuasiPotential(general_coupled_model(0.1, 2)).minimum_over_sphere(1.).value ==
    relatively(QuasiPotential(general_coupled_model(2., 2)).minimum_over_sphere(1.).value, 1e-13));

  CHECK_THROWS_AS(QuasiPotential(general_coupled_model(0.1, 2)).value({0.1, 0.2}),
                  std::domain_error);
  CHECK_THROWS_AS(QuasiPotential(gaussian).minimum_over_sphere(0.), std::domain_error);
  CHECK_THROWS_AS(QuasiPotential(gaussian).value({0.}), std::domain_error);
  CHECK_THROWS_AS(SmallNoiseExitTime1D(gaussian, 1.), std::domain_error);
  auto expression = gaussian;
  expression.type = "expression";
  CHECK_THROWS_AS(QuasiPotential(expression), std::domain_error);
}
