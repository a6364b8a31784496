// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "parameters/rewards.h"

#include <cmath>
#include <sstream>
#include <stdexcept>

#include "domain/exit_set.h"
#include "utilities/exceptions.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    template <int dim>
    void
    check_in_dimension(const Parameters &parameters)
    {
      const ExitSet<dim> set(parameters.domain);
      const Reward<dim>  running("Quantities/running reward", parameters.quantities.running_reward);
      const Reward<dim>  terminal("Quantities/terminal reward",
                                 parameters.quantities.terminal_reward);
    }
  } // namespace

  bool
  asks_for_place(const DomainParameters &domain)
  {
    return !domain.exit_set.empty() || !domain.exit_direction.empty();
  }
  void
  check_exit_place(const Parameters &parameters)
  {
    const DomainParameters   &domain     = parameters.domain;
    const QuantityParameters &quantities = parameters.quantities;
    const bool rewarded = !quantities.running_reward.empty() || !quantities.terminal_reward.empty();
    if (!asks_for_place(domain) && !rewarded)
      throw InputError("Domain/exit set",
                       "needs to be set for problem = exit place, or else Domain/exit "
                       "direction, Quantities/running reward or terminal reward");
    parameters.dimension == 1   ? check_in_dimension<1>(parameters)
    : parameters.dimension == 2 ? check_in_dimension<2>(parameters)
                                : check_in_dimension<3>(parameters);
  }

  template <int dim>
  std::vector<Formula<dim>>
  running_rewards(const Parameters &parameters)
  {
    const std::string &text = parameters.quantities.running_reward;
    return text.empty() ? std::vector<Formula<dim>>() : std::vector<Formula<dim>>{{text, {}}};
  }

  template <int dim>
  Reward<dim>::Reward(const std::string &entry, const std::string &text)
    : entry(entry)
  {
    try
      {
        if (!text.empty())
          formula = Formula<dim>(text, {});
      }
    catch (const std::invalid_argument &error)
      {
        throw InputError(entry, error.what());
      }
  }

  template <int dim>
  double
  Reward<dim>::value(const Point<dim> &x) const
  {
    const double value = formula.value(x);
    if (!std::isfinite(value))
      {
        std::ostringstream point;
        point << x;
        throw InputError(entry, "is not finite at (" + point.str() + ")");
      }
    return value;
  }

  template <int dim>
  bool
  Reward<dim>::is_zero() const
  {
    return formula.is_zero();
  }

  template std::vector<Formula<1>>
  running_rewards(const Parameters &);
  template std::vector<Formula<2>>
  running_rewards(const Parameters &);
  template std::vector<Formula<3>>
  running_rewards(const Parameters &);
  template class Reward<1>;
  template class Reward<2>;
  template class Reward<3>;
} // namespace dynkin
