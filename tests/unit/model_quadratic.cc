// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/probes.h"
#include "model/quadratic_model.h"
#include "problems.h"
#include "utilities/exceptions.h"

using namespace dealii;
using namespace dynkin;
using namespace dynkin::tests;

namespace
{
  template <int dim>
  std::unique_ptr<Model<dim>>
  create(const std::string &text)
  {
    return create_model<dim>(parse("stationary density", text + box(dim)).model);
  }

  /** Largest difference of drift, diffusion and its divergence at scattered points. */
  template <int dim>
  double
  difference(const Model<dim> &a, const Model<dim> &b)
  {
    double largest = 0.;
    for (const Point<dim> &x : probes<dim>())
      {
        const double size = 1. + x.norm_square();
        largest           = std::max({largest,
                                      (a.drift(x) - b.drift(x)).norm() / size,
                                      (a.diffusion(x) - b.diffusion(x)).norm() / size,
                                      (a.diffusion_divergence(x) - b.diffusion_divergence(x)).norm() / size});
      }
    return largest;
  }

  /** Derivatives against differences, and c against its definition. */
  template <int dim>
  void
  check_derivatives(const Model<dim> &model)
  {
    const double step = 1e-5;
    for (const Point<dim> &x : probes<dim>())
      {
        if (x.norm() > 3.)
          continue;
        Tensor<1, dim> divergence;
        for (unsigned int j = 0; j < dim; ++j)
          {
            Point<dim> right = x, left = x;
            right[j] += step;
            left[j] -= step;
            const auto slope = (model.diffusion(right) - model.diffusion(left)) / (2. * step);
            for (unsigned int i = 0; i < dim; ++i)
              divergence[i] += slope[i][j];
            CHECK(model.log_weight_gradient(x)[j] ==
                  Approx((model.log_weight(right) - model.log_weight(left)) / (2. * step))
                    .epsilon(1e-6)
                    .margin(1e-7));
          }
        CHECK((divergence - model.diffusion_divergence(x)).norm() <
              1e-7 * (1. + divergence.norm()));
      }
  }

  template <int dim>
  double
  largest_c(const Model<dim> &model)
  {
    double largest = 0.;
    for (const Point<dim> &x : probes<dim>())
      largest = std::max(largest,
                         (model.drift(x) - 0.5 * model.diffusion_divergence(x) -
                          0.5 * (model.diffusion(x) * model.log_weight_gradient(x)))
                             .norm() /
                           x.norm());
    return largest;
  }

  const std::string Sigmas =
    " set Sigma_g = 1, 0.3; 0.3, 0.6\n set Sigma_H = 0.8, -0.4; -0.4, 1.5\n";

  // H = 2 Sigma_g Sigma_H
  const std::string reversible_H = " set H = 1.36, 0.1; 0, 1.56\n";
} // namespace

TEST_CASE("the coupled model with H = k Sigma_g Sigma_H is reversible, with an exact weight",
          "[model]")
{
  const auto reversible = create<2>(model(2, "coupled", "0.5", reversible_H + Sigmas));
  CHECK(reversible->is_reversible());
  CHECK(largest_c(*reversible) < 1e-13);
  // psi = -(1 + k/eta) log(1 + x^T Sigma_H x), k = 2
  const Point<2> x(0.3, -0.7);
  CHECK(reversible->log_weight(x) ==
        Approx(-5. * std::log1p(0.8 * 0.09 + 0.8 * 0.21 + 1.5 * 0.49)).epsilon(1e-13));
  check_derivatives(*reversible);
}

TEST_CASE(
  "any other H makes it non-reversible, and the weight stays exact for (k Sigma_g + K) Sigma_H",
  "[model]")
{
  // K = [[0, 0.8], [-0.8, 0]]: H = (2 Sigma_g + K) Sigma_H
  const auto rotating =
    create<2>(model(2, "coupled", "0.5", " set H = 1.04, 1.3; -0.64, 1.88\n" + Sigmas));
  CHECK(!rotating->is_reversible());
  const Point<2> x(0.3, -0.7);
  CHECK(rotating->log_weight(x) ==
        Approx(-5. * std::log1p(0.8 * 0.09 + 0.8 * 0.21 + 1.5 * 0.49)).epsilon(1e-12));
  check_derivatives(*rotating);

  const auto general = create<2>(model(2, "coupled", "0.5", " set H = 2, 0.7; -0.3, 1\n" + Sigmas));
  CHECK(!general->is_reversible());
  CHECK(largest_c(*general) > 0.1);
  check_derivatives(*general);
}

TEST_CASE("Sigma_H = 0 is the Ornstein-Uhlenbeck process with its Gaussian", "[model]")
{
  const auto ou = create<2>(model(2,
                                  "coupled",
                                  "0.5",
                                  " set H = 1, 0; 0, 2\n set Sigma_g = 1, 0; 0, 0.5\n"
                                  " set Sigma_H = 0, 0; 0, 0\n"));
  CHECK(ou->is_reversible());
  CHECK(ou->log_weight(Point<2>(0.5, 0.5)) == Approx(-0.25 / 0.5 - 2. * 0.25 / 0.25));
}

TEST_CASE("the quadratic covariance model contains the others", "[model]")
{
  // coupled: A = Sigma_g (x) Sigma_H
  const auto coupled = create<2>(model(2, "coupled", "0.5", " set H = 2, 0.7; -0.3, 1\n" + Sigmas));
  const auto as_kronecker =
    create<2>(model(2,
                    "quadratic covariance",
                    "0.5",
                    " set H = 2, 0.7; -0.3, 1\n set Sigma = 1, 0.3; 0.3, 0.6\n"
                    " set A = 0.8, -0.4, 0.24, -0.12; -0.4, 1.5, -0.12, 0.45;"
                    " 0.24, -0.12, 0.48, -0.24; -0.12, 0.45, -0.24, 0.9\n"));
  CHECK(difference(*coupled, *as_kronecker) < 1e-14);

  // decoupled: A^ii_ii = rho_i
  const auto power_law = create<2>(decoupled(2, "0.4"));
  const auto as_diagonal =
    create<2>(model(2,
                    "quadratic covariance",
                    "0.4",
                    " set H = 1, 0; 0, 2\n set Sigma = 1, 0; 0, 0.5\n"
                    " set A = 1, 0, 0, 0; 0, 0, 0, 0; 0, 0, 0, 0; 0, 0, 0, 0.7\n"));
  CHECK(difference(*power_law, *as_diagonal) < 1e-14);
}

TEST_CASE("least squares with Gaussian inputs: C = (1 + |v|^2) I + v v^T, reversible", "[model]")
{
  const auto gradient_noise =
    create<2>(model(2,
                    "quadratic covariance",
                    "0.1",
                    " set H = 1, 0; 0, 1\n set Sigma = 1, 0; 0, 1\n"
                    " set A = 2, 0, 0, 0; 0, 1, 1, 0; 0, 1, 1, 0; 0, 0, 0, 2\n"));
  const Point<2> x(0.5, -1.);
  CHECK(gradient_noise->diffusion(x)[0][0] == Approx(0.1 * (2.25 + 0.25)));
  CHECK(gradient_noise->diffusion(x)[0][1] == Approx(0.1 * -0.5));
  // psi = -(2h/eta + d + 3)/4 log(1 + 2 |x|^2)
  CHECK(gradient_noise->is_reversible());
  CHECK(gradient_noise->log_weight(x) == Approx(-25. / 4. * std::log1p(2.5)).epsilon(1e-12));
  check_derivatives(*gradient_noise);
}

TEST_CASE("formulas give the built-in models", "[model]")
{
  const auto check = [](const auto &built_in, const std::string &entries) {
    const auto by_formulas = create<2>(model(2, "expression", "", entries));
    CHECK(difference(*built_in, *by_formulas) < 1e-13);
    check_derivatives(*by_formulas);
    return by_formulas->is_reversible();
  };
  CHECK(check(create<2>(decoupled(2, "0.4")),
              " set constants = h=2, s=0.5\n set drift = -x; -h*y\n"
              " set diffusion = 0.4*(1+x^2), 0; 0.4*(s+0.7*y^2)\n"));
  CHECK(!check(create<2>(model(2, "coupled", "0.5", " set H = 2, 0.7; -0.3, 1\n" + Sigmas)),
               " set constants = e=0.5\n set drift = -2*x-0.7*y; 0.3*x-y\n"
               " set diffusion = e*(1+0.8*x^2-0.8*x*y+1.5*y^2), 0.3*e*(1+0.8*x^2-0.8*x*y+1.5*y^2);"
               " 0.6*e*(1+0.8*x^2-0.8*x*y+1.5*y^2)\n"));
}

TEST_CASE("the natural weight of a double well is found by integration", "[model]")
{
  // dv = (x - x^3, -y) dt + sqrt(2 D) dB: psi = -V/D, V = x^4/4 - x^2/2 + y^2/2
  const auto well = create<2>(
    model(2,
          "expression",
          "",
          " set constants = D=0.1\n set drift = x-x^3; -y\n set diffusion = 2*D, 0; 2*D\n"));
  CHECK(well->is_reversible());
  const Point<2> x(1.2, 0.4);
  CHECK(well->log_weight(x) == Approx(-(std::pow(1.2, 4) / 4. - 0.72 + 0.08) / 0.1).epsilon(1e-12));
}

TEST_CASE("conventions become Ito drifts", "[model]")
{
  const auto drift = [](const std::string &convention, const std::string &diffusion) {
    return create<2>(model(2,
                           "expression",
                           "",
                           " set drift = -x; -y\n set diffusion = " + diffusion +
                             "\n set convention = " + convention + "\n"))
      ->drift(Point<2>(0.5, -1.));
  };
  // a = diag(1 + x^2, 2 + x y^2): Stratonovich adds 1/4 d_i a_ii, Haenggi-Klimontovich 1/2
  const std::string diagonal = "1+x^2, 0; 2+x*y^2";
  CHECK((drift("Ito", diagonal) - Tensor<1, 2>({-0.5, 1.})).norm() < 1e-14);
  CHECK((drift("Stratonovich", diagonal) - Tensor<1, 2>({-0.5 + 0.25, 1. - 0.25})).norm() < 1e-14);
  CHECK((drift("Haenggi-Klimontovich", diagonal) - Tensor<1, 2>({-0.5 + 0.5, 1. - 0.5})).norm() <
        1e-14);
  // a = s s^T with s = [[1, 0], [x, 1]]: s_jk d_j s_ik = s_11 d_1 s_21 = 1 in the second component
  CHECK((drift("Stratonovich", "1, x; 1+x^2") - Tensor<1, 2>({-0.5, 1. + 0.5})).norm() < 1e-14);
}

TEST_CASE("a diffusion that is not positive definite is refused where it is met", "[model]")
{
  const auto bad =
    create<2>(model(2, "expression", "", " set drift = -x; -y\n set diffusion = x, 0; 1\n"));
  CHECK_NOTHROW(bad->diffusion(Point<2>(1., 0.)));
  CHECK_THROWS_AS(bad->diffusion(Point<2>(-1., 0.)), InputError);
}

TEST_CASE("matrices and formulas are checked", "[model]")
{
  const auto refuses = [](const std::string &text, const std::string &entry) {
    try
      {
        create<2>(text);
      }
    catch (const InputError &error)
      {
        INFO(error.what());
        CHECK(error.entry() == entry);
        return;
      }
    FAIL("accepted");
  };
  refuses(model(2, "coupled", "0.5", " set H = 1, 0; 0, -1\n" + Sigmas), "Model/coupled/H");
  refuses(model(2, "coupled", "0.5", " set H = 1, 0\n" + Sigmas), "Model/coupled/H");
  refuses(
    model(
      2, "coupled", "0.5", reversible_H + " set Sigma_g = 1, 2; 2, 1\n set Sigma_H = 1, 0; 0, 1\n"),
    "Model/coupled/Sigma_g");
  refuses(model(2,
                "coupled",
                "0.5",
                reversible_H + " set Sigma_g = 1, 0.2; 0.1, 1\n set Sigma_H = 1, 0; 0, 1\n"),
          "Model/coupled/Sigma_g");
  refuses(model(2, "expression", "", " set drift = -x; -y\n set diffusion = 1, x; y, 1\n"),
          "Model/expression/diffusion");
  refuses(model(2, "expression", "", " set drift = -x; -w\n set diffusion = 1, 0; 1\n"),
          "Model/expression/drift");
  refuses(
    model(
      2, "expression", "", " set constants = x=1\n set drift = -x; -y\n set diffusion = 1, 0; 1\n"),
    "Model/expression/constants");
}

TEST_CASE("what is known about a model is what its coefficients are", "[model]")
{
  const std::string decoupled = " set h = 1, 2\n set sigma = 1, 0.5\n set rho = 1, 0.3\n";
  const std::string even_H = " set H = 1, 0; 0, 2\n", some_H = " set H = 2, 0.7; -0.3, 1\n";
  const std::string even       = " set Sigma_g = 1, 0; 0, 0.6\n set Sigma_H = 0.8, 0; 0, 1.5\n";
  const std::string even_Sigma = " set Sigma = 1, 0; 0, 0.6\n";
  for (const auto &[type, entries, is_even] :
       {std::make_tuple("decoupled", decoupled, true),
        std::make_tuple("coupled", even_H + even, true),
        std::make_tuple("coupled", some_H + even, false),
        std::make_tuple("coupled", even_H + Sigmas, false),
        std::make_tuple("quadratic covariance",
                        even_H + even_Sigma +
                          " set A = 2, 0, 0, 0.5; 0, 1, 0.4, 0; 0, 0.4, 1, 0; 0.5, 0, 0, 2\n",
                        true),
        std::make_tuple("quadratic covariance",
                        even_H + even_Sigma +
                          " set A = 2, 0.1, 0, 0; 0.1, 1, 0, 0; 0, 0, 1, 0; 0, 0, 0, 2\n",
                        false)})
    {
      INFO(type << entries);
      const ModelParameters parameters =
        parse("stationary density", model(2, type, "0.5", entries) + box(2)).model;
      const ModelKind     &kind    = parameters.kind();
      const auto           process = create_model<2>(parameters);
      const QuadraticModel quadratic(parameters);
      CHECK(kind.as_independent().has_value() == (type == std::string("decoupled")));
      for (unsigned int i = 0; i < 2; ++i)
        {
          double odd = 0.; // what a reflection of coordinate i changes
          for (const Point<2> &x : probes<2>())
            {
              const Eigen::Vector2d z(x[0], x[1]), b = -quadratic.H * z;
              const Eigen::Matrix2d a         = 0.5 * (quadratic.Sigma + quadratic.growth_at(z));
              Point<2>              reflected = x;
              reflected[i] *= -1.;
              const auto mirrored = [i](const unsigned int j) { return j == i ? -1. : 1.; };
              for (unsigned int j = 0; j < 2; ++j)
                {
                  CHECK(process->drift(x)[j] == Approx(b(j)));
                  odd = std::max(
                    odd,
                    std::abs(process->drift(reflected)[j] - mirrored(j) * process->drift(x)[j]));
                  for (unsigned int k = 0; k < 2; ++k)
                    {
                      CHECK(process->diffusion(x)[j][k] == Approx(a(j, k)).margin(1e-14));
                      odd =
                        std::max(odd,
                                 std::abs(process->diffusion(reflected)[j][k] -
                                          mirrored(j) * mirrored(k) * process->diffusion(x)[j][k]));
                    }
                }
            }
          CHECK((odd == 0.) == is_even);
          CHECK(kind.is_even(i) == is_even);
        }
    }
}
