// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory_quadratic_models.h"

#include "theory/density/power_law_factor.h"
#include "theory/density/student_t_density.h"
#include "theory/moments/closed_moments.h"

#include <boost/numeric/odeint.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>

using namespace dynkin;

namespace
{
  void
  check_equal(const Matrix &a, const Matrix &b, const double tolerance)
  {
    for (unsigned int i = 0; i < a.size(); ++i)
      for (unsigned int j = 0; j < a.size(); ++j)
        {
          INFO("entry " << i << ", " << j);
          CHECK(a[i][j] == Approx(b[i][j]).epsilon(tolerance).margin(tolerance * b[0][0]));
        }
  }
} // namespace

TEST_CASE("Closed moments of `decoupled` are products of the factors' moments", "[theory]")
{
  const auto           model = decoupled_model(0.3, {1., 2.}, {1., 0.5}, {1., 0.7});
  const PowerLawFactor x(1., 1., 1., 0.3), y(2., 0.5, 0.7, 0.3);
  const ClosedMoments  moments(model, 8);
  CHECK(moments.finite_order() == 6); // tail indices 7.67 and 20.0
  const MomentTable table = moments.stationary();
  CHECK(table.value({4, 0}) == relatively(0.1443850267379679144385, 1e-13)); // published
  for (const unsigned int i : {0u, 2u, 4u, 6u})
    for (unsigned int j = 0; i + j <= 6; j += 2)
      CHECK(table.value({i, j}) == relatively(x.moment(i) * y.moment(j), 1e-13));
  CHECK(table.value({3, 1}) == Approx(0.).margin(1e-17));
  CHECK(table.value({3, 0}) == 0.);
  CHECK_THROWS_AS(table.value({8, 0}), std::domain_error);
  CHECK_THROWS_AS(ClosedMoments(decoupled_model(0.3,
                                                std::vector<double>(40, 1.),
                                                std::vector<double>(40, 1.),
                                                std::vector<double>(40, 1.)),
                                4),
                  std::domain_error);
}

TEST_CASE("Closed moments of Student t laws, non-reversible, in d = 2, 3 and 5", "[theory]")
{
  for (const auto &model :
       {student_model(0.4, 2, 2., {1.2}), student_model(0.4, 3, 2., {0.5, -1., 0.3})})
    {
      const StudentTDensity p(model);
      const ClosedMoments   moments(model, 8);
      const MomentTable     table = moments.stationary();
      const unsigned int    d     = table.dimension();
      const double          nu    = p.tail_index(); // 10, 9
      const Matrix          S     = p.covariance();
      CHECK(moments.finite_order() == 8);
      check_equal(table.second(), S, 1e-12);
      // fourth moments of a multivariate t: Isserlis' sum times (nu - 2)/(nu - 4)
      for (unsigned int i = 0; i < d; ++i)
        for (unsigned int j = 0; j < d; ++j)
          {
            Exponents alpha(d, 0);
            alpha[i] += 2;
            alpha[j] += 2;
            CHECK(table.value(alpha) ==
                  relatively((nu - 2.) / (nu - 4.) * (S[i][i] * S[j][j] + 2. * S[i][j] * S[i][j]),
                             1e-12));
          }
    }
  Matrix one(5, std::vector<double>(5, 0.)), H = one;
  for (unsigned int i = 0; i < 5; ++i)
    one[i][i] = 1.;
  for (unsigned int i = 0; i < 5; ++i)
    for (unsigned int j = 0; j < 5; ++j)
      H[i][j] = i == j ? 2. : (i < j ? 0.3 : -0.3);
  const auto model = coupled_model(0.5, H, one, one);
  check_equal(
    ClosedMoments(model, 2).stationary().second(), StudentTDensity(model).covariance(), 1e-12);
}

TEST_CASE("Second moments: the closed system against the formulas of each model", "[theory]")
{
  const auto published = published_coupled_model({{1.36, 0.1}, {0., 1.56}});
  CHECK(stationary_covariance(published)[0][1] == relatively(0.06410256410256410256410, 1e-14));
  for (const auto &model :
       {published,
        general_coupled_model(0.5, 2),
        general_coupled_model(0.2, 3),
        general_quadratic_model(0.3, 2),
        general_quadratic_model(0.2, 3),
        decoupled_model(0.4, {1., 2.}, {1., 0.5}, {1., 0.7}),
        decoupled_model(0.4, {1., 2.}, {1., 0.5}, {0., 0.}),
        coupled_model(0.5, {{2., 0.7}, {-0.3, 1.}}, {{1., 0.3}, {0.3, 0.6}}, {{0., 0.}, {0., 0.}})})
    {
      const Matrix closed = ClosedMoments(model, 2).stationary().covariance();
      check_equal(stationary_covariance(model), closed, 1e-12);
      check_equal(stationary_covariance(disguised(model)), closed, 1e-12);
    }
}

TEST_CASE("A second moment is infinite where the linear system has a negative solution", "[theory]")
{
  for (const double eta : {0.1, 1., 2., 3., 5., 20.})
    {
      INFO("eta = " << eta);
      for (const unsigned int d : {2u, 3u})
        for (const auto &model : {general_coupled_model(eta, d), general_quadratic_model(eta, d)})
          {
            const ClosedMoments moments(model, 2);
            const bool          finite = moments.finite_order() == 2;
            CHECK(std::isfinite(stationary_covariance(model)[0][0]) == finite);
            CHECK(finite == (moments.growth_rate(2) < 0.));
            if (!finite)
              CHECK_THROWS_AS(moments.stationary().second(), std::domain_error);
          }
    }
  CHECK(std::isinf(stationary_covariance(decoupled_model(1., {1.}, {1.}, {2.}))[0][0]));
}

TEST_CASE("Moments at time t: against integration of their equations, and their limits", "[theory]")
{
  const auto          model = general_quadratic_model(0.3, 2);
  const ClosedMoments moments(model, 4);
  const MomentTable   start = MomentTable::of_gaussian({0.4, -0.7}, {{0.2, 0.05}, {0.05, 0.1}}, 4);
  CHECK(start.value({1, 1}) == relatively(0.4 * -0.7 + 0.05, 1e-14));
  CHECK(start.value({4, 0}) == relatively(std::pow(0.4, 4) + 6. * 0.16 * 0.2 + 3. * 0.04, 1e-14));

  // d/dt E z z^T = -H S - S H^T + eta (Sigma + A:S), d/dt E z = -H E z, by another integrator
  const QuadraticModel m(model);
  std::vector<double>  state(6);
  const auto           second = [](const std::vector<double> &s) {
    Eigen::Matrix2d S;
    S << s[2], s[3], s[4], s[5];
    return S;
  };
  state = {
    0.4, -0.7, start.value({2, 0}), start.value({1, 1}), start.value({1, 1}), start.value({0, 2})};
  boost::numeric::odeint::integrate_adaptive(
    boost::numeric::odeint::make_controlled<
      boost::numeric::odeint::runge_kutta_fehlberg78<std::vector<double>>>(1e-13, 1e-13),
    [&](const std::vector<double> &s, std::vector<double> &ds, double) {
      const Eigen::Matrix2d S    = second(s);
      Eigen::Matrix2d       rate = -m.H * S - S * m.H.transpose() + m.eta * m.Sigma;
      for (unsigned int i = 0; i < 2; ++i)
        for (unsigned int j = 0; j < 2; ++j)
          rate(i, j) += m.eta * m.growth(i, j).cwiseProduct(S).sum();
      const Eigen::Vector2d mean = -m.H * Eigen::Vector2d(s[0], s[1]);
      ds = {mean(0), mean(1), rate(0, 0), rate(0, 1), rate(1, 0), rate(1, 1)};
    },
    state,
    0.,
    0.9,
    0.1);
  const MomentTable later = moments.at_time(0.9, start);
  CHECK(later.value({1, 0}) == relatively(state[0], 1e-11));
  CHECK(later.value({0, 1}) == relatively(state[1], 1e-11));
  check_equal(later.second(), to_rows(second(state)), 1e-11);

  const MomentTable limit = moments.at_time(40., start), stationary = moments.stationary();
  check_equal(moments.at_time(1e30, start).second(), moments.stationary().second(), 1e-14);
  for (unsigned int i = 0; i <= 4; ++i)
    CHECK(limit.value({i, 4 - i}) == relatively(stationary.value({i, 4 - i}), 1e-11));
  check_equal(moments.at_time(0., start).second(), start.second(), 1e-14);
  // the exact second moment in one dimension
  const double gap = 2. - 0.5, t = 0.7;
  const auto   line = ClosedMoments(decoupled_model(0.5, {1.}, {2.}, {1.}), 2)
                      .at_time(t, MomentTable::of_point({1.5}, 2));
  CHECK(line.value({2}) ==
        relatively(2.25 * std::exp(-gap * t) + 0.5 * 2. / gap * (1. - std::exp(-gap * t)), 1e-13));
  CHECK_THROWS_AS(moments.at_time(-1., start), std::domain_error);
}
