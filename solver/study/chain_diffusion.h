// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_study_chain_diffusion_h
#define dynkin_study_chain_diffusion_h

#include "parameters/parameters.h"
#include "theory/exit/exit_moments.h"

#include <optional>

namespace dynkin
{
  /** An interval, or the radius of a ball: 0 is its left end, a mirror. */
  struct Line
  {
    double left, right;
    bool   is_radius, left_reflects, right_reflects;
    double dimension; // of the ball
    double growth;    // m of the diffusion alpha 1 + m z z^T [1/time]
  };

  /** Throws InputError for domains that are none. */
  Line
  line_of(const Parameters &parameters);

  /** The diffusion on the line, or of the radius if its dimension is an integer of moderate size. */
  std::optional<ScalarDiffusion>
  diffusion_of(const Model<1> &model, const Line &line);

  /** E tau/eps from x of the diffusion between walls that are moved outwards by `widths` |s(wall)| sqrt(eps). */
  double
  steps_of(const ScalarDiffusion &diffusion,
           const Line            &line,
           const double           eps,
           const double           x,
           const double           widths);

  /** The process whose mean and variance after eps are those of the chain; for constant noise. */
  std::optional<ScalarDiffusion>
  matched(const Parameters &parameters, const Line &line);
} // namespace dynkin

#endif
