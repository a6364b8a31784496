// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/chain_diffusion.h"

#include "domain/box.h"
#include "utilities/exceptions.h"
#include "utilities/numerics.h"

#include <boost/math/quadrature/gauss_kronrod.hpp>

#include <cmath>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    using Real = long double;
  }

  Line
  line_of(const Parameters &parameters)
  {
    const DomainParameters &domain = parameters.domain;
    const auto             *box    = domain.shape->as<Box>();
    if (box == nullptr)
      throw InputError("Domain/shape",
                       "needs an interval for problem = discrete chain, or a ball of one group");
    if (!domain.periodic_axes().empty())
      throw InputError("Domain/boundary",
                       "needs walls that are not periodic for problem = discrete chain");
    const auto reflects = [&](const char *wall) {
      return domain.walls.at(wall) == BoundaryKind::reflecting;
    };
    if (!parameters.model.group_sizes.empty())
      return {0.,
              box->upper[0],
              true,
              true,
              reflects("right"),
              parameters.model.group_sizes[0],
              parameters.model.eta * parameters.model.kind().radial_growth()->at(0).at(0)};
    return {box->lower[0], box->upper[0], false, reflects("left"), reflects("right"), 1., 0.};
  }

  std::optional<ScalarDiffusion>
  diffusion_of(const Model<1> &model, const Line &line)
  {
    const auto a = [&model](const Real x) {
      return static_cast<Real>(model.diffusion(Point<1>(static_cast<double>(x)))[0][0]);
    };
    const auto b = [&model](const Real x) {
      return static_cast<Real>(model.drift(Point<1>(static_cast<double>(x)))[0]);
    };
    if (line.dimension == 1.)
      {
        const Real middle = 0.5L * (static_cast<Real>(line.left) + line.right);
        const auto slope  = [a, b](const Real x) { return -2.L * b(x) / a(x); };
        return ScalarDiffusion{1,
                               [slope, middle](const Real x) {
                                 using Rule = boost::math::quadrature::gauss_kronrod<Real, 31>;
                                 return x == middle ? 0.L
                                                    : Rule::integrate(slope, middle, x, 8, 1e-14L);
                               },
                               slope,
                               a};
      }
    if (line.dimension != std::round(line.dimension) || line.dimension > 500.)
      return {};
    // a = a0 + a2 r^2, b = -h r
    const Real R = line.right, a0 = a(0.L), a2 = (a(R) - a0) / (R * R),
               k = -b(R) / R + 0.5L * (line.dimension - 1.) * line.growth;
    return ScalarDiffusion{
      static_cast<unsigned int>(line.dimension),
      [=](const Real r) { return k * r * r / a0 * log1p_over(a2 * r * r / a0); },
      [=](const Real r) { return 2.L * k * r / (a0 + a2 * r * r); },
      [=](const Real r) { return a0 + a2 * r * r; }};
  }

  double
  steps_of(const ScalarDiffusion &diffusion,
           const Line            &line,
           const double           eps,
           const double           x,
           const double           widths)
  {
    const auto out = [&](const double wall, const bool reflects) {
      return reflects ? 0. : widths * std::sqrt(static_cast<double>(diffusion.a(wall)) * eps);
    };
    const ReflectingEnd end = line.left_reflects    ? ReflectingEnd::left
                              : line.right_reflects ? ReflectingEnd::right
                                                    : ReflectingEnd::none;
    const ExitMoments   moments(diffusion,
                              line.left - out(line.left, line.left_reflects),
                              line.right + out(line.right, line.right_reflects),
                              end);
    return static_cast<double>(moments.value(1, x) / eps);
  }

  std::optional<ScalarDiffusion>
  matched(const Parameters &parameters, const Line &line)
  {
    const auto coordinates = parameters.model.kind().as_independent();
    if (!coordinates || coordinates->rho[0] != 0.)
      return {};
    const Real eps = parameters.chain.step, h = coordinates->h[0];
    if (!(eps * h < 1.L))
      return {};
    const Real rate = -std::log1p(-eps * h) / eps, w = parameters.model.center[0];
    const Real a = parameters.model.eta * coordinates->sigma[0] * eps * -2.L * rate /
                   std::expm1(-2.L * rate * eps);
    const auto d = static_cast<unsigned int>(line.dimension);
    if (d != line.dimension || d > 500)
      return {};
    return ScalarDiffusion{d,
                           [=](const Real x) { return rate / a * (x - w) * (x - w); },
                           [=](const Real x) { return 2.L * rate / a * (x - w); },
                           [=](const Real) { return a; }};
  }
} // namespace dynkin
