// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/density/student_t_density.h"

#include "theory/log_integral.h"
#include "utilities/dense_matrix.h"

#include <boost/math/constants/constants.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

namespace dynkin
{
  using boost::math::double_constants::half_pi;
  using boost::math::double_constants::pi;

  namespace
  {
    double
    log_determinant(const Eigen::MatrixXd &matrix)
    {
      return 2. * cholesky(matrix).diagonal().array().log().sum();
    }

    /** log of the area of the unit sphere in R^d. */
    double
    log_sphere_area(const unsigned int d)
    {
      return std::log(2.) + 0.5 * d * std::log(pi) - boost::math::lgamma(0.5 * d);
    }
  } // namespace

  StudentTDensity::StudentTDensity(const ModelParameters &model, const NotNormalised)
    : log_Z(0.)
  {
    const auto recognised = StudentTStructure::recognise(model);
    if (!recognised)
      throw std::domain_error(
        "The stationary density is known in closed form for the model `coupled` with "
        "H = (k Sigma_g + K) Sigma_H, K antisymmetric and Sigma_H positive definite, only.");
    const QuadraticModel quadratic(model);
    parts   = *recognised;
    w_star  = quadratic.center;
    Sigma_H = parts.Sigma_H;
    m       = 1. + parts.k / quadratic.eta;
  }

  StudentTDensity::StudentTDensity(const ModelParameters &model)
    : StudentTDensity(model, NotNormalised())
  {
    require_normalisable();
    const double half_d = 0.5 * w_star.size();
    log_Z               = half_d * std::log(pi) - 0.5 * log_determinant(Sigma_H) +
            std::log(boost::math::tgamma_delta_ratio(m - half_d, half_d));
  }

  StudentTDensity
  StudentTDensity::restricted_to_ellipsoid(const ModelParameters &model, const double radius)
  {
    StudentTDensity density(model, NotNormalised());
    if (!(radius > 0.))
      throw std::domain_error("The density on an ellipsoid needs a radius > 0.");
    density.log_Z = log_sphere_area(density.w_star.size()) -
                    0.5 * log_determinant(density.Sigma_H) + density.log_radial_mass(radius);
    return density;
  }

  StudentTDensity
  StudentTDensity::restricted_to_ball(const ModelParameters &model, const double radius)
  {
    StudentTDensity density(model, NotNormalised());
    density.require_restriction("ball");
    if (!(radius > 0.))
      throw std::domain_error("The density on a ball needs a radius > 0.");
    density.log_Z = density.log_ball_mass(radius);
    return density;
  }

  StudentTDensity
  StudentTDensity::restricted_to_box(const ModelParameters     &model,
                                     const std::vector<double> &lower,
                                     const std::vector<double> &upper)
  {
    StudentTDensity density(model, NotNormalised());
    density.require_restriction("box");
    const Eigen::VectorXd left = density.relative(lower), right = density.relative(upper);
    Eigen::VectorXd       z = left;
    if (!((right - left).minCoeff() > 0.))
      throw std::domain_error("The density on a box needs lower < upper.");
    density.log_Z = density.log_box_mass(left, right, z);
    return density;
  }

  double
  StudentTDensity::log_value(const std::vector<double> &x) const
  {
    const Eigen::VectorXd z = relative(x);
    return -m * std::log1p(z.dot(Sigma_H * z)) - log_Z;
  }

  double
  StudentTDensity::value(const std::vector<double> &x) const
  {
    return std::exp(log_value(x));
  }

  std::vector<double>
  StudentTDensity::gradient(const std::vector<double> &x) const
  {
    const Eigen::VectorXd z = relative(x), Sz = Sigma_H * z;
    const Eigen::VectorXd result = -2. * m * value(x) / (1. + z.dot(Sz)) * Sz;
    return {result.begin(), result.end()};
  }

  double
  StudentTDensity::log_normalisation() const
  {
    return log_Z;
  }

  double
  StudentTDensity::tail_index() const
  {
    return 2. * m - w_star.size();
  }

  Matrix
  StudentTDensity::covariance() const
  {
    const unsigned int d = w_star.size();
    if (tail_index() <= 2.)
      return Matrix(d, std::vector<double>(d, std::numeric_limits<double>::infinity()));
    return to_rows(inverse(Sigma_H) / (tail_index() - 2.));
  }

  double
  StudentTDensity::tail_probability(const double radius) const
  {
    require_normalisable();
    const double half_d = 0.5 * w_star.size();
    const double rest   = 1. / (1. + radius * radius);
    return boost::math::ibeta(m - half_d, half_d, rest);
  }

  double
  StudentTDensity::cdf(const unsigned int i, const double value) const
  {
    require_normalisable();
    return boost::math::cdf(boost::math::students_t(tail_index()), (value - w_star(i)) / scale(i));
  }

  double
  StudentTDensity::quantile(const unsigned int i, const double p) const
  {
    require_normalisable();
    if (!(p > 0. && p < 1.))
      throw std::domain_error("A quantile needs a probability strictly between 0 and 1.");
    return w_star(i) + scale(i) * boost::math::quantile(boost::math::students_t(tail_index()), p);
  }

  const StudentTStructure &
  StudentTDensity::structure() const
  {
    return parts;
  }

  double
  StudentTDensity::log_radial_mass(const double radius) const
  {
    const unsigned int d = w_star.size();
    const double       a = 0.5 * d, b = m - a, q = radius * radius;
    if (b > 0.)
      {
        // t = r^2/(1 + r^2): half the incomplete beta function of t
        const double fraction = q < 1. ? boost::math::ibeta(a, b, q / (1. + q))
                                       : boost::math::ibetac(b, a, 1. / (1. + q));
        return std::log(0.5 * fraction * boost::math::beta(a, b));
      }
    std::vector<double> breaks = {0.};
    for (double r = std::min(1., radius); r < radius; r *= 4.)
      breaks.push_back(r);
    breaks.push_back(radius);
    return log_integral(
      [&](const double r) { return (d - 1.) * std::log(r) - m * std::log1p(r * r); }, breaks);
  }

  double
  StudentTDensity::log_ball_mass(const double radius) const
  {
    // along the direction u with u^T Sigma_H u = q: int_0^R r^(d-1) (1 + q r^2)^-m dr
    const unsigned int    d     = w_star.size();
    const Eigen::VectorXd s     = symmetric_eigenvalues(Sigma_H);
    const auto            along = [&](const double q) {
      return -0.5 * d * std::log(q) + log_radial_mass(std::sqrt(q) * radius);
    };
    if (d == 1)
      return std::log(2.) + along(s(0));
    const auto around = [&](const double u, const double polar) {
      // over a quarter of the circle between the directions of s(0) and s(1)
      return log_integral(
        [&](const double t) {
          const double c = std::cos(t), n = std::sin(t);
          return along((1. - u) * (s(0) * c * c + s(1) * n * n) + u * polar);
        },
        {0., half_pi});
    };
    if (d == 2)
      return std::log(4.) + around(0., 0.);
    return std::log(8.) +
           log_integral([&](const double z) { return around(z * z, s(2)); }, {0., 1.});
  }

  double
  StudentTDensity::log_box_mass(const Eigen::VectorXd &lower,
                                const Eigen::VectorXd &upper,
                                Eigen::VectorXd       &z,
                                const unsigned int     i) const
  {
    const unsigned int d = w_star.size(), rest = d - i;
    if (rest == 0)
      return -m * std::log1p(z.dot(Sigma_H * z));
    // the largest value over the remaining coordinates, as a function of this one, is here
    const double        mode   = -solve_symmetric(Sigma_H.bottomRightCorner(rest, rest),
                                         Sigma_H.bottomLeftCorner(rest, i) * z.head(i))(0);
    std::vector<double> breaks = {lower(i), upper(i)};
    if (mode > lower(i) && mode < upper(i))
      breaks.insert(breaks.begin() + 1, mode);
    return log_integral(
      [&](const double value) {
        z(i) = value;
        return log_box_mass(lower, upper, z, i + 1);
      },
      breaks);
  }

  void
  StudentTDensity::require_restriction(const std::string &shape) const
  {
    if (!parts.reversible && w_star.size() > 1)
      throw std::domain_error("With K != 0 the current passes through the surface of a " + shape +
                              ": the density there is not the restriction. Ellipsoids have one.");
    if (w_star.size() > 3)
      throw std::domain_error("The density on a " + shape + " needs at most 3 dimensions.");
  }

  Eigen::VectorXd
  StudentTDensity::relative(const std::vector<double> &x) const
  {
    if (x.size() != static_cast<std::size_t>(w_star.size()))
      throw std::domain_error("The Student t density has " + std::to_string(w_star.size()) +
                              " coordinates, a point given to it " + std::to_string(x.size()) +
                              ".");
    return Eigen::Map<const Eigen::VectorXd>(x.data(), x.size()) - w_star;
  }

  void
  StudentTDensity::require_normalisable() const
  {
    if (!(tail_index() > 0.))
      throw std::domain_error("There is no stationary law on R^d: 2 (1 + k/eta) must exceed d.");
  }

  double
  StudentTDensity::scale(const unsigned int i) const
  {
    return std::sqrt(inverse(Sigma_H)(i, i) / tail_index());
  }
} // namespace dynkin
