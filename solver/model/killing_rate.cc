// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/killing_rate.h"

#include <cmath>
#include <sstream>
#include <stdexcept>

#include "model/expression_model.h"
#include "utilities/exceptions.h"
#include "utilities/log.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    const std::string entry = "Model/killing rate";

    template <int dim>
    Formula<dim>
    read_rate(const ModelParameters &parameters)
    {
      try
        {
          return Formula<dim>(parameters.killing_rate, formula_constants(parameters));
        }
      catch (const std::invalid_argument &error)
        {
          throw InputError(entry, std::string("needs a formula: ") + error.what());
        }
    }
  } // namespace

  template <int dim>
  KillingRate<dim>::KillingRate(const ModelParameters &parameters)
    : k(read_rate<dim>(parameters))
  {
  }

  template <int dim>
  double
  KillingRate<dim>::value(const Point<dim> &x) const
  {
    const double rate = k.value(x);
    if (!(rate >= 0.) || !std::isfinite(rate))
      {
        std::ostringstream point;
        point << x;
        throw InputError(entry,
                         "needs to be >= 0 in the whole domain, but is " + format_number(rate) +
                           " at (" + point.str() + ")");
      }
    return rate;
  }

  template <int dim>
  std::pair<double, double>
  KillingRate<dim>::range(const Point<dim> &lower, const Point<dim> &upper) const
  {
    return k.bounds(lower, upper);
  }

  template <int dim>
  std::vector<CoefficientSwitch<dim>>
  KillingRate<dim>::switches() const
  {
    std::vector<CoefficientSwitch<dim>> places;
    append_switches(k, places);
    return places;
  }

  template <int dim>
  std::string
  KillingRate<dim>::text() const
  {
    return k.text();
  }

  template <int dim>
  std::shared_ptr<const KillingRate<dim>>
  create_killing_rate(const ModelParameters &parameters)
  {
    return parameters.kills() ? std::make_shared<const KillingRate<dim>>(parameters) : nullptr;
  }

  bool
  ModelParameters::kills() const
  {
    if (killing_rate == ModelParameters().killing_rate)
      return false;
    try
      {
        return !read_rate<3>(*this).is_zero();
      }
    catch (const InputError &)
      {
        return true; // the model says why it cannot be read
      }
  }

#define INSTANTIATE(dim)                                                     \
  template class KillingRate<dim>;                                           \
  template std::shared_ptr<const KillingRate<dim>> create_killing_rate<dim>( \
    const ModelParameters &);
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
