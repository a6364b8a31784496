// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "problem/moment_errors.h"

#include "domain/ball.h"
#include "domain/box.h"
#include "measure/density_moments.h"
#include "theory/moments/closed_moments.h"
#include "theory/moments/group_moments.h"
#include "theory/monomials.h"

#include <algorithm>
#include <cmath>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    /** Radius of the largest ball about w* in the domain; 0 if unknown. */
    double
    inner_radius(const DomainParameters &domain, const std::vector<double> &w)
    {
      const Shape &shape = *domain.shape;
      if (!shape.is_bounded())
        return std::numeric_limits<double>::infinity();
      const bool is_known = shape.as<Ball>() || shape.as<Box>();
      return is_known ? std::max(0., shape.distance_to_wall(w).value()) : 0.;
    }

    /** E|z|^n = sum_beta (n/2)!/beta! E z^(2 beta), n even. */
    double
    absolute_moment(const MomentTable &moments, const unsigned int n)
    {
      const Monomials halves(moments.dimension(), n / 2);
      double          sum = 0.;
      for (unsigned int k = 0; k < halves.size(); ++k)
        {
          Exponents alpha       = halves[k];
          double    coefficient = std::tgamma(n / 2 + 1.);
          for (unsigned int &exponent : alpha)
            {
              coefficient /= std::tgamma(exponent + 1.);
              exponent *= 2;
            }
          sum += coefficient * moments.value(alpha);
        }
      return sum;
    }

    /** Bound of E|z|^m over |z| > radius. */
    double
    outside(const MomentTable &moments, const unsigned int m, const double radius)
    {
      if (std::isinf(radius))
        return 0.;
      double bound = std::numeric_limits<double>::infinity();
      for (unsigned int n = m + 2; n <= moments.order(); n += 2)
        bound = std::min(bound, absolute_moment(moments, n) * std::pow(radius, 1. * m - n));
      return bound;
    }
    /** Even moments of radii against those in all coordinates, on the whole space. */
    template <int dim>
    Record
    radial_moment_errors(const Parameters   &parameters,
                         const Sampler<dim> &sampler,
                         const Field<dim>   &density)
    {
      if (parameters.domain.shape->is_bounded())
        return {};
      const GroupMoments moments(parameters.model);
      Record             orders = Record::list();
      for (unsigned int n = 1; n <= moments.finite_degree(2); ++n)
        {
          const Monomials       all(dim, 2 * n), halves(dim, n);
          const Eigen::VectorXd computed = density_moments(parameters, sampler, density, 2 * n),
                                exact    = moments.stationary(n);
          double error                   = 0.;
          for (unsigned int k = 0; k < halves.size(); ++k)
            {
              Exponents alpha = halves[k];
              for (unsigned int &exponent : alpha)
                exponent *= 2;
              error = std::max(error, std::abs(computed(all.index(alpha)) / exact(k) - 1.));
            }
          orders.add({{"order", 2 * n}, {"error", error}, {"outside at most", 0.}});
        }
      return {{"reference", "closed linear system of the moments on R^d"},
              {"mass outside at most", 0.},
              {"orders", orders}};
    }
  } // namespace

  template <int dim>
  Record
  moment_errors(const Parameters   &parameters,
                const Sampler<dim> &sampler,
                const Field<dim>   &density)
  {
    if (!parameters.model.group_sizes.empty())
      return radial_moment_errors(parameters, sampler, density);
    constexpr unsigned int largest_order = 12;
    const double           radius        = inner_radius(parameters.domain, parameters.model.center);
    if (!parameters.model.kind().is_quadratic() || radius == 0.)
      return {};
    const MomentTable exact = ClosedMoments(parameters.model, largest_order).stationary();
    if (exact.order() < 2 || outside(exact, 2, radius) > 0.01 * absolute_moment(exact, 2))
      return {};

    Record orders = Record::list();
    for (unsigned int m = 2; m <= std::min(4U, exact.order()); m += 2)
      {
        const Eigen::VectorXd computed = density_moments(parameters, sampler, density, m);
        const double          scale    = absolute_moment(exact, m);
        orders.add({{"order", m},
                    {"error", (computed - exact.degree(m)).cwiseAbs().maxCoeff() / scale},
                    // infinite if no higher moment is finite
                    {"outside at most", outside(exact, m, radius) / scale}});
      }
    return {{"reference", "closed linear system of the moments on R^d"},
            {"mass outside at most", outside(exact, 0, radius)},
            {"orders", orders}};
  }

  template Record
  moment_errors<1>(const Parameters &, const Sampler<1> &, const Field<1> &);
  template Record
  moment_errors<2>(const Parameters &, const Sampler<2> &, const Field<2> &);
  template Record
  moment_errors<3>(const Parameters &, const Sampler<3> &, const Field<3> &);
} // namespace dynkin
