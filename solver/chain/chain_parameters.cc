// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "chain/chain_parameters.h"

#include "utilities/entry_table.h"
#include "utilities/exceptions.h"

#include <cmath>

namespace dynkin
{
  namespace
  {
    const char *const mini_batch = "mini-batch";
  }

  void
  ChainParameters::add_parameters(EntryTable &table)
  {
    table.begin_section("Discrete chain");
    table.add("noise",
              noise,
              "The noise of a step.",
              {{"gaussian", "z' = z + eps b(z) + sqrt(eps) s(z) xi, xi ~ N(0, 1): Euler's chain"},
               {mini_batch,
                "SGD itself, z' = z minus the learning rate times the gradient on a mini-batch; "
                "only for Model/type = linear regression"}});
    table.add("step",
              step,
              "The step eps > 0 [time] of z' = z + eps b(z) + sqrt(eps) s(z) xi, xi ~ N(0, 1). Not "
              "set: Model/learning rate.",
              number_pattern(Ranges::positive),
              {OnlyFor{"Discrete chain/noise", {"gaussian"}}});
    table.add("steps",
              steps,
              "Numbers of steps K >= 0 for which P(tau > K) is reported; several separated by ','.",
              list_pattern(Ranges::non_negative),
              {OnlyFor{"Monte Carlo/method", {"plain"}}});
  }

  bool
  ChainParameters::is_mini_batch() const
  {
    return noise == mini_batch;
  }

  void
  ChainParameters::check(const double learning_rate)
  {
    if (step == 0.)
      step = learning_rate;
    if (!(step > 0.))
      throw InputError("Discrete chain/step", "needs to be set, for there is no learning rate");
    for (const double n : steps)
      if (!(n >= 0. && n <= 9e15 && n == std::floor(n)))
        throw InputError("Discrete chain/steps", "needs integers from 0 to 9e15");
  }
} // namespace dynkin
