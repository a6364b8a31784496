// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_parameters_rewards_h
#define dynkin_parameters_rewards_h

#include "model/formula.h"
#include "parameters/parameters.h"

namespace dynkin
{
  /** Domain/exit set and the rewards of problem = exit place: at least one. */
  void
  check_exit_place(const Parameters &parameters);

  /** Does the file ask for the probability to leave through a part of the walls? */
  bool
  asks_for_place(const DomainParameters &domain);

  /** The running reward, if there is one: what adds up along paths. */
  template <int dim>
  std::vector<Formula<dim>>
  running_rewards(const Parameters &parameters);

  /** A reward as a function: throws InputError on its entry where it is not finite. */
  template <int dim>
  class Reward
  {
  public:
    /** No text: 0. Throws InputError on the entry. */
    Reward(const std::string &entry, const std::string &text);

    double
    value(const dealii::Point<dim> &x) const;

    bool
    is_zero() const;

  private:
    const std::string entry;
    Formula<dim>      formula;
  };
} // namespace dynkin

#endif
