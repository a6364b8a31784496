// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_chain_chain_parameters_h
#define dynkin_chain_chain_parameters_h

#include <string>
#include <vector>

namespace dynkin
{
  class EntryTable;

  /**
   * The chain z' = z + eps b(z) + sqrt(eps) s(z) xi, or SGD itself with its mini-batches; subsection
   * `Discrete chain`.
   */
  struct ChainParameters
  {
    std::string         noise = "gaussian"; // Discrete chain/noise: gaussian or mini-batch
    double              step = 0.; // Discrete chain/step eps > 0 [time]; not set: the learning rate
    std::vector<double> steps;     // Discrete chain/steps K of P(tau > K), integers >= 0

    void
    add_parameters(EntryTable &table);

    /** Is the noise that of mini-batches? */
    bool
    is_mini_batch() const;

    /** Completes the step. Throws InputError. */
    void
    check(const double learning_rate);
  };
} // namespace dynkin

#endif
