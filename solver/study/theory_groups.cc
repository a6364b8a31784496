// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/theory_sections.h"

#include <algorithm>
#include <cmath>

#include "domain/box.h"
#include "theory/density/group_tail_index.h"
#include "theory/exit/radial_exit.h"
#include "theory/moments/group_moments.h"

namespace dynkin
{
  namespace
  {
    constexpr unsigned int highest_degree = 2;  // in r_k^2, of moments in the list
    constexpr unsigned int highest_asked  = 20; // of moments that bound the tail index

    Record
    radial_moments(const GroupMoments &moments, const unsigned int n_groups)
    {
      const unsigned int finite = moments.finite_degree(highest_degree);
      Record fact = {{"formula", "closed linear system of the moments of r_k^2, in R^d"},
                     {"finite order", 2 * finite},
                     {"values", Record::list()}};
      if (finite < highest_degree)
        fact["reason"] = "moments of order " + std::to_string(2 * finite + 2) + " are infinite";
      for (unsigned int n = 1; n <= finite; ++n)
        {
          const Monomials       monomials(n_groups, n);
          const Eigen::VectorXd values = moments.stationary(n);
          for (unsigned int i = 0; i < monomials.size(); ++i)
            {
              Record exponents = Record::list();
              for (const unsigned int power : monomials[i])
                exponents.add(2 * power);
              fact["values"].add({{"exponents", exponents}, {"value", values(i)}});
            }
        }
      return fact;
    }

    Record
    tail_index(const ModelParameters &model, const GroupMoments &moments)
    {
      const GroupTailIndex index = group_tail_index(model);
      if (!std::isnan(index.value))
        {
          Record fact     = {{"value", index.value}, {"error estimate", index.error}};
          fact["formula"] = model.group_sizes.size() == 1
                              ? "1 + (2 h - (d - 1) A)/(A + eta m)"
                              : "Lambda(alpha*) = 0, principal eigenvalue on directions of radii";
          if (std::isinf(index.value))
            fact["reason"] = "infinite: Gaussian tails";
          else if (index.value <= 0.)
            fact["reason"] = "there is no stationary law";
          return fact;
        }
      const unsigned int most = std::min(highest_asked, moments.highest_degree());
      const unsigned int n    = moments.finite_degree(most);
      Record             fact = {{"value", nullptr},
                                 {"formula", "E |v|^s is finite below, by even orders s"},
                                 {"lower", 2. * n}};
      fact["reason"]          = "only bounds are known";
      if (n < most)
        fact["upper"] = 2. * n + 2.;
      return fact;
    }

    /** Of the one radius, out of a ball. */
    Record
    radial_exit_times(const Parameters &parameters)
    {
      const ModelParameters &model = parameters.model;
      if (model.group_sizes.size() != 1)
        throw std::domain_error("no formula for several groups; problem = exit time solves it in "
                                "up to 3 radii");
      const Box *ball = parameters.domain.shape->as<Box>(); // (-R, R), of the radius
      if (ball == nullptr || parameters.domain.walls.at("right") != BoundaryKind::absorbing)
        throw std::domain_error("no formula for the exit from this shape");
      constexpr double most = 400.; // beyond, r^(d - 1) is out of range
      const double     d    = model.group_sizes[0];
      if (d != std::round(d) || d > most)
        throw std::domain_error("the quadrature needs an integer d up to 400; problem = exit time "
                                "solves it in the radius, for any d");
      const RadialExit exit(model, ball->upper[0], parameters.quantities.moments);
      Record           values = Record::list();
      for (const std::vector<double> &r : parameters.quantities.points)
        {
          std::vector<double> moments;
          for (unsigned int n = 1; n <= parameters.quantities.moments; ++n)
            moments.push_back(exit.moment(n, r[0]));
          values.add(exit_time_entry(r, exit.log_value(r[0]), moments));
        }
      return values;
    }
  } // namespace

  void
  add_group_theory(const Parameters &parameters, Record &page)
  {
    const ModelParameters &model = parameters.model;
    const GroupMoments     moments(model);
    const unsigned int     K = model.group_sizes.size();
    page["mean exit time"]   = nullptr;
    add_fact(page, "mean exit time", [&]() -> Record {
      page["mean exit time"] = radial_exit_times(parameters);
      return {{"formula", "int int of the radius in R^d, scale and speed densities"}};
    });
    add_fact(page, "exit law", []() -> Record {
      throw std::domain_error("no formula for radii; problem = exit law solves them");
    });
    if (!parameters.quantities.times.empty())
      add_fact(page, "moments at times", []() -> Record {
        throw std::domain_error("not for radii of groups, so far");
      });
    add_fact(page, "moments", [&] { return radial_moments(moments, K); });
    add_fact(page, "loss", [&]() -> Record {
      const double loss = moments.loss();
      if (std::isinf(loss))
        return {{"value", loss}, {"reason", "infinite"}};
      return {{"value", loss}, {"formula", "E 1/2 v^T H v of the stationary law"}};
    });
    add_fact(page, "largest learning rate", [&]() -> Record {
      return {{"value", moments.largest_learning_rate()},
              {"formula", "below it E |v|^2 is finite, all else as it is"}};
    });
    add_fact(page, "mean square rate", [&]() -> Record {
      return {{"value", moments.growth_rate(1)},
              {"formula", "of E |v|^2 towards its stationary value, if negative"}};
    });
    add_fact(page, "tail index", [&] { return tail_index(model, moments); });
  }
} // namespace dynkin
