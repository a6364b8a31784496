// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "sampling/time_step.h"

#include <Eigen/Eigenvalues>

#include <limits>

namespace dynkin
{
  namespace
  {
    /** A box around a shape, and the distance from its middle to the nearest wall. */
    template <int dim>
    struct Extent
    {
      std::array<double, dim> lower, upper;
      double                  inner;
    };

    template <int dim>
    Extent<dim>
    extent_of(const BoxWalls<dim> &walls)
    {
      Extent<dim> extent = {walls.lower, walls.upper, std::numeric_limits<double>::infinity()};
      for (unsigned int i = 0; i < dim; ++i)
        extent.inner = std::min(extent.inner, 0.5 * (walls.upper[i] - walls.lower[i]));
      return extent;
    }

    template <int dim>
    Extent<dim>
    extent_of(const ShellWalls<dim> &walls)
    {
      Eigen::Matrix<double, dim, dim> M;
      for (unsigned int i = 0; i < dim; ++i)
        for (unsigned int j = 0; j < dim; ++j)
          M(i, j) = walls.matrix[symmetric_index<dim>(i, j)];
      const Eigen::SelfAdjointEigenSolver<Eigen::Matrix<double, dim, dim>> solver(M);
      const Eigen::Matrix<double, dim, dim>                                inverse = M.inverse();
      Extent<dim>                                                          extent;
      for (unsigned int i = 0; i < dim; ++i)
        {
          extent.lower[i] = walls.center[i] - std::sqrt(inverse(i, i));
          extent.upper[i] = walls.center[i] + std::sqrt(inverse(i, i));
        }
      extent.inner = 1. / std::sqrt(solver.eigenvalues()[dim - 1]);
      if (walls.hole >= 0.)
        extent.inner *= 0.5 * (1. - walls.hole);
      return extent;
    }

    double
    round_down(const double number)
    {
      const double power = std::pow(10., std::floor(std::log10(number)));
      const double first = number / power;
      return first >= 5. ? 5. * power : first >= 2. ? 2. * power : power;
    }
  } // namespace

  template <int dim>
  double
  choose_time_step(const PathLaw<dim> &law, const std::vector<std::vector<double>> &points)
  {
    constexpr unsigned int n_tries    = 512; // places
    constexpr double       noise_part = 1. / 20., drift_part = 1. / 50., exponent_part = 1. / 50.;
    const Extent<dim>      extent =
      std::visit([](const auto &walls) { return extent_of(walls); }, law.walls);
    const double        L = extent.inner;
    const RandomNumbers random_numbers(0);
    const auto          lanes_of_all = std::make_unique<PathLanes<dim>>();
    PathLanes<dim>     &lanes        = *lanes_of_all;
    double              drift = 0., diffusion = 0.;
    unsigned int        n    = 0;
    const auto          look = [&n, &lanes, &law, &drift, &diffusion, L]() {
      std::fill_n(lanes.is_inside.begin(), n, 1.);
      law.coefficients->evaluate(n, lanes);
      for (unsigned int q = 0; q < n; ++q)
        {
          double square = 0.;
          for (unsigned int i = 0; i < dim; ++i)
            {
              const double a = lanes.a[symmetric_index<dim>(i, i)][q], x = lanes.x[i][q];
              const double across = std::max(0., a - law.growth[i] * x * x) * law.across[i];
              const double b = std::abs(lanes.b[i][q] + 0.5 * across / std::max(x, 0.5 * L));
              square += b * b;
              diffusion = std::max(diffusion, a);
            }
          drift = std::max(drift, std::sqrt(square));
        }
      n = 0;
    };
    const auto add = [&](const double *x) {
      for (unsigned int i = 0; i < dim; ++i)
        lanes.x[i][n] = x[i];
      if (++n == n_lanes)
        look();
    };
    for (const std::vector<double> &point : points)
      add(point.data());
    for (unsigned int k = 0; k < n_tries; ++k)
      {
        const auto words = random_numbers.words(k, 0, 0);
        double     x[dim];
        for (unsigned int i = 0; i < dim; ++i)
          {
            const double part = (words[i] + 0.5) * 0x1p-32;
            x[i]              = extent.lower[i] + part * (extent.upper[i] - extent.lower[i]);
            if (law.is_radial)
              x[i] = std::abs(x[i]);
          }
        if (std::visit([&x](const auto &walls) { return walls.margin(x) > 0.; }, law.walls))
          add(x);
      }
    look();
    const double of_noise = std::pow(noise_part * L, 2) / diffusion;
    const double of_drift =
      std::min(drift_part * L / drift, exponent_part * diffusion / (drift * drift));
    return round_down(std::min(of_noise, drift > 0. ? of_drift : of_noise));
  }

  template double
  choose_time_step<1>(const PathLaw<1> &, const std::vector<std::vector<double>> &);
  template double
  choose_time_step<2>(const PathLaw<2> &, const std::vector<std::vector<double>> &);
  template double
  choose_time_step<3>(const PathLaw<3> &, const std::vector<std::vector<double>> &);
} // namespace dynkin
