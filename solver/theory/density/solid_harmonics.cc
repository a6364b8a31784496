// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/density/solid_harmonics.h"

#include <boost/math/constants/constants.hpp>
#include <boost/math/special_functions/factorials.hpp>
#include <boost/math/special_functions/legendre.hpp>

#include <cmath>
#include <complex>

namespace dynkin
{
  using boost::math::double_constants::pi;
  using Complex = std::complex<double>;

  namespace
  {
    /** R_l^m, 0 <= m <= l <= max_degree, at one point; zero for m > l, l < 0. */
    class ScaledSolidHarmonics
    {
    public:
      ScaledSolidHarmonics(const Eigen::VectorXd &u, const int max_degree)
        : table((max_degree + 1) * (max_degree + 1))
        , stride(max_degree + 1)
      {
        const Complex xy(u(0), u(1));
        const double  r2 = u.squaredNorm();
        at(0, 0)         = 1.;
        for (int l = 1; l <= max_degree; ++l)
          {
            at(l, l) = at(l - 1, l - 1) * xy / (2. * l);
            for (int m = 0; m < l; ++m)
              at(l, m) = ((2. * l - 1.) * u(2) * (*this)(l - 1, m) - r2 * (*this)(l - 2, m)) /
                         static_cast<double>(l * l - m * m);
          }
      }

      Complex
      operator()(const int l, const int m) const
      {
        if (std::abs(m) > l)
          return 0.;
        const Complex value = table[l * stride + std::abs(m)];
        return m >= 0 ? value : (m % 2 == 0 ? 1. : -1.) * std::conj(value);
      }

      /** (d_x, d_y, d_z) as combinations of shifts; the same ladder for every order of derivative. */
      Complex
      derivative(const int l, const int m, const int i) const
      {
        return ladder([&](const int k, const int n) { return (*this)(k, n); }, l, m, i);
      }

      Complex
      second_derivative(const int l, const int m, const int i, const int j) const
      {
        return ladder([&](const int k, const int n) { return derivative(k, n, j); }, l, m, i);
      }

    private:
      template <typename Function>
      static Complex
      ladder(const Function &f, const int l, const int m, const int i)
      {
        if (l == 0)
          return 0.;
        if (i == 2)
          return f(l - 1, m);
        const Complex minus = f(l - 1, m - 1), plus = -f(l - 1, m + 1); // d_x -+ i d_y
        return i == 0 ? 0.5 * (plus + minus) : Complex(0., -0.5) * (plus - minus);
      }

      Complex &
      at(const int l, const int m)
      {
        return table[l * stride + m];
      }

      std::vector<Complex> table;
      int                  stride;
    };

    /** Append scale * Re f and, if `both`, scale * Im f. */
    template <typename Value, typename Gradient, typename Hessian>
    void
    append(std::vector<SolidHarmonic> &list,
           const unsigned int          d,
           const unsigned int          l,
           const double                scale,
           const bool                  both,
           const Value                &value,
           const Gradient             &gradient,
           const Hessian              &hessian)
    {
      for (const Complex part : {Complex(scale, 0.), Complex(0., -scale)})
        {
          SolidHarmonic harmonic{
            l, (part * value()).real(), Eigen::VectorXd(d), Eigen::MatrixXd(d, d)};
          for (unsigned int i = 0; i < d; ++i)
            {
              harmonic.gradient(i) = (part * gradient(i)).real();
              for (unsigned int j = 0; j < d; ++j)
                harmonic.hessian(i, j) = (part * hessian(i, j)).real();
            }
          list.push_back(harmonic);
          if (!both)
            break;
        }
    }

    void
    append_circular(std::vector<SolidHarmonic> &list,
                    const Eigen::VectorXd      &u,
                    const unsigned int          l)
    {
      const Complex z(u(0), u(1)), i_unit(0., 1.);
      const auto    power = [&](const unsigned int n) {
        return l >= n ? std::pow(z, static_cast<int>(l - n)) : Complex(0.);
      };
      append(
        list,
        2,
        l,
        l == 0 ? 1. / std::sqrt(2. * pi) : 1. / std::sqrt(pi),
        l > 0,
        [&]() { return power(0); },
        [&](const unsigned int i) { return (i == 0 ? 1. : i_unit) * (1. * l) * power(1); },
        [&](const unsigned int i, const unsigned int j) {
          return (i == 0 ? 1. : i_unit) * (j == 0 ? 1. : i_unit) * (l * (l - 1.)) * power(2);
        });
    }
  } // namespace

  std::vector<SolidHarmonic>
  even_solid_harmonics(const Eigen::VectorXd &u, const unsigned int max_degree)
  {
    std::vector<SolidHarmonic> list;
    if (u.size() == 2)
      {
        for (unsigned int l = 0; l <= max_degree; l += 2)
          append_circular(list, u, l);
        return list;
      }
    const ScaledSolidHarmonics R(u, max_degree);
    for (unsigned int l = 0; l <= max_degree; l += 2)
      for (unsigned int m = 0; m <= l; ++m)
        {
          const double norm = std::sqrt((m == 0 ? 1. : 2.) * (2. * l + 1.) / (4. * pi)) *
                              std::exp(0.5 * (std::lgamma(l - m + 1.) + std::lgamma(l + m + 1.)));
          append(
            list,
            3,
            l,
            norm,
            m > 0,
            [&]() { return R(l, m); },
            [&](const unsigned int i) { return R.derivative(l, m, i); },
            [&](const unsigned int i, const unsigned int j) {
              return R.second_derivative(l, m, i, j);
            });
        }
    return list;
  }

  SphereQuadrature::SphereQuadrature(const unsigned int d, const unsigned int degree)
  {
    if (d == 2)
      {
        const unsigned int n = degree / 2 + 1;
        for (unsigned int i = 0; i < n; ++i)
          {
            const double t = pi * i / n;
            points.push_back(Eigen::Vector2d(std::cos(t), std::sin(t)));
            weights.push_back(2. * pi / n);
          }
        return;
      }
    const unsigned int n = 2 * (degree / 4 + 1), n_around = degree + 1;
    for (const double z : boost::math::legendre_p_zeros<double>(n)) // n is even: all > 0
      {
        const double slope = boost::math::legendre_p_prime<double>(n, z), s = std::sqrt(1. - z * z);
        for (unsigned int i = 0; i < n_around; ++i)
          {
            const double t = 2. * pi * i / n_around;
            points.push_back(Eigen::Vector3d(s * std::cos(t), s * std::sin(t), z));
            weights.push_back(2. * 2. / (s * s * slope * slope) * 2. * pi / n_around);
          }
      }
  }
} // namespace dynkin
