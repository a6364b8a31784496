// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory_quadratic_models.h"

#include "theory/density/student_t_density.h"
#include "theory/density/tail_index.h"
#include "theory/moments/closed_moments.h"

#include <Eigen/Eigenvalues>
#include <Eigen/LU>

#include <cmath>
#include <limits>
#include <random>
#include <stdexcept>

using namespace dynkin;

namespace
{
  /** L_alpha by collocation in the polar angle, d = 2: finite Fourier differences in 2 t. */
  Eigen::MatrixXd
  polar_collocation(const QuadraticModel &model, const double alpha, const int n)
  {
    // first and second derivatives of trigonometric interpolation at n (even) points of [0, pi)
    Eigen::MatrixXd D = Eigen::MatrixXd::Zero(n, n), D2 = D;
    for (int i = 0; i < n; ++i)
      for (int j = 0; j < n; ++j)
        {
          const double sign = (i - j) % 2 == 0 ? 1. : -1., half = M_PI * (i - j) / n;
          D(i, j)  = i == j ? 0. : sign / std::tan(half);
          D2(i, j) = i == j ? -(n * n + 2.) / 3. : -2. * sign / std::pow(std::sin(half), 2);
        }
    Eigen::MatrixXd L(n, n);
    for (int i = 0; i < n; ++i)
      {
        const double          t = M_PI * i / n;
        const Eigen::Vector2d u(std::cos(t), std::sin(t)), v(-u(1), u(0));
        const Eigen::Matrix2d a  = model.eta * model.growth_at(u);
        const Eigen::Vector2d b  = -model.H * u;
        const double          au = u.dot(a * u), av = v.dot(a * v), auv = u.dot(a * v);
        L.row(i) = 0.5 * av * D2.row(i) + (b.dot(v) + (alpha - 1.) * auv) * D.row(i);
        L(i, i) += alpha * b.dot(u) + 0.5 * alpha * (alpha - 1.) * au + 0.5 * alpha * av;
      }
    return L;
  }

  /**
   * L_alpha by collocation on the double Fourier sphere, d = 3: theta_j = (j + 1/2) pi/n
   * continued over the poles by g(-theta, phi) = g(theta, phi + pi), n points in phi too;
   * only g even under the antipodal map is kept, as theta in (0, pi/2).
   */
  Eigen::MatrixXd
  spherical_collocation(const QuadraticModel &model, const double alpha, const int n)
  {
    const auto first = [](const int k, const int period) {
      return k == 0 ? 0. : 0.5 * (k % 2 == 0 ? 1. : -1.) / std::tan(M_PI * k / period);
    };
    const auto second = [](const int k, const int period) {
      return k == 0 ? -(period * period + 2.) / 12.
                    : -0.5 * (k % 2 == 0 ? 1. : -1.) / std::pow(std::sin(M_PI * k / period), 2);
    };
    const int  n_theta = n / 2, period = 2 * n; // theta points kept; on the full circle of theta
    const auto index = [&](int j, int k) {      // point (theta_j, phi_k) of the circle, folded
      j = ((j % period) + period) % period;
      if (j >= n)
        {
          j = period - 1 - j; // over a pole: theta -> -theta, phi + pi
          k += n / 2;
        }
      if (j >= n_theta)
        {
          j = n - 1 - j; // antipode: theta -> pi - theta, phi + pi
          k += n / 2;
        }
      return j * n + k % n;
    };
    const int       size = n_theta * n;
    Eigen::MatrixXd L    = Eigen::MatrixXd::Zero(size, size);
    for (int j = 0; j < n_theta; ++j)
      for (int k = 0; k < n; ++k)
        {
          const double    theta = (j + 0.5) * M_PI / n, phi = 2. * M_PI * k / n;
          const double    s = std::sin(theta), c = std::cos(theta);
          Eigen::Matrix3d F; // columns e_r, e_theta, e_phi
          F << s * std::cos(phi), c * std::cos(phi), -std::sin(phi), s * std::sin(phi),
            c * std::sin(phi), std::cos(phi), c, -s, 0.;
          const Eigen::Matrix3d a       = F.transpose() * model.eta * model.growth_at(F.col(0)) * F;
          const Eigen::Vector3d b       = -F.transpose() * model.H * F.col(0);
          const int             row     = index(j, k);
          const double          g_theta = b(1) + (alpha - 1.) * a(0, 1) + 0.5 * a(2, 2) * c / s;
          const double          g_phi = (b(2) + (alpha - 1.) * a(0, 2)) / s - a(1, 2) * c / (s * s);
          for (int m = 0; m < period; ++m)
            {
              L(row, index(m, k)) +=
                g_theta * first(j - m, period) + 0.5 * a(1, 1) * second(j - m, period);
              for (int l = 0; l < n; ++l)
                L(row, index(m, l)) += a(1, 2) / s * first(j - m, period) * first(k - l, n);
            }
          for (int l = 0; l < n; ++l)
            L(row, index(j, l)) +=
              g_phi * first(k - l, n) + 0.5 * a(2, 2) / (s * s) * second(k - l, n);
          L(row, row) +=
            alpha * b(0) + 0.5 * alpha * (alpha - 1.) * a(0, 0) + 0.5 * alpha * (a(1, 1) + a(2, 2));
        }
    return L;
  }

  /** The eigenvalue near zero with the flattest, positive eigenvector: inverse iteration from 1. */
  double
  smallest_eigenvalue_near_zero(const Eigen::MatrixXd &L)
  {
    const Eigen::PartialPivLU<Eigen::MatrixXd> lu(
      L + 1e-3 * Eigen::MatrixXd::Identity(L.rows(), L.rows()));
    Eigen::VectorXd g = Eigen::VectorXd::Ones(L.rows());
    for (unsigned int i = 0; i < 40; ++i)
      g = lu.solve(g).normalized().eval();
    return g.dot(L * g);
  }

  /** g > 0 with L_alpha g = Lambda(alpha) g, at n angles from 0 to pi (excluded), by collocation. */
  Eigen::VectorXd
  principal_angular_function(const QuadraticModel &model, const double alpha, const int n)
  {
    const Eigen::EigenSolver<Eigen::MatrixXd> solver(polar_collocation(model, alpha, n));
    Eigen::Index                              principal;
    solver.eigenvalues().real().maxCoeff(&principal);
    return solver.eigenvectors().col(principal).real().cwiseAbs();
  }

  /**
   * The process at infinity in the plane, started at e_1, by Euler's scheme: E |z_t|^alpha g(angle) =
   * g(0) e^(Lambda(alpha) t) at every t. Returns Lambda and its standard error.
   */
  std::pair<double, double>
  simulated_growth(const QuadraticModel &model, const double alpha, const unsigned int seed)
  {
    const unsigned int    n_steps = 500, n_paths = 20000, n_angles = 128;
    const double          t = 1., dt = t / n_steps, scale = std::sqrt(model.eta * dt);
    const Eigen::Matrix2d H = model.H, S00 = model.growth(0, 0), S01 = model.growth(0, 1),
                          S11          = model.growth(1, 1);
    const Eigen::VectorXd            g = principal_angular_function(model, alpha, n_angles);
    std::mt19937_64                  random(seed);
    std::normal_distribution<double> normal;
    double                           sum = 0., square = 0.;
    for (unsigned int path = 0; path < n_paths; ++path)
      {
        Eigen::Vector2d z(1., 0.);
        for (unsigned int step = 0; step < n_steps; ++step)
          {
            const double          a00 = z.dot(S00 * z), a01 = z.dot(S01 * z), a11 = z.dot(S11 * z);
            const double          l00 = std::sqrt(a00), l10 = a01 / l00;
            const double          n0 = normal(random), n1 = normal(random);
            const Eigen::Vector2d noise(l00 * n0, l10 * n0 + std::sqrt(a11 - l10 * l10) * n1);
            z += -dt * (H * z) + scale * noise;
          }
        const double angle = (std::atan2(z(1), z(0)) / M_PI + 2.) * n_angles; // linear in between
        const int    left  = static_cast<int>(angle);
        const double part  = angle - left;
        const double value = std::pow(z.norm(), alpha) *
                             ((1. - part) * g(left % n_angles) + part * g((left + 1) % n_angles));
        sum += value / g(0);
        square += value * value / (g(0) * g(0));
      }
    const double mean = sum / n_paths;
    return {std::log(mean) / t, std::sqrt((square / n_paths - mean * mean) / n_paths) / (mean * t)};
  }
} // namespace

TEST_CASE("Tail index: closed forms", "[theory]")
{
  const TailIndex decoupled(decoupled_model(0.4, {1., 2.}, {1., 0.5}, {1., 0.7}));
  CHECK(decoupled.value() == relatively(6., 1e-14));
  CHECK(decoupled.lyapunov_exponent() == relatively(-1.2, 1e-14));
  CHECK(std::isinf(TailIndex(decoupled_model(0.4, {1., 2.}, {1., 0.5}, {0., 0.})).value()));
  CHECK(std::isinf(
    TailIndex(coupled_model(1., {{1., 2.}, {0., 1.}}, {{1., 0.}, {0., 1.}}, {{0., 0.}, {0., 0.}}))
      .value()));
  // isotropic: 2 - d + 2h/(eta g s)
  const Matrix one = {{1., 0.}, {0., 1.}}, h = {{1.5, 0.}, {0., 1.5}}, g = {{0.8, 0.}, {0., 0.8}};
  CHECK(TailIndex(coupled_model(0.5, h, g, one)).value() == relatively(3. / 0.4, 1e-13));
  CHECK(TailIndex(student_model(0.5, 3, 2., {0.5, -1., 0.3})).value() == relatively(7., 1e-13));
  // r^alpha for Gaussian least squares: eta alpha (alpha - 1) + (eta (d - 1)/2 - 1) alpha = 0
  for (const unsigned int d : {2u, 3u})
    CHECK(TailIndex(least_squares_model(d, 0.2)).value() ==
          relatively(1. + 1. / 0.2 - 0.5 * (d - 1.), 1e-10));
  CHECK(TailIndex(student_model(4., 3, 1., {0.5, -1., 0.3})).stationary_law() ==
        TailIndex::Existence::no);
  CHECK(TailIndex(coupled_model(0.5, {{1.}}, {{2.}}, {{0.5}})).value() == relatively(5., 1e-14));
}

TEST_CASE("Tail index: the eigenproblem meets the closed forms, d = 2 and 3", "[theory]")
{
  for (const auto &model : {student_model(0.5, 2, 2., {0.}),
                            student_model(0.5, 2, 2., {1.2}),
                            student_model(1.3, 2, 2., {0.4}),
                            student_model(0.5, 3, 2., {0.5, -1., 0.3}),
                            student_model(1.7, 3, 2., {0.2, 0., 0.3})})
    {
      const TailIndex numerical(disguised(model));
      CHECK(numerical.value() == relatively(TailIndex(model).value(), 1e-10));
      CHECK(numerical.lyapunov_exponent() < 0.);
    }
  CHECK(TailIndex(disguised(student_model(5., 3, 1., {0., 0., 0.}))).stationary_law() ==
        TailIndex::Existence::no);
  CHECK(std::isnan(TailIndex(disguised(student_model(5., 3, 1., {0., 0., 0.}))).value()));
}

TEST_CASE("Tail index of non-commuting models against collocation, d = 2 and 3", "[theory]")
{
  for (const auto &model : {general_coupled_model(0.5, 2),
                            general_quadratic_model(0.5, 2),
                            general_quadratic_model(0.05, 2)})
    {
      const QuadraticModel quadratic(model);
      const TailIndex      tail(model);
      CHECK(tail.error_estimate() <= 1e-9 * tail.value());
      const Eigen::MatrixXd L     = polar_collocation(quadratic, tail.value(), 128);
      const double          rate  = L.eigenvalues().real().maxCoeff();
      const double          slope = (moment_growth_rate(model, tail.value() + 1e-3) -
                            moment_growth_rate(model, tail.value() - 1e-3)) /
                           2e-3;
      INFO("alpha* = " << tail.value() << ", rate " << rate << ", slope " << slope);
      CHECK(std::abs(rate / slope) < 1e-8 * tail.value());
    }
  for (const auto &model : {general_coupled_model(0.5, 3), general_quadratic_model(0.4, 3)})
    {
      const TailIndex tail(model);
      const double    rate = smallest_eigenvalue_near_zero(
        spherical_collocation(QuadraticModel(model), tail.value(), 32));
      const double slope = (moment_growth_rate(model, tail.value() + 1e-3) -
                            moment_growth_rate(model, tail.value() - 1e-3)) /
                           2e-3;
      INFO("alpha* = " << tail.value() << ", rate " << rate << ", slope " << slope);
      CHECK(std::abs(rate / slope) < 1e-8 * tail.value());
    }
}

TEST_CASE("Growth rates of even moments: sphere eigenproblem against the closed moments",
          "[theory]")
{
  for (const double eta : {0.1, 0.6})
    for (const unsigned int d : {2u, 3u})
      for (const auto &model : {general_coupled_model(eta, d), general_quadratic_model(eta, d)})
        {
          const ClosedMoments moments(model, 6);
          for (const unsigned int n : {2u, 4u, 6u})
            CHECK(moment_growth_rate(model, n) == Approx(moments.growth_rate(n)).margin(1e-10));
          const TailIndex tail(model);
          for (const unsigned int n : {2u, 4u, 6u})
            CHECK((n < tail.value()) == (moments.growth_rate(n) < 0.));
          // Lambda'(0)
          const double h = 1e-3;
          const double slope =
            (8. * (moment_growth_rate(model, h) - moment_growth_rate(model, -h)) -
             moment_growth_rate(model, 2. * h) + moment_growth_rate(model, -2. * h)) /
            (12. * h);
          CHECK(tail.lyapunov_exponent() == relatively(slope, 1e-8));
        }
}

TEST_CASE("Moment growth at infinity against simulation", "[theory]")
{
  for (const auto &model : {general_coupled_model(0.3, 2), general_quadratic_model(0.3, 2)})
    for (const double alpha : {0.7, 1.5})
      {
        const auto [rate, error] = simulated_growth(QuadraticModel(model), alpha, 1);
        const double exact       = moment_growth_rate(model, alpha);
        INFO("alpha " << alpha << ": simulated " << rate << " +- " << error << ", exact " << exact);
        CHECK(error < 0.02);
        CHECK(std::abs(rate - exact) < 3. * error);
      }
}

TEST_CASE("Tail index: brackets where the eigenproblem does not apply", "[theory]")
{
  // no growth along y: Sigma_H singular
  auto model            = general_coupled_model(0.5, 2);
  model.coupled.Sigma_H = {{1., 0.}, {0., 0.}};
  const TailIndex singular(model);
  CHECK(singular.stationary_law() == TailIndex::Existence::yes);
  CHECK(std::isnan(singular.value()));
  CHECK(singular.upper() == singular.lower() + 2.);
  const ClosedMoments moments(model, singular.upper());
  CHECK(moments.growth_rate(singular.lower()) < 0.);
  CHECK(moments.growth_rate(singular.upper()) >= 0.);
  // five dimensions, disguised closed form: 2 (1 + k/eta) - d = 2 (1 + 4) - 5
  Matrix one(5, std::vector<double>(5, 0.)), two = one;
  for (unsigned int i = 0; i < 5; ++i)
    {
      one[i][i] = 1.;
      two[i][i] = 2.;
    }
  const TailIndex five(disguised(coupled_model(0.5, two, one, one)));
  CHECK(five.lower() == 4.);
  CHECK(five.upper() == 6.);
  CHECK_THROWS_AS(moment_growth_rate(coupled_model(0.5, two, one, one), 1.), std::domain_error);
  CHECK_THROWS_AS(TailIndex(coupled_model(
                    0.5, {{-1., 0.}, {0., 1.}}, {{1., 0.}, {0., 1.}}, {{1., 0.}, {0., 1.}})),
                  std::domain_error);
}
