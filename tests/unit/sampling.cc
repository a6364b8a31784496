// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "sampling/exit_statistics.h"
#include "sampling/random_numbers.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "catch2.h"

using namespace dynkin;

namespace
{
  /** Lanes 0, 1, ... at one step. */
  void
  place(RandomNumbers::Places &places, const std::int64_t step)
  {
    for (unsigned int q = 0; q < n_lanes; ++q)
      {
        places.path_low[q]  = q;
        places.path_high[q] = 0;
        places.step[q]      = step;
      }
  }

  /** What a Philox counter of four words is as path, step and draw. */
  std::array<std::uint32_t, 4>
  of_counter(const std::uint64_t key, const std::array<std::uint32_t, 4> &counter)
  {
    return RandomNumbers(key).words((static_cast<std::uint64_t>(counter[1]) << 32) | counter[0],
                                    (static_cast<std::uint64_t>(counter[3] >> 16) << 32) |
                                      counter[2],
                                    counter[3] & 0xffff);
  }
} // namespace

// The known-answer vectors of Random123, philox4x32 with 10 rounds: that the counter is what the class says.
TEST_CASE("random numbers are Philox4x32-10 of path, step and draw", "[sampling]")
{
  using Words = std::array<std::uint32_t, 4>;
  CHECK(of_counter(0, {{0, 0, 0, 0}}) == Words{{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}});
  CHECK(of_counter(0xffffffffffffffff, {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}}) ==
        Words{{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}});
  CHECK(of_counter(0x299f31d0a4093822, {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}}) ==
        Words{{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}});
}

TEST_CASE("normal numbers are normal, whatever the lane and how many there are", "[sampling]")
{
  constexpr unsigned int       n_steps = 2000, n_bins = 20;
  const RandomNumbers          random_numbers(7);
  RandomNumbers::Places        places;
  std::array<Lanes<double>, 4> z, few;
  std::array<double, 5>        moments  = {};
  std::array<double, n_bins>   counts   = {};
  std::array<double, 4>        products = {};
  for (unsigned int step = 0; step < n_steps; ++step)
    {
      place(places, step);
      random_numbers.normals(places, n_lanes, 1, z);
      for (unsigned int q = 0; q < n_lanes; ++q)
        for (unsigned int k = 0; k < 4; ++k)
          {
            for (unsigned int m = 1; m <= 4; ++m)
              moments[m] += std::pow(z[k][q], m);
            const double u = 0.5 * std::erfc(-z[k][q] / std::sqrt(2.));
            counts[std::min(n_bins - 1, static_cast<unsigned int>(u * n_bins))] += 1.;
            products[k] += z[k][q] * z[(k + 1) % 4][q];
          }
    }
  const double n = 4. * n_steps * n_lanes;
  CHECK(std::abs(moments[1]) < 4. * std::sqrt(n));
  CHECK(std::abs(moments[2] - n) < 4. * std::sqrt(2. * n));
  CHECK(std::abs(moments[3]) < 4. * std::sqrt(15. * n));
  CHECK(std::abs(moments[4] - 3. * n) < 4. * std::sqrt(96. * n));
  for (const double product : products)
    CHECK(std::abs(product) < 4. * std::sqrt(n / 4.));
  double chi_square = 0.;
  for (const double count : counts)
    chi_square += std::pow(count - n / n_bins, 2) / (n / n_bins);
  CHECK(chi_square < 19. + 4. * std::sqrt(38.));

  // lanes are moved when others have left
  random_numbers.normals(places, 3, 1, few);
  for (unsigned int q = 0; q < 3; ++q)
    CHECK(few[2][q] == z[2][q]);
}

// Box and Muller: the four words of the counter 0, by the functions of the library.
TEST_CASE("normal numbers are the pairs of their words", "[sampling]")
{
  RandomNumbers::Places        places;
  std::array<Lanes<double>, 4> z;
  place(places, 5);
  const RandomNumbers random_numbers(3);
  random_numbers.normals(places, n_lanes, 2, z);
  const double pi = std::acos(-1.);
  for (unsigned int q = 0; q < n_lanes; ++q)
    {
      const auto   w      = random_numbers.words(q, 5, 2);
      const double radius = std::sqrt(-2. * std::log((w[0] + 0.5) * 0x1p-32));
      const double theta  = pi / 2. * (((w[1] & 0x3fffffff) + 0.5) * 0x1p-30 - 0.5);
      const double sign   = (w[1] >> 31) != 0 ? -1. : 1.;
      const bool   turned = ((w[1] >> 30) & 1) != 0;
      CHECK(z[0][q] ==
            Approx(sign * radius * (turned ? std::sin(theta) : std::cos(theta))).margin(1e-11));
      CHECK(z[1][q] ==
            Approx(sign * radius * (turned ? std::cos(theta) : std::sin(theta))).margin(1e-11));
    }
}

TEST_CASE("chi squared numbers have their moments at any degrees of freedom", "[sampling]")
{
  constexpr unsigned int n_steps = 1000;
  const RandomNumbers    random_numbers(11);
  RandomNumbers::Places  places;
  Lanes<double>          y;
  for (const double k : {0.3, 1., 1.5, 2., 2.7, 9., 1e6})
    {
      double sum = 0., squares = 0., logs = 0.;
      for (unsigned int step = 0; step < n_steps; ++step)
        {
          place(places, step);
          random_numbers.chi_square(places, n_lanes, 2, k, y);
          for (const double value : y)
            {
              sum += value - k;
              squares += (value - k) * (value - k);
              logs += std::exp(-value / k);
            }
        }
      const double n = n_steps * n_lanes;
      INFO("k = " << k);
      CHECK(std::abs(sum) < 4. * std::sqrt(2. * k * n));
      CHECK(std::abs(squares - 2. * k * n) < 4. * std::sqrt((8. * k * k + 48. * k) * n));
      // E exp(-y/k) = (1 + 2/k)^(-k/2), variance below 1/4
      CHECK(std::abs(logs - n * std::pow(1. + 2. / k, -0.5 * k)) < 4. * std::sqrt(0.25 * n));
    }
}

TEST_CASE("statistics of exits: means, quantiles, and paths that are still inside", "[sampling]")
{
  ExitStatistics statistics({2., 4.}, 10., 2);
  PathEnds       ends;
  ends.steps = {1., 3., 4., 11., 6.};
  ends.walls = {0, 1, 1, 0, 1};
  statistics.add(ends);
  CHECK(statistics.count() == 5.);
  CHECK(statistics.n_inside() == 1.);
  CHECK(statistics.mean().value == Approx(4.8));
  CHECK(statistics.mean().standard_error == Approx(std::sqrt(46.8 / 4. / 5.)));
  CHECK(statistics.survival(0).value == Approx(0.8));
  CHECK(statistics.survival(1).value == Approx(0.4));
  CHECK(statistics.survival(1).standard_error == Approx(std::sqrt(0.4 * 0.6 / 5.)));
  CHECK(statistics.wall(1).value == Approx(0.6));
  CHECK(statistics.quantile(0.5).value == 4.);
  CHECK(statistics.quantile(0.5).standard_error == 1.5); // half of what lies between ranks 2 and 4
  CHECK(std::isinf(statistics.quantile(0.95).value));
  PathEnds coarse;
  coarse.steps = {1., 2.};
  coarse.walls = {0, 0};
  statistics.add_coarse(ends, coarse);
  CHECK(statistics.bias().value == Approx(1.));
}
