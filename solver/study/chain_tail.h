// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_study_chain_tail_h
#define dynkin_study_chain_tail_h

#include "chain/kesten_index.h"
#include "study/chain_diffusion.h"

namespace dynkin
{
  /**
   * Tails of the stationary laws of a chain and of its diffusion on the whole space, where the noise grows with the
   * distance: with -h r the drift, and a_along r^2 and a_across r^2 the diffusion far out, that of the diffusion is
   *
   *   1 + (2 h - (d - 1) a_across)/a_along,
   *
   * and the variance of the chain is infinite from eta h (2 - eta h) = eta (a_along + (d - 1) a_across) on.
   */
  struct ChainTail
  {
    std::optional<KestenIndex> chain;
    std::optional<double>      diffusion;
    std::optional<double>      infinite_variance_from; // learning rate, if it is the step
  };

  /** Empty for formulas and constant noise. */
  ChainTail
  chain_tail(const Parameters &parameters, const Model<1> &model, const Line &line);
} // namespace dynkin

#endif
