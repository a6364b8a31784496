// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "measure/functionals.h"
#include "problem/exit_law.h"
#include "problems.h"
#include "theory/exit/box_exit_time.h"

#include <boost/math/quadrature/exp_sinh.hpp>

using namespace dynkin;
using namespace dynkin::tests;

namespace
{
  template <int dim>
  struct Law
  {
    Law(const std::string                      &text,
        const std::vector<std::vector<double>> &points,
        const unsigned int                      degree,
        const unsigned int                      refinements,
        const std::string                      &weight = "natural")
      : parameters(parse("exit law", text))
      , setup(parameters, degree, refinements, weight)
      , exit_time(setup.form, parameters.solver, silent)
      , slowest((exit_time.solve(1), exit_time), parameters.solver, silent)
      , survival(slowest, functionals(points), parameters.solver, silent)
    {
    }

    std::vector<dynkin::Vector>
    functionals(const std::vector<std::vector<double>> &points) const
    {
      std::vector<dynkin::Vector> result;
      for (const auto &point : points)
        result.push_back(point_functional(setup.form, {point}, {1.}));
      return result;
    }

    const Parameters         parameters;
    const Setup<dim>         setup;
    ExitTime<dim>            exit_time;
    SlowestMode<dim>         slowest;
    SurvivalProbability<dim> survival;
  };

  std::string
  law_interval(const std::string &eta, const std::string &rho = "1")
  {
    return decoupled(1, eta, "1", "1", rho) +
           domain(" set shape = interval\n set lower = -1\n set upper = 1\n");
  }

  /** Largest error of S at the points and times. */
  template <int dim, typename Exact>
  double
  error_of_survival(Law<dim>                               &law,
                    const std::vector<std::vector<double>> &points,
                    const std::vector<double>              &times,
                    const Exact                            &exact)
  {
    double largest = 0.;
    for (unsigned int k = 0; k < points.size(); ++k)
      for (const double t : times)
        largest = std::max(largest, std::abs(law.survival.value(k, t) - exact(points[k], t)));
    return largest;
  }
} // namespace

TEST_CASE("survival probabilities on an interval", "[problem]")
{
  for (const std::string weight : {"natural", "none"})
    {
      INFO(weight);
      Law<1> law(law_interval("0.5"), {{0.}, {0.5}}, 8, 4, weight);
      // independent programs: a hypergeometric determinant, Talbot inversion
      CHECK(static_cast<double>(1.L / law.slowest.time()) ==
            Approx(0.3542747987888777660217).epsilon(1e-11));
      CHECK(law.survival.value(0, 2.) == Approx(0.5482806398361571663086).epsilon(1e-11));

      const ExitLaw theory(coordinate_diffusion(law.parameters.model, 0), -1., 1.);
      const auto    exact = [&](const std::vector<double> &x, const double t) {
        return theory.survival(t, x[0]);
      };
      CHECK(error_of_survival(law, {{0.}, {0.5}}, {0.1, 0.3, 1., 5., 50.}, exact) < 1e-11);
      for (const double p : {0.05, 0.5, 0.95})
        CHECK(theory.survival(law.survival.quantile(1, p), 0.5) == Approx(1. - p).epsilon(1e-10));
      // the density of the exit time, by differences of the theory
      const double h = 1e-4;
      CHECK(law.survival.density(0, 1.) ==
            Approx((theory.survival(1. - h, 0.) - theory.survival(1. + h, 0.)) / (2. * h))
              .epsilon(1e-7));
    }
}

TEST_CASE("survival probabilities on a box are products", "[problem]")
{
  Law<2>            law(decoupled(2, "0.5") + box(2), {{0., 0.}, {0.5, -0.25}}, 8, 3);
  const BoxExitTime theory(law.parameters.model, {-1., -1.}, {1.5, 1.});
  CHECK(static_cast<double>(1.L / law.slowest.time()) ==
        Approx(static_cast<double>(theory.rate())).epsilon(1e-10));
  CHECK(error_of_survival(law,
                          {{0., 0.}, {0.5, -0.25}},
                          {0.2, 1., 10.},
                          [&](const std::vector<double> &x, const double t) {
                            return theory.survival(t, x);
                          }) < 1e-10);
}

TEST_CASE("survival falls, stays in [0, 1], and its integral is the mean exit time", "[problem]")
{
  for (const std::string eta : {"0.5", "0.1", "0.01"}) // E tau up to 2e29
    {
      INFO(eta);
      Law<1>         law(law_interval(eta), {{0.}, {0.8}}, 8, 7);
      const Field<1> field = law.exit_time.moment(1);
      const auto     f     = point_values(field, {{0.}, {0.8}});
      for (unsigned int k = 0; k < 2; ++k)
        {
          boost::math::quadrature::exp_sinh<double> rule;
          const double                              integral = rule.integrate(
            [&](const double s) {
              return s < 1e3 ? law.survival.value(k, s * static_cast<long double>(f[k])) : 0.;
            },
            1e-12);
          CHECK(integral == Approx(1.).epsilon(1e-9));
        }
      dynkin::Vector before;
      for (double t = 0.01; t < 100.; t *= 3.)
        {
          const dynkin::Vector S = law.survival.field(t);
          for (unsigned int i = 0; i < S.locally_owned_size(); ++i)
            {
              CHECK(S.local_element(i) >= -1e-12);
              CHECK(S.local_element(i) <= 1. + 1e-12);
              if (before.size() > 0)
                CHECK(S.local_element(i) <= before.local_element(i) + 1e-12);
            }
          before = S;
        }
    }
}

TEST_CASE("the rate is accurate however small", "[problem]")
{
  for (const std::string eta : {"0.05", "0.01", "0.005"})
    {
      INFO(eta);
      Law<1>        law(law_interval(eta), {{0.}}, 8, 8);
      PrincipalMode theory(
        coordinate_diffusion(law.parameters.model, 0), -1., 1., ReflectingEnd::none);
      CHECK(static_cast<double>(law.slowest.time() * theory.rate()) == Approx(1.).epsilon(1e-10));
      CHECK(static_cast<double>(law.survival.quantile(0, 0.5) / law.slowest.time()) ==
            Approx(std::log(2.)).epsilon(1e-5));
    }
}

TEST_CASE("quasi-stationary density", "[problem]")
{
  std::vector<double> values;
  for (const std::string weight : {"natural", "none"})
    {
      Law<2> law(decoupled(2, "0.4") + ball(), {{0., 0.}}, 8, 1, weight);
      CHECK(static_cast<double>(1.L / law.slowest.time()) ==
            Approx(0.273447352939038).epsilon(1e-11)); // polar Chebyshev-Fourier collocation
      const auto summary = summarise_density(Sampler<2>(law.setup.space), law.slowest.density());
      CHECK(summary.mass == Approx(1.).epsilon(1e-9));
      CHECK(summary.negative_cells == 0);
      values.push_back(point_values(law.slowest.density(), {{0.3, 0.2}}).front());
    }
  CHECK(values[0] == Approx(values[1]).epsilon(1e-7));
}
