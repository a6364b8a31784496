// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/scalar_diffusion.h"

#include "model/quadratic_model.h"
#include "theory/independent_coordinates.h"
#include "utilities/numerics.h"

#include <boost/math/quadrature/gauss_kronrod.hpp>

#include <cmath>
#include <stdexcept>

namespace dynkin
{
  namespace
  {
    /** a = a0 + a2 z^2 and phi' = 2 k z / a, with z = x - center. */
    ScalarDiffusion
    quadratic_diffusion(const unsigned int dimension,
                        const long double  center,
                        const long double  k,
                        const long double  a0,
                        const long double  a2)
    {
      const auto a = [=](const long double x) { return a0 + a2 * (x - center) * (x - center); };
      return {dimension,
              [=](const long double x) {
                const long double z2 = (x - center) * (x - center) / a0;
                return k * z2 * log1p_over(a2 * z2);
              },
              [=](const long double x) { return 2.L * k * (x - center) / a(x); },
              a};
    }

    [[noreturn]] void
    refuse(const std::string &what)
    {
      throw std::domain_error("The radial closed forms need " + what + ".");
    }

    /** The number c of the matrix c I. */
    double
    scalar_of(const Matrix &matrix, const unsigned int d, const std::string &name)
    {
      bool scalar = matrix.size() == d;
      for (unsigned int i = 0; scalar && i < d; ++i)
        for (unsigned int j = 0; j < d; ++j)
          scalar = scalar && matrix[i].size() == d && matrix[i][j] == (i == j ? matrix[0][0] : 0.);
      if (!scalar)
        refuse(name + " to be a multiple of the identity");
      return matrix[0][0];
    }

    /** h of a drift matrix h I + K with K antisymmetric. */
    double
    rate_of(const Matrix &H, const unsigned int d)
    {
      Matrix symmetric = H;
      for (unsigned int i = 0; i < H.size(); ++i)
        for (unsigned int j = 0; j < H.size(); ++j)
          symmetric[i][j] = H[i].size() == H.size() && H[j].size() == H.size()
                              ? 0.5 * (H[i][j] + H[j][i])
                              : std::nan("");
      return scalar_of(symmetric, d, "the symmetric part of H");
    }

    ScalarDiffusion
    radial_independent(const ModelParameters &model, const unsigned int d)
    {
      const IndependentCoordinates p = independent_coordinates(model, d, "The radial exit problem");
      for (unsigned int i = 0; i < d; ++i)
        if (p.h[i] != p.h[0] || p.sigma[i] != p.sigma[0] || (d > 1 && p.rho[i] != 0.))
          refuse("rho = 0 and equal h and sigma in all coordinates of the model `decoupled`");
      const long double eta = model.eta;
      return quadratic_diffusion(d, 0., p.h[0], eta * p.sigma[0], eta * p.rho[0]);
    }

    ScalarDiffusion
    radial_common_factor(const CommonFactor &p, const double eta, const unsigned int d)
    {
      const long double noise = eta * static_cast<long double>(scalar_of(p.Sigma_g, d, "Sigma_g"));
      return quadratic_diffusion(
        d, 0., rate_of(p.H, d), noise, noise * scalar_of(p.Sigma_H, d, "Sigma_H"));
    }

    ScalarDiffusion
    radial_quadratic(const QuadraticCoefficients &p,
                     const double                 learning_rate,
                     const unsigned int           d)
    {
      // sym_ab S^ij_ab = q delta_ij delta_ab + gamma sym_ab delta_ia delta_jb
      const double first = p.S[0](0, 0);
      const double q     = d > 1 ? p.S[0](1, 1) : first;
      const double gamma = first - q;
      for (unsigned int i = 0; i < d; ++i)
        for (unsigned int j = 0; j < d; ++j)
          for (unsigned int k = 0; k < d; ++k)
            for (unsigned int l = 0; l < d; ++l)
              {
                const Eigen::MatrixXd &S         = p.S[i * d + j];
                const double           symmetric = 0.5 * (S(k, l) + S(l, k));
                const double           isotropic = (i == j && k == l ? q : 0.) +
                                         0.5 * gamma * ((i == k && j == l) + (i == l && j == k));
                if (!(std::abs(symmetric - isotropic) <= 1e-14 * std::abs(first)))
                  refuse("A of the form that makes C(x) = (p + q r^2) I + gamma x x^T");
              }
      const long double eta = learning_rate;
      return quadratic_diffusion(d,
                                 0.,
                                 rate_of(to_rows(p.H), d) + 0.5L * eta * (d - 1) * gamma,
                                 eta * scalar_of(to_rows(p.Sigma), d, "Sigma"),
                                 eta * (q + gamma));
    }

    /** The radius of one group, see model/groups.h. */
    ScalarDiffusion
    radial_group(const ModelParameters &model)
    {
      const double                d            = model.group_sizes[0];
      const auto                  coefficients = model.kind().as_quadratic(1);
      const std::optional<Matrix> along        = model.kind().radial_growth();
      if (model.group_sizes.size() != 1 || d != std::round(d) || !coefficients || !along)
        refuse("one group of an integer number of coordinates");
      const long double eta = model.eta;
      return quadratic_diffusion(static_cast<unsigned int>(d),
                                 0.,
                                 coefficients->H(0, 0) + 0.5L * eta * (d - 1.) * (*along)[0][0],
                                 eta * coefficients->Sigma(0, 0),
                                 eta * coefficients->S[0](0, 0));
    }
  } // namespace

  long double
  ScalarDiffusion::log_scale_density(const long double x) const
  {
    return dimension > 1 ? phi(x) - (dimension - 1) * std::log(x) : phi(x);
  }

  ScalarDiffusion
  coordinate_diffusion(const ModelParameters &model, const unsigned int i)
  {
    const IndependentCoordinates p =
      independent_coordinates(model, model.center.size(), "The exit time of a coordinate");
    const long double eta = model.eta;
    return quadratic_diffusion(
      1, model.center.at(i), p.h.at(i), eta * p.sigma.at(i), eta * p.rho.at(i));
  }

  ScalarDiffusion
  radial_diffusion(const unsigned int               dimension,
                   const double                     h,
                   const ScalarDiffusion::Function &alpha,
                   const ScalarDiffusion::Function &gamma)
  {
    const auto a          = [=](const long double r) { return alpha(r) + gamma(r) * r * r; };
    const auto derivative = [=](const long double r) {
      return (2.L * h + (dimension - 1) * gamma(r)) * r / a(r);
    };
    const auto phi = [=](const long double r) {
      using Rule = boost::math::quadrature::gauss_kronrod<long double, 61>;
      return r > 0.L ? Rule::integrate(derivative, 0.L, r, 8, 1e-15L) : 0.L;
    };
    return {dimension, phi, derivative, a};
  }

  ScalarDiffusion
  radial_diffusion(const ModelParameters &model)
  {
    const unsigned int d = model.center.size();
    if (d == 0 || !(model.eta > 0.))
      refuse("a centre and a learning rate > 0");
    if (!model.group_sizes.empty())
      return radial_group(model);
    if (model.kind().as_independent())
      return radial_independent(model, d);
    if (const auto factor = model.kind().as_common_factor())
      return radial_common_factor(*factor, model.eta, d);
    if (const auto coefficients = model.kind().as_quadratic(d))
      return radial_quadratic(*coefficients, model.eta, d);
    refuse("one of the models `decoupled`, `coupled` and `quadratic covariance`");
  }
} // namespace dynkin
