// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/exit/brownian_ball.h"

#include <cmath>
#include <stdexcept>

namespace dynkin
{
  BrownianBall::BrownianBall(const std::vector<double> &center,
                             const double               radius,
                             const double               noise)
    : center(center)
    , radius(radius)
    , noise(noise)
  {
    if (center.empty() || !(radius > 0.) || !(noise > 0.))
      throw std::domain_error("The Brownian exit time from a ball needs a centre with at least "
                              "one coordinate, and radius and noise > 0.");
  }

  double
  BrownianBall::value(const std::vector<double> &x) const
  {
    require_size(x);
    double r2 = 0.;
    for (unsigned int i = 0; i < x.size(); ++i)
      r2 += (x[i] - center[i]) * (x[i] - center[i]);
    const double r = std::sqrt(r2);
    return (radius - r) * (radius + r) / (x.size() * noise);
  }

  std::vector<double>
  BrownianBall::gradient(const std::vector<double> &x) const
  {
    require_size(x);
    std::vector<double> result(x.size());
    for (unsigned int i = 0; i < x.size(); ++i)
      result[i] = -2. * (x[i] - center[i]) / (x.size() * noise);
    return result;
  }

  void
  BrownianBall::require_size(const std::vector<double> &x) const
  {
    if (x.size() != center.size())
      throw std::domain_error("A point and the centre of the ball differ in their number of "
                              "coordinates.");
  }
} // namespace dynkin
