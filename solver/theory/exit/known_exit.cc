// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/exit/known_exit.h"

#include "domain/exit_set.h"

namespace dynkin
{
  namespace
  {
    /** The list. */
    using Recogniser                   = ExitFormulaPointer (*)(const ModelParameters &,
                                              const DomainParameters &,
                                              const unsigned int n_moments);
    constexpr Recogniser recognisers[] = {interval_exit, ball_exit, box_exit};

    ExitFormulaPointer
    find_formula(const ModelParameters  &model,
                 const DomainParameters &domain,
                 const unsigned int      n_moments)
    {
      if (model.kills())
        throw std::domain_error("the formulas know no killing");
      if (!model.group_sizes.empty())
        throw std::domain_error("the formulas are for coordinates, not for radii of groups");
      if (domain.is_cut_whole_space || !domain.periodic_axes().empty())
        throw std::domain_error("the formulas need walls all around");
      for (const Recogniser &recognise : recognisers)
        if (const ExitFormulaPointer formula = recognise(model, domain, n_moments))
          return formula;
      throw std::domain_error("no formula for the exit from this shape");
    }
  } // namespace

  KnownExit::KnownExit(const ModelParameters  &model,
                       const DomainParameters &domain,
                       const unsigned int      n_moments)
    : formula(find_formula(model, domain, n_moments))
  {
    if (model.center.size() == 1 && !domain.exit_set.empty())
      {
        const ExitSet<1>                set(domain);
        const std::vector<unsigned int> ids = domain.shape->wall_ids();
        for (unsigned int k = 0; k < ids.size(); ++k)
          if (set.contains(dealii::Point<1>(), ids[k]))
            exit_walls.push_back(domain.shape->wall_names[k]);
      }
  }

  double
  KnownExit::probability_of_exit_set(const std::vector<double> &x) const
  {
    if (exit_walls.empty())
      throw std::domain_error("no formula for the place of the exit");
    double sum = 0.;
    for (const std::string &wall : exit_walls)
      sum += formula->probability_of(wall, x);
    return sum;
  }
} // namespace dynkin
