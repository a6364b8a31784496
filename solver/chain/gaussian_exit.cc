// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "chain/gaussian_exit.h"

#include "domain/annulus.h"
#include "domain/ball.h"
#include "domain/box.h"
#include "domain/ellipsoid.h"
#include "utilities/exceptions.h"

#include <boost/math/constants/constants.hpp>
#include <boost/math/quadrature/gauss.hpp>

#include <algorithm>
#include <cmath>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    using PointRule = boost::math::quadrature::gauss<double, 20>;

    constexpr double circle      = boost::math::constants::two_pi<double>();
    constexpr double root_half   = boost::math::constants::one_div_root_two<double>();
    constexpr double root_two_pi = boost::math::constants::root_two_pi<double>();
    constexpr double farthest    = 40.; // deviations

    /** visit(x, weight) at the 20 Gauss points of an interval. */
    template <typename Visitor>
    void
    visit_points(const double left, const double right, const Visitor &visit)
    {
      const double half = 0.5 * (right - left), middle = left + half;
      for (unsigned int i = 0; i < PointRule::abscissa().size(); ++i)
        for (const double side : {-1., 1.})
          visit(middle + side * half * PointRule::abscissa()[i], half * PointRule::weights()[i]);
    }

    /** P(left < xi < right), by the tails where they are small. */
    double
    probability_between(const double left, const double right)
    {
      const auto tail = [](const double t) { return 0.5 * std::erfc(t * root_half); };
      if (left > 0.)
        return tail(left) - tail(right);
      if (right < 0.)
        return tail(-right) - tail(-left);
      return 1. - tail(right) - tail(-left);
    }

    template <int dim>
    class BoxExit : public GaussianExit<dim>
    {
    public:
      explicit BoxExit(const Box &box)
        : lower(box.lower)
        , upper(box.upper)
      {
      }

      PlacedChain::Exit
      exit(const GaussianLaw<dim> &law, const double) const override
      {
        PlacedChain::Exit exit = {std::vector<long double>(2 * dim, 0.L),
                                  std::vector<long double>(2 * dim, 0.L)};
        for (unsigned int i = 0; i < dim; ++i)
          for (unsigned int j = 0; j < i; ++j)
            if (std::abs(law.root[i][j]) > 1e-14 * law.root[i][i])
              throw InputError("Model/type",
                               "needs independent noise of the coordinates for a discrete chain in "
                               "a box");
        for (unsigned int i = 0; i < dim; ++i)
          for (const unsigned int side : {0, 1})
            {
              const double s = law.root[i][i];
              const double start =
                (side == 0 ? law.mean[i] - lower[i] : upper[i] - law.mean[i]) / s;
              // panels in t of a deviation, finer where the tail is steep
              const double width = 1. / (1. + std::max(0., 0.25 * start));
              const double first = std::max(0., -start - 9.); // the density is there
              long double  p = 0.L, distance = 0.L;
              for (double t = first; t < first + 2. * farthest; t += width)
                {
                  long double part = 0.L;
                  visit_points(t, t + width, [&](const double u, const double weight) {
                    double value =
                      weight * std::exp(-0.5 * (start + u) * (start + u)) / root_two_pi;
                    for (unsigned int j = 0; j < dim; ++j)
                      if (j != i)
                        value *=
                          probability_between((lower[j] - law.mean[j] - s * u) / law.root[j][j],
                                              (upper[j] - law.mean[j] + s * u) / law.root[j][j]);
                    part += value;
                    distance += s * u * value;
                  });
                  p += part;
                  if (t > -start && part < 1e-18L * p)
                    break;
                }
              exit.probability[2 * i + side] = p;
              exit.distance[2 * i + side]    = distance;
            }
        return exit;
      }

    private:
      const std::vector<double> lower, upper;
    };

    template <int dim>
    class RoundExit : public GaussianExit<dim>
    {
    public:
      /** |z - c|_M < 1, and of a ball its radius, and that of the hole, or 0. */
      RoundExit(const std::vector<double>     &center,
                const SymmetricTensor<2, dim> &M,
                const double                   radius,
                const double                   hole)
        : M(M)
        , radius(radius)
        , hole(hole)
      {
        for (unsigned int i = 0; i < dim; ++i)
          c[i] = center[i];
      }

      PlacedChain::Exit
      exit(const GaussianLaw<dim> &law, const double inside) const override
      {
        PlacedChain::Exit exit;
        if (hole > 0.)
          {
            const auto [p, distance] = into_hole(law);
            exit                     = {{p}, {distance}};
          }
        const Tensor<1, dim> z = law.mean - c;
        if (z * (M * z) < 1.)
          {
            const auto [p, distance] = out(law, z);
            exit.probability.push_back(p);
            exit.distance.push_back(distance);
          }
        else
          {
            const long double rest = 1. - inside - (hole > 0. ? exit.probability[0] : 0.L);
            exit.probability.push_back(std::max(rest, 0.L));
            exit.distance.clear();
          }
        if (radius == 0. || dim == 3)
          exit.distance.clear();
        return exit;
      }

    private:
      /** (Of landing in the hole, times the distance from its surface). */
      std::pair<long double, long double>
      into_hole(const GaussianLaw<dim> &law) const
      {
        const double s          = law.least_deviation;
        const auto   n_panels   = static_cast<unsigned int>(std::ceil(0.5 * hole / s));
        const auto   n_azimuths = static_cast<unsigned int>(std::ceil(40. + 8. * hole / s));
        long double  p = 0.L, distance = 0.L;
        const auto   add = [&](const double r, const double weight, const Tensor<1, dim> &omega) {
          const double value = weight * law.density(c + r * omega);
          p += value;
          distance += (hole - r) * value;
        };
        for (unsigned int k = 0; k < n_panels; ++k)
          visit_points(
            hole * k / n_panels, hole * (k + 1) / n_panels, [&](const double r, const double of_r) {
              for (unsigned int m = 0; m < n_azimuths; ++m)
                {
                  const double   phi = circle * m / n_azimuths;
                  Tensor<1, dim> omega;
                  if (dim == 2)
                    {
                      omega[0] = std::cos(phi);
                      omega[1] = std::sin(phi);
                      add(r, of_r * r * circle / n_azimuths, omega);
                    }
                  else
                    for (unsigned int l = 0; l < n_panels; ++l)
                      visit_points(2. * l / n_panels - 1.,
                                   2. * (l + 1.) / n_panels - 1.,
                                   [&](const double z, const double of_z) {
                                     omega[dim - 1] = z;
                                     omega[0]       = std::sqrt(1. - z * z) * std::cos(phi);
                                     omega[1]       = std::sqrt(1. - z * z) * std::sin(phi);
                                     add(r, of_r * of_z * r * r * circle / n_azimuths, omega);
                                   });
                }
            });
        return {p, distance};
      }

      /** From inside of the surface. */
      std::pair<long double, long double>
      out(const GaussianLaw<dim> &law, const Tensor<1, dim> &z) const
      {
        // in the unit of deviations: |C + rho omega|_A = 1
        Tensor<2, dim> A     = transpose(law.root) * Tensor<2, dim>(M) * law.root;
        Tensor<1, dim> g     = transpose(law.root) * (M * z);
        const double   level = 1. - z * (M * z);
        Tensor<1, dim> axis;
        axis[0] = 1.;
        if (g.norm() > 1e-8 * A.norm())
          axis = g / g.norm();
        const auto surface = [&](const Tensor<1, dim> &omega) {
          const double a = omega * (A * omega), b = omega * g; // a rho^2 + 2 b rho = level
          const double root = std::sqrt(b * b + a * level);
          return b > 0. ? level / (b + root) : (root - b) / a;
        };
        const double nearest = surface(axis);
        long double  p = 0.L, distance = 0.L;
        const auto   add = [&](const double weight, const Tensor<1, dim> &omega) {
          const double rho = surface(omega);
          p += weight * tail(rho);
          if (dim == 2 && radius > 0.)
            distance += weight * mean_beyond(law, z, omega, rho);
        };
        // polar angles from the axis, finer to where directions are along the surface
        std::vector<double> ends = {0., 0.5 * circle};
        for (double width = 0.25 * circle; width > 0.1 * std::min(nearest, 5.); width *= 0.5)
          {
            ends.push_back(0.5 * (0.5 * circle - width));
            ends.push_back(0.5 * (0.5 * circle + width));
          }
        ends.push_back(0.25 * circle);
        std::sort(ends.begin(), ends.end());
        for (std::size_t k = 0; k + 1 < ends.size(); ++k)
          visit_points(ends[k], ends[k + 1], [&](const double beta, const double weight) {
            if constexpr (dim == 2)
              {
                const Tensor<1, dim> across = cross_product_2d(axis);
                add(weight / circle, std::cos(beta) * axis + std::sin(beta) * across);
                add(weight / circle, std::cos(beta) * axis - std::sin(beta) * across);
              }
            else if constexpr (dim == 3)
              {
                constexpr unsigned int n_azimuths = 48;
                Tensor<1, dim>         e;
                e[std::abs(axis[0]) < 0.6 ? 0 : 1] = 1.;
                Tensor<1, dim> first               = e - (e * axis) * axis;
                first /= first.norm();
                const Tensor<1, dim> second = cross_product_3d(axis, first);
                for (unsigned int m = 0; m < n_azimuths; ++m)
                  {
                    const double phi = circle * m / n_azimuths;
                    add(weight * std::sin(beta) / (2. * n_azimuths),
                        std::cos(beta) * axis +
                          std::sin(beta) * (std::cos(phi) * first + std::sin(phi) * second));
                  }
              }
          });
        return {p, distance};
      }

      /** P(|xi| > rho). */
      static double
      tail(const double rho)
      {
        const double gauss = std::exp(-0.5 * rho * rho);
        return dim == 2 ? gauss : 2. * rho * gauss / root_two_pi + std::erfc(rho * root_half);
      }

      /** E[| |mean + |xi| root omega - c| - R| ; |xi| > rho] of a ball in the plane. */
      double
      mean_beyond(const GaussianLaw<dim> &law,
                  const Tensor<1, dim>   &z,
                  const Tensor<1, dim>   &omega,
                  const double            rho) const
      {
        const Tensor<1, dim> direction = law.root * omega;
        double               sum = 0., t = rho;
        for (double width = 1. / (1. + rho); t < rho + 12.; t += width, width *= 2.)
          visit_points(t, t + width, [&](const double u, const double weight) {
            sum += weight * u * std::exp(-0.5 * u * u) * ((z + u * direction).norm() - radius);
          });
        return sum;
      }

      const SymmetricTensor<2, dim> M;
      const double                  radius, hole;
      Point<dim>                    c;
    };
  } // namespace

  template <int dim>
  GaussianLaw<dim>::GaussianLaw(const Point<dim> &mean, const SymmetricTensor<2, dim> &covariance)
    : mean(mean)
    , least_deviation(std::sqrt(std::max(0., eigenvalues(covariance)[dim - 1])))
  {
    for (unsigned int i = 0; i < dim; ++i)
      for (unsigned int j = 0; j <= i; ++j)
        {
          double rest = covariance[i][j];
          for (unsigned int k = 0; k < j; ++k)
            rest -= root[i][k] * root[j][k];
          root[i][j] = i == j ? std::sqrt(rest) : rest / root[j][j];
        }
    if (!(determinant(root) > 0.))
      throw InputError("Model/type",
                       "needs noise everywhere in the closed domain for discrete chains");
    inverse_root = invert(root);
    norm         = 1. / (std::pow(root_two_pi, dim) * determinant(root));
  }

  template <int dim>
  double
  GaussianLaw<dim>::density(const Point<dim> &y) const
  {
    const Tensor<1, dim> xi = inverse_root * (y - mean);
    return norm * std::exp(-0.5 * (xi * xi));
  }

  template <int dim>
  std::unique_ptr<GaussianExit<dim>>
  create_gaussian_exit(const Shape &shape)
  {
    const auto ball = [](const double radius) {
      return unit_symmetric_tensor<dim>() / (radius * radius);
    };
    if (const auto *box = shape.as<Box>())
      return std::make_unique<BoxExit<dim>>(*box);
    if (const auto *of = shape.as<Ball>())
      return std::make_unique<RoundExit<dim>>(of->center, ball(of->radius), of->radius, 0.);
    if (const auto *of = shape.as<Annulus>())
      return std::make_unique<RoundExit<dim>>(
        of->center, ball(of->outer_radius), of->outer_radius, of->inner_radius);
    if (const auto *of = shape.as<Ellipsoid>())
      {
        SymmetricTensor<2, dim> M;
        for (unsigned int i = 0; i < dim; ++i)
          for (unsigned int j = i; j < dim; ++j)
            M[i][j] = of->matrix[i][j];
        return std::make_unique<RoundExit<dim>>(of->center, M, 0., 0.);
      }
    throw InputError("Domain/shape",
                     "needs a box, ball, ellipsoid or annulus for problem = discrete chain");
  }

#define INSTANTIATE(dim)            \
  template struct GaussianLaw<dim>; \
  template std::unique_ptr<GaussianExit<dim>> create_gaussian_exit<dim>(const Shape &);
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
