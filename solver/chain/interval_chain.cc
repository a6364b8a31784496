// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "chain/interval_chain.h"

#include "utilities/exceptions.h"
#include "utilities/log.h"

#include <algorithm>
#include <cmath>

namespace dynkin
{
  namespace
  {
    constexpr std::size_t most_points = 3000;
  } // namespace

  IntervalChain::IntervalChain(const Transition          &transition,
                               const std::vector<double> &faces,
                               const double               panel,
                               const std::string         &small_step)
    : transition(transition)
  {
    constexpr unsigned int samples = 500;
    const Real             l = transition.left, r = transition.right;
    Real                   spread = r - l;
    for (unsigned int i = 0; i <= samples; ++i)
      spread = std::min(spread, transition.spread(l + (r - l) * i / samples));
    if (!(spread > 0.L))
      throw InputError("Model/type",
                       "needs noise everywhere in the closed domain for discrete chains");

    std::vector<Real> ends  = {l, r};
    const auto        grade = [&](const Real first, const Real wall, const Real side) {
      if (first > 0.L)
        for (Real y = first; y < std::min<Real>(panel * spread, 0.5L * (r - l)); y *= panel)
          ends.push_back(wall + side * y);
    };
    grade(transition.singular_from_left(), l, 1.L);
    grade(transition.singular_from_right(), r, -1.L);
    for (const double face : faces)
      ends.push_back(face);
    std::sort(ends.begin(), ends.end());
    ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
    std::vector<Real> cuts;
    for (std::size_t k = 0; k + 1 < ends.size(); ++k)
      {
        const Real length = ends[k + 1] - ends[k];
        const Real n      = std::max(1.L, std::ceil(length / (panel * spread)));
        if ((cuts.size() + n) * Panels::n_points > most_points)
          throw InputError(
            small_step,
            "needs at most " + std::to_string(most_points) +
              " points that see the spread of a step, " +
              format_number(static_cast<double>(spread), 2) +
              " at its smallest; with steps as small as these the chain is close to the "
              "diffusion: problem = exit time");
        for (unsigned int i = 0; i < n; ++i)
          cuts.push_back(ends[k] + length / n * i);
      }
    cuts.push_back(r);
    panels = Panels(cuts);

    Matrix<Real> steps(panels.size(), panels.size());
    Vector       exits;
    for (std::size_t i = 0; i < panels.size(); ++i)
      {
        exit_of.push_back(exit(panels.nodes[i]));
        exits.push_back(exit_of[i].probability[0] + exit_of[i].probability[1]);
        transition.find_row(panels.nodes[i], panels, &steps(i, 0));
      }
    set(std::move(steps), exits);
  }

  IntervalChain::Vector
  IntervalChain::row(const std::vector<double> &point) const
  {
    Vector weights(panels.size());
    transition.find_row(point[0], panels, weights.data());
    return weights;
  }

  PlacedChain::Exit
  IntervalChain::exit(const std::vector<double> &point) const
  {
    return exit(Real(point[0]));
  }

  PlacedChain::Exit
  IntervalChain::exit(const Real x) const
  {
    const Transition::Exit exit = transition.exit(x);
    return {{exit.left, exit.right}, {exit.distance_left, exit.distance_right}};
  }
} // namespace dynkin
