// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/density/group_tail_index.h"

#include <boost/math/constants/constants.hpp>
#include <boost/math/tools/toms748_solve.hpp>

#include <cmath>
#include <limits>
#include <optional>

#include "theory/moments/group_moments.h"
#include "utilities/dense_matrix.h"

namespace dynkin
{
  namespace
  {
    constexpr double infinity_of_index = std::numeric_limits<double>::infinity();
    constexpr double unknown_index     = std::numeric_limits<double>::quiet_NaN();

    /** Points on (0, 1), and the derivative of the polynomial through values there. */
    struct ChebyshevLine
    {
      explicit ChebyshevLine(const unsigned int n)
        : t(n)
        , D(n, n)
      {
        Eigen::VectorXd w(n);
        for (unsigned int i = 0; i < n; ++i)
          {
            const double angle = (i + 0.5) * boost::math::constants::pi<double>() / n;
            t(i)               = 0.5 * (1. - std::cos(angle));
            w(i)               = (i % 2 == 0 ? 1. : -1.) * std::sin(angle);
          }
        for (unsigned int i = 0; i < n; ++i)
          {
            D(i, i) = 0.;
            for (unsigned int j = 0; j < n; ++j)
              if (i != j)
                {
                  D(i, j) = w(j) / w(i) / (t(i) - t(j));
                  D(i, i) -= D(i, j);
                }
          }
      }

      Eigen::VectorXd t;
      Eigen::MatrixXd D;
    };

    /**
     * The generator at infinity on |Y|^a g(y), Y_k = X_k/c_k, y = Y/|Y|, as L_0 + a L_1 + a^2 L_2 for the values of g
     * at points. With P_k g = g_k - sum_j y_j g_j, j < K, g_K = 0, there is at |Y| = 1
     *
     *   f_k = a g + P_k g,   f_kl = a (a - 1) g + (a - 1) P_k g + a P_l g + P_l P_k g.
     *
     * The coordinates of the simplex are y_1 = t_1, or y_1 = t_1 (1 - t_2), y_2 = t_2.
     */
    class AngularOperator
    {
    public:
      AngularOperator(const GroupCoefficients &of, const unsigned int n)
      {
        const unsigned int  K = of.sizes.size(), N = K == 2 ? n : n * n;
        const ChebyshevLine line(n);
        std::vector<double> c(K);
        for (unsigned int k = 0; k < K; ++k)
          c[k] = of.still[k] > 0. ? of.sizes[k] * of.variance(k) : 1.;

        Eigen::MatrixXd              y(N, K);
        std::vector<Eigen::MatrixXd> d(K, Eigen::MatrixXd::Zero(N, N)); // of g by y_j, j < K - 1
        for (unsigned int p = 0; p < N; ++p)
          {
            const unsigned int i = p % n, j = p / n;
            const double       t = line.t(i), s = K == 2 ? 0. : line.t(j);
            y(p, 0)     = t * (1. - s);
            y(p, K - 1) = (1. - t) * (1. - s);
            if (K == 3)
              y(p, 1) = s;
            for (unsigned int q = 0; q < n; ++q)
              {
                d[0](p, j * n + q) += line.D(i, q) / (1. - s);
                if (K == 3)
                  {
                    d[1](p, j * n + q) += t * line.D(i, q) / (1. - s);
                    d[1](p, q * n + i) += line.D(j, q);
                  }
              }
          }
        const Eigen::MatrixXd one    = Eigen::MatrixXd::Identity(N, N);
        Eigen::MatrixXd       radial = Eigen::MatrixXd::Zero(N, N);
        for (unsigned int j = 0; j + 1 < K; ++j)
          radial += y.col(j).asDiagonal() * d[j];
        std::vector<Eigen::MatrixXd> P(K);
        for (unsigned int k = 0; k < K; ++k)
          P[k] = (k + 1 < K ? d[k] : Eigen::MatrixXd(Eigen::MatrixXd::Zero(N, N))) - radial;

        L[0] = L[1] = L[2] = Eigen::MatrixXd::Zero(N, N);
        // adds coefficient(p) f_k, and that times f_kl
        const auto add_first = [&](const Eigen::VectorXd &coefficient, const unsigned int k) {
          L[0] += coefficient.asDiagonal() * P[k];
          L[1] += coefficient.asDiagonal() * one;
        };
        const auto add_second =
          [&](const Eigen::VectorXd &coefficient, const unsigned int k, const unsigned int l) {
            L[0] += coefficient.asDiagonal() * (P[l] * P[k] - P[k]);
            L[1] += coefficient.asDiagonal() * (P[k] + P[l] - one);
            L[2] += coefficient.asDiagonal() * one;
          };
        for (unsigned int k = 0; k < K; ++k)
          {
            Eigen::VectorXd alpha = Eigen::VectorXd::Zero(N); // over c_k
            for (unsigned int j = 0; j < K; ++j)
              alpha += of.A[k][j] * c[j] / c[k] * y.col(j);
            add_first((of.m[k][k] - 2. * of.h[k]) * y.col(k) + of.sizes[k] * alpha, k);
            add_second(2. * alpha.cwiseProduct(y.col(k)), k, k);
            for (unsigned int l = 0; l < K; ++l)
              add_second(2. * of.m[k][l] * y.col(k).cwiseProduct(y.col(l)), k, l);
          }
      }

      /** Lambda(2 a) [1/time]. */
      double
      growth_rate(const double a) const
      {
        double rate = -infinity_of_index;
        for (const std::complex<double> &value : eigenvalues(L[0] + a * (L[1] + a * L[2])))
          if (std::abs(value.imag()) <= 1e-8 * (1. + std::abs(value)))
            rate = std::max(rate, value.real());
        return rate;
      }

    private:
      Eigen::MatrixXd L[3];
    };

    /** a with Lambda(2 a) = 0 within [low, high], else nothing. */
    std::optional<double>
    root(const AngularOperator &angular, const double low, const double high)
    {
      const double at_low = angular.growth_rate(low), at_high = angular.growth_rate(high);
      if (!(at_low < 0. && at_high > 0.))
        return {};
      std::uintmax_t iterations = 60;
      const auto     place =
        boost::math::tools::toms748_solve([&](const double a) { return angular.growth_rate(a); },
                                          low,
                                          high,
                                          at_low,
                                          at_high,
                                          boost::math::tools::eps_tolerance<double>(44),
                                          iterations);
      return 0.5 * (place.first + place.second);
    }
  } // namespace

  GroupTailIndex
  group_tail_index(const ModelParameters &model)
  {
    constexpr unsigned int  asked = 20; // of moments that bound it, in r_k^2
    constexpr double        least = 1e-3, largest = 1e4, settled = 1e-9; // of a; relative
    const GroupCoefficients of(model);
    const unsigned int      K = of.sizes.size();
    if (of.is_constant())
      return {infinity_of_index};
    if (K == 1)
      return {std::max(
        0., 1. + (2. * of.h[0] - (of.sizes[0] - 1.) * of.A[0][0]) / (of.A[0][0] + of.m[0][0]))};
    if (K > 3)
      return {unknown_index};
    const GroupMoments moments(model);
    const unsigned int finite = moments.finite_degree(asked);
    double             low = finite > 0 ? finite : least, high = finite + 1.;
    double             previous = unknown_index, slowest = unknown_index;
    for (const unsigned int n : K == 2 ? std::vector<unsigned int>{16, 24, 32, 48, 64, 96}
                                       : std::vector<unsigned int>{8, 12, 16, 20})
      {
        const AngularOperator angular(of, n);
        while (finite == asked && high < largest && angular.growth_rate(high) < 0.)
          {
            low = high;
            high *= 2.;
          }
        if (finite == 0)
          {
            const double rate = angular.growth_rate(least); // of its slope at 0
            if (rate >= 0. && std::abs(rate - slowest) <= 1e-6 * rate)
              return {0.};
            slowest = rate;
          }
        const std::optional<double> a = root(angular, low, high);
        if (a && std::abs(*a - previous) <= settled * *a)
          return {2. * *a, 2. * std::abs(*a - previous)};
        previous = a.value_or(unknown_index);
      }
    return {unknown_index};
  }

  double
  weight_tail_index_of_groups(const ModelParameters &model)
  {
    const double index = group_tail_index(model).value;
    return index > 0. ? index : 1.;
  }
} // namespace dynkin
