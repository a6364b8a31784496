// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/exit/interval_integrals.h"

#include <boost/math/quadrature/gauss.hpp>

#include <array>
#include <cmath>
#include <limits>

namespace dynkin
{
  static_assert(std::numeric_limits<long double>::max_exponent10 > 4000,
                "the closed forms rely on the range of an extended or quadruple long double");

  namespace
  {
    constexpr unsigned int n = 20;

    /** Gauss-Legendre nodes and weights on (-1, 1), and cumulative weights. */
    struct GaussRule
    {
      std::array<long double, n> nodes, weights;

      /** cumulative[i][j]: int_-1^node_i f = sum_j cumulative[i][j] f(node_j) for polynomials f. */
      std::array<std::array<long double, n>, n> cumulative;

      GaussRule()
      {
        using Boost = boost::math::quadrature::gauss<long double, n>;
        for (unsigned int i = 0; i < n / 2; ++i)
          {
            nodes[n / 2 + i]       = Boost::abscissa()[i];
            nodes[n / 2 - 1 - i]   = -Boost::abscissa()[i];
            weights[n / 2 + i]     = Boost::weights()[i];
            weights[n / 2 - 1 - i] = Boost::weights()[i];
          }
        // Legendre expansion of the interpolant, integrated term by term:
        // (2k + 1) int_-1^t P_k = P_{k+1}(t) - P_{k-1}(t), with P_-1 = -1.
        for (unsigned int i = 0; i < n; ++i)
          for (unsigned int j = 0; j < n; ++j)
            {
              long double sum = 0.;
              for (unsigned int k = 0; k < n; ++k)
                sum +=
                  std::legendre(k, nodes[j]) * (std::legendre(k + 1, nodes[i]) -
                                                (k > 0 ? std::legendre(k - 1, nodes[i]) : -1.L));
              cumulative[i][j] = 0.5L * weights[j] * sum;
            }
      }
    };
  } // namespace

  IntervalIntegrals
  IntervalIntegrals::compute(const ScalarDiffusion           &diffusion,
                             const ScalarDiffusion::Function &source,
                             const long double                left,
                             const long double                right)
  {
    static const GaussRule rule;

    const long double          half = 0.5L * (right - left);
    std::array<long double, n> scale_density, speed_density;
    for (unsigned int i = 0; i < n; ++i)
      {
        const long double y = left + half * (1.L + rule.nodes[i]);
        const long double e = std::exp(diffusion.log_scale_density(y));
        scale_density[i]    = half * e;
        speed_density[i]    = half * 2.L * source(y) / (e * diffusion.a(y));
      }

    IntervalIntegrals result;
    for (unsigned int i = 0; i < n; ++i)
      {
        long double below = 0., above = 0.;
        for (unsigned int j = 0; j < n; ++j)
          {
            below += rule.cumulative[i][j] * scale_density[j];
            above += rule.cumulative[n - 1 - i][n - 1 - j] * scale_density[j];
          }
        result.scale += rule.weights[i] * scale_density[i];
        result.speed += rule.weights[i] * speed_density[i];
        result.lower += rule.weights[i] * below * speed_density[i];
        result.upper += rule.weights[i] * above * speed_density[i];
      }
    return result;
  }

  IntervalIntegrals
  IntervalIntegrals::combine(const IntervalIntegrals &left, const IntervalIntegrals &right)
  {
    return {left.scale + right.scale,
            left.speed + right.speed,
            left.lower + left.scale * right.speed + right.lower,
            left.upper + right.scale * left.speed + right.upper};
  }
} // namespace dynkin
