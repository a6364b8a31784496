// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "problems.h"

using namespace dealii;
using namespace dynkin;
using namespace dynkin::tests;

namespace
{
  constexpr double step = 1e-6;

  template <int dim>
  void
  check_derivatives(const std::string &rho)
  {
    const Parameters parameters =
      parse("stationary density",
            decoupled(dim, "0.3", "1, 2, 0.5", "1, 0.5, 0.3", rho, "0.2, -0.1, 0.4") + box(dim));
    const auto model = create_model<dim>(parameters.model);
    Point<dim> x;
    for (unsigned int i = 0; i < dim; ++i)
      x[i] = 0.7 - 0.5 * i;

    for (unsigned int j = 0; j < dim; ++j)
      {
        Point<dim> right = x, left = x;
        right[j] += step;
        left[j] -= step;
        INFO("d = " << dim << ", coordinate " << j << ", rho = " << rho);
        CHECK(
          model->log_weight_gradient(x)[j] ==
          Approx((model->log_weight(right) - model->log_weight(left)) / (2. * step)).epsilon(1e-7));
        // a is diagonal and a_jj depends on x_j only
        CHECK(model->diffusion_divergence(x)[j] ==
              Approx((model->diffusion(right)[j][j] - model->diffusion(left)[j][j]) / (2. * step))
                .epsilon(1e-7)
                .margin(1e-9));
      }
  }
} // namespace

TEST_CASE("derivatives of the decoupled model agree with differences", "[model]")
{
  for (const std::string rho : {"1, 0.7, 0.2", "0, 0, 0", "1e-12, 0, 3"})
    {
      check_derivatives<1>(rho);
      check_derivatives<2>(rho);
      check_derivatives<3>(rho);
    }
}

TEST_CASE("coefficients of the decoupled model are those of (2.16)", "[model]")
{
  const Parameters parameters =
    parse("stationary density",
          decoupled(2, "0.5", "1, 2, 1", "1, 0.5, 1", "1, 2, 1", "1, 0, 0") + box(2));
  const auto     model = create_model<2>(parameters.model);
  const Point<2> x(0.5, -1.);
  CHECK(model->drift(x)[0] == Approx(0.5));
  CHECK(model->drift(x)[1] == Approx(2.));
  CHECK(model->diffusion(x)[0][0] == Approx(0.5 * 1.25));
  CHECK(model->diffusion(x)[1][1] == Approx(0.5 * 2.5));
  CHECK(model->diffusion(x)[0][1] == 0.);
}

TEST_CASE("rho -> 0 is the Ornstein-Uhlenbeck process, smoothly", "[model]")
{
  const auto log_weight = [](const std::string &rho) {
    const Parameters parameters =
      parse("stationary density", decoupled(1, "0.5", "1", "2", rho) + box(1));
    return create_model<1>(parameters.model)->log_weight(Point<1>(1.3));
  };
  CHECK(log_weight("0") == Approx(-1.3 * 1.3 / (0.5 * 2.)).epsilon(1e-15));
  CHECK(log_weight("1e-14") == Approx(log_weight("0")).epsilon(1e-12));
}
