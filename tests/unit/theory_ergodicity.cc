// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory_quadratic_models.h"

#include "theory/density/ergodicity.h"
#include "theory/density/tail_index.h"
#include "theory/moments/closed_moments.h"

#include <Eigen/Eigenvalues>

#include <cmath>
#include <random>
#include <stdexcept>

using namespace dynkin;

TEST_CASE("Contraction of `decoupled` is sharp: attained far out", "[theory]")
{
  const auto       model = decoupled_model(0.5, {1., 2.}, {2., 1.}, {1., 5.});
  const Ergodicity ergodicity(model);
  CHECK(ergodicity.is_sharp());
  CHECK(ergodicity.contraction_rate() == relatively(0.5 * 0.5 * 5. - 2., 1e-14));
  CHECK(ergodicity.mean_square_rate() == relatively(ergodicity.contraction_rate(), 1e-13));
  // W2 >= |X| - |Y| in mean square; started far out and at the centre
  const double R = 1e8;
  for (const double t : {0.3, 1., 4.})
    {
      const ClosedMoments moments(decoupled_model(0.5, {1.}, {2.}, {1.}), 2);
      const double far = std::sqrt(moments.at_time(t, MomentTable::of_point({R}, 2)).value({2}));
      const double centre =
        std::sqrt(moments.at_time(t, MomentTable::of_point({0.}, 2)).value({2}));
      CHECK((far - centre) / R ==
            relatively(
              std::exp(Ergodicity(decoupled_model(0.5, {1.}, {2.}, {1.})).contraction_rate() * t),
              1e-6));
    }
}

TEST_CASE("lambda_F and theta against samples of their definitions", "[theory]")
{
  const auto            model = general_coupled_model(0.4, 3);
  const QuadraticModel  m(model);
  const Ergodicity      ergodicity(model);
  const Eigen::MatrixXd root =
    Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(m.Sigma).operatorSqrt();
  const Eigen::MatrixXd Sigma_H = to_eigen(model.coupled.Sigma_H, 3, "Sigma_H");
  const auto            s       = [&](const Eigen::VectorXd &x) {
    return Eigen::MatrixXd(std::sqrt(m.eta * (1. + x.dot(Sigma_H * x))) * root);
  };
  std::mt19937_64                  random(7);
  std::normal_distribution<double> normal;
  double                           steepest = 0., weakest = 1e300, row = 0.;
  for (unsigned int i = 0; i < 20000; ++i)
    {
      Eigen::Vector3d x, y;
      for (unsigned int k = 0; k < 3; ++k)
        {
          x(k) = 1e3 * normal(random);
          y(k) = x(k) * (1. + 0.1 * normal(random));
        }
      const Eigen::MatrixXd difference = s(x) - s(y);
      const double          distance   = (x - y).squaredNorm();
      steepest                         = std::max(steepest, difference.squaredNorm() / distance);
      row     = std::max(row, difference.rowwise().squaredNorm().maxCoeff() / distance);
      weakest = std::min(weakest, (x - y).dot(m.H * (x - y)) / distance);
    }
  CHECK(steepest <= ergodicity.lambda_F() * (1. + 1e-12));
  CHECK(steepest > 0.95 * ergodicity.lambda_F());
  CHECK(row <= ergodicity.paper_lambda() * (1. + 1e-12));
  CHECK(row > 0.95 * ergodicity.paper_lambda());
  CHECK(weakest >= ergodicity.theta() * (1. - 1e-12));
  CHECK(weakest < 1.05 * ergodicity.theta());
  CHECK(ergodicity.contraction_rate() ==
        relatively(0.5 * ergodicity.lambda_F() - ergodicity.theta(), 1e-14));
}

TEST_CASE("Rates of contraction in order, and what each of them implies", "[theory]")
{
  for (const double eta : {0.01, 0.1, 0.4, 1., 3.})
    for (const unsigned int d : {2u, 3u})
      {
        const auto       coupled = general_coupled_model(eta, d);
        const Ergodicity ergodicity(coupled);
        INFO("eta = " << eta << ", d = " << d);
        CHECK(ergodicity.mean_square_rate() <= ergodicity.contraction_rate() + 1e-12);
        CHECK(ergodicity.contraction_rate() <= ergodicity.corrected_paper_rate());
        CHECK(ergodicity.corrected_paper_rate() < ergodicity.paper_rate());
        for (const auto &model : {coupled, general_quadratic_model(eta, d)})
          CHECK((Ergodicity(model).mean_square_rate() < 0.) ==
                std::isfinite(stationary_covariance(model)[0][0]));
        if (d == 2 && ergodicity.contraction_rate() < 0.)
          CHECK(TailIndex(coupled).lower() >= 2.);
      }
}

TEST_CASE("The paper's condition (4.4): by hand, in any basis, and far from necessary", "[theory]")
{
  // h_min = 1, g_max = 1, H_sum = 2, d = 2: eta < 1/8
  const auto model = [](const double eta) {
    return coupled_model(eta, {{1., 0.}, {0., 2.}}, {{1., 0.}, {0., 0.49}}, {{0.5, 0.}, {0., 1.5}});
  };
  CHECK(Ergodicity(model(0.1)).paper_bound() == relatively(0.125, 1e-14));
  CHECK(Ergodicity(model(0.1)).paper_condition());
  CHECK_FALSE(Ergodicity(model(0.13)).paper_condition());
  const double    c = std::cos(0.7), s = std::sin(0.7);
  Eigen::Matrix2d Q;
  Q << c, -s, s, c;
  const QuadraticModel  rotated = QuadraticModel(model(0.1)).transformed(Q);
  const Eigen::Matrix2d Sigma_H = Q * Eigen::Vector2d(0.5, 1.5).asDiagonal() * Q.transpose();
  CHECK(Ergodicity(coupled_model(0.1, to_rows(rotated.H), to_rows(rotated.Sigma), to_rows(Sigma_H)))
          .paper_bound() == relatively(0.125, 1e-13));

  CHECK(Ergodicity(model(0.1249)).paper_rate() < 0.);    // it implies a contraction ..
  CHECK(Ergodicity(model(0.5)).contraction_rate() < 0.); // .. which goes on long after it fails ..
  CHECK(Ergodicity(model(2.)).contraction_rate() > 0.);
  CHECK(TailIndex(model(2.)).stationary_law() ==
        TailIndex::Existence::yes); // .. and so does the law
  CHECK(Ergodicity(coupled_model(0.5, {{1.5}}, {{2.}}, {{0.5}})).paper_bound() ==
        relatively(1.5, 1e-14));
  CHECK(std::isinf(Ergodicity(decoupled_model(0.5, {1.}, {1.}, {0.})).paper_bound()));
}

TEST_CASE("Ergodicity refuses what it does not know", "[theory]")
{
  CHECK_THROWS_AS(Ergodicity(general_coupled_model(0.1, 2)).paper_bound(),
                  std::domain_error); // H not symmetric
  CHECK_THROWS_AS(
    Ergodicity(decoupled_model(0.4, {1., 2.}, {1., 0.5}, {1., 0.7})).paper_condition(),
    std::domain_error);
  CHECK_THROWS_AS(Ergodicity(general_quadratic_model(0.1, 2)).paper_lambda(), std::domain_error);
  auto unstable      = general_coupled_model(0.1, 2);
  unstable.coupled.H = {{-1., 0.}, {0., 1.}};
  CHECK_THROWS_AS(Ergodicity(unstable), std::domain_error);
}
