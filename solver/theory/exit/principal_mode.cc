// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/exit/principal_mode.h"

#include <cmath>
#include <stdexcept>

namespace dynkin
{
  PrincipalMode::PrincipalMode(const ScalarDiffusion &diffusion,
                               const double           left,
                               const double           right,
                               const ReflectingEnd    reflecting_end)
    : reflecting_end(reflecting_end)
    , table(
        diffusion,
        [](const long double) { return 1.L; },
        left,
        right)
  {
    constexpr unsigned int max_steps = 100;

    const auto mass = [=](const ScaleSpeedTable &t) { return t.sides(right).left.speed; };
    for (unsigned int step = 0; step < max_steps; ++step)
      {
        const PanelInterpolant phi    = green_integral(table, reflecting_end);
        const auto             source = [phi, factor = lambda](const long double x) {
          return factor * phi(x); // of size 1 from the second step on
        };
        const ScaleSpeedTable next(diffusion, source, left, right);
        const long double     previous = lambda;
        lambda *= mass(table) / mass(next);

        // phi may still change where it hardly contributes to lambda
        bool settled = step > 0 && std::abs(lambda - previous) <= 1e-15L * lambda;
        for (unsigned int i = 1; settled && i + 1 < next.breakpoints().size(); ++i)
          {
            const long double x = next.breakpoints()[i];
            const long double ratio =
              lambda * green_integral(next.sides(x), reflecting_end) / source(x);
            settled = std::abs(ratio - 1.L) <= 1e-14L;
          }
        table = next;
        if (settled)
          {
            const auto square = [&](const long double x) { return source(x) * source(x); };
            scale = lambda * mass(next) / mass(ScaleSpeedTable(diffusion, square, left, right));
            return;
          }
      }
    throw NotSettled("The principal eigenvalue is too close to the second one.");
  }

  long double
  PrincipalMode::rate() const
  {
    return lambda;
  }

  long double
  PrincipalMode::weight(const long double x) const
  {
    return scale * green_integral(table.sides(x), reflecting_end);
  }
} // namespace dynkin
