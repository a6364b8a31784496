// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/theory_sections.h"

#include <algorithm>

#include "theory/density/ergodicity.h"
#include "theory/density/tail_index.h"
#include "theory/moments/closed_moments.h"
#include "theory/monomials.h"

namespace dynkin
{
  namespace
  {
    constexpr unsigned int moment_order = 4;

    Record
    tail_index_fact(const TailIndex &tail)
    {
      Record fact = {{"value", tail.value()}, {"formula", tail.formula()}};
      if (std::isinf(tail.value()))
        fact["reason"] = "infinite: Gaussian tails";
      else if (tail.stationary_law() == TailIndex::Existence::no)
        fact["reason"] = "there is no stationary law";
      else if (std::isnan(tail.value()))
        {
          fact["reason"] = "only bounds are known";
          fact["lower"]  = tail.lower();
          fact["upper"]  = tail.upper();
        }
      else
        fact["error estimate"] = tail.error_estimate();
      return fact;
    }

    Record
    normalisable_fact(const TailIndex &tail)
    {
      if (tail.stationary_law() == TailIndex::Existence::unknown)
        throw std::domain_error("not known: even the second moment is infinite, and the tail "
                                "index is not computed for this model");
      Record fact = {
        {"value", tail.stationary_law() == TailIndex::Existence::yes},
        {"formula", "there is a stationary law on R^d iff the tail index is positive"}};
      if (std::isfinite(tail.lyapunov_exponent()))
        fact["Lyapunov exponent at infinity"] = tail.lyapunov_exponent();
      return fact;
    }

    /** {"exponents": [2, 0], "value": E z_1^2} for every monomial of the given degrees. */
    Record
    moment_list(const MomentTable &table, const unsigned int order)
    {
      Record list = Record::list();
      for (unsigned int n = 1; n <= order; ++n)
        {
          const Monomials monomials(table.dimension(), n);
          for (unsigned int k = 0; k < monomials.size(); ++k)
            list.add({{"exponents", monomials[k]}, {"value", table.degree(n)(k)}});
        }
      return list;
    }

    /** Second moments only where a list of the fourth would be too long to read. */
    unsigned int
    readable_order(const unsigned int dimension)
    {
      return dimension <= 4 ? moment_order : 2;
    }

    Record
    moments_fact(const ModelParameters &model)
    {
      const unsigned int  d = model.center.size();
      const ClosedMoments moments(model, readable_order(d));
      const unsigned int  order = moments.finite_order();
      Record              fact  = {{"formula", "closed linear system of the moments about w*"},
                                   {"finite order", order},
                                   {"order", readable_order(d)}};
      if (order < readable_order(d))
        fact["reason"] = "moments of order " + std::to_string(order + 2) + " are infinite";
      fact["values"] = moment_list(moments.stationary(), order);
      return fact;
    }

    /** Mean and covariance at Quantities/times of the process started at Quantities/points. */
    Record
    transient_fact(const Parameters &parameters, const ModelParameters &model)
    {
      const ClosedMoments moments(model, 2);
      Record              fact = {{"formula", "exponential of the closed linear system"},
                                  {"values", Record::list()}};
      for (const std::vector<double> &x : parameters.quantities.points)
        {
          std::vector<double> z = x;
          for (std::size_t i = 0; i < z.size(); ++i)
            z[i] -= model.center[i];
          for (const double t : parameters.quantities.times)
            {
              const MomentTable table = moments.at_time(t, MomentTable::of_point(z, 2));
              Record            mean  = Record::list();
              for (std::size_t i = 0; i < z.size(); ++i)
                {
                  Exponents exponents(z.size(), 0);
                  exponents[i] = 1;
                  mean.add(model.center[i] + table.value(exponents));
                }
              fact["values"].add(
                {{"point", x}, {"time", t}, {"mean", mean}, {"covariance", table.covariance()}});
            }
        }
      return fact;
    }
  } // namespace

  void
  add_ergodic_theory(const Parameters &parameters, Record &page)
  {
    const ModelParameters &model = parameters.model;
    try
      {
        const TailIndex tail(model);
        add_fact(page, "normalisable", [&] { return normalisable_fact(tail); });
        add_fact(page, "tail index", [&] { return tail_index_fact(tail); });
      }
    catch (const std::domain_error &error)
      {
        for (const char *key : {"normalisable", "tail index"})
          page["theory"][key] = {{"value", nullptr}, {"reason", error.what()}};
      }
    add_fact(page, "moments", [&] { return moments_fact(model); });
    add_fact(page, "covariance", [&]() -> Record {
      const Matrix covariance = stationary_covariance(model);
      Record fact = {{"value", covariance}, {"formula", "linear system of the second moments"}};
      if (!std::isfinite(covariance[0][0]))
        fact["reason"] = "infinite";
      return fact;
    });
    if (!parameters.quantities.times.empty())
      add_fact(page, "moments at times", [&] { return transient_fact(parameters, model); });
    add_fact(page, "contraction rate", [&]() -> Record {
      const Ergodicity ergodicity(model);
      return {{"value", ergodicity.contraction_rate()},
              {"formula", "W2(t) <= |x - y| exp(rate t), synchronous coupling"},
              {"sharp", ergodicity.is_sharp()},
              {"mean square rate", ergodicity.mean_square_rate()}};
    });
    add_fact(page, "paper's contraction rate", [&]() -> Record {
      const Ergodicity ergodicity(model);
      return {{"value", ergodicity.paper_rate()},
              {"formula", "(4.3): d lambda - theta"},
              {"corrected", ergodicity.corrected_paper_rate()}};
    });
    add_fact(page, "paper condition (4.4)", [&]() -> Record {
      const Ergodicity ergodicity(model);
      return {{"value", ergodicity.paper_condition()},
              {"formula", "eta < h_min/(d^2 g_max^2 H_sum): sufficient, not necessary"},
              {"bound on the learning rate", ergodicity.paper_bound()}};
    });
  }
} // namespace dynkin
