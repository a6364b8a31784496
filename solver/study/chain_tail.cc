// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/chain_tail.h"

#include <cmath>

using namespace dealii;

namespace dynkin
{
  ChainTail
  chain_tail(const Parameters &parameters, const Model<1> &model, const Line &line)
  {
    constexpr double largest = 1e4; // batch and dimension, for the cost of quadratures
    const double     eta = parameters.model.eta, eps = parameters.chain.step, d = line.dimension;
    double           h, along, across; // squares, over r^2
    if (const auto coordinates = parameters.model.kind().as_independent();
        coordinates && !line.is_radius)
      {
        h      = coordinates->h[0];
        along  = eta * coordinates->rho[0];
        across = 0.;
      }
    else if (line.is_radius)
      {
        const double R = line.right;
        h              = -model.drift(Point<1>(R))[0] / R;
        along =
          (model.diffusion(Point<1>(R))[0][0] - model.diffusion(Point<1>(0.))[0][0]) / (R * R);
        across = along - line.growth;
      }
    else
      return {};
    ChainTail tail;
    if (!(along > 0.))
      return tail;
    const double index = 1. + (2. * h - (d - 1.) * across) / along;
    if (index > 0.)
      tail.diffusion = index;
    if (eps == eta)
      tail.infinite_variance_from = 2. * h / (h * h + (along + (d - 1.) * across) / eta);
    const double batch = parameters.model.linear_regression.batch_size;
    if (d != std::round(d) || d > largest)
      return tail;
    if (!parameters.chain.is_mini_batch())
      tail.chain = kesten_index(FarStep::of_gaussians(
        1. - eps * h, std::sqrt(eps * along), std::sqrt(eps * std::max(across, 0.)), d));
    else if (batch <= largest)
      tail.chain = kesten_index(FarStep::of_mini_batches(batch, d, eta * h / batch));
    return tail;
  }
} // namespace dynkin
