// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "measure/density_laws.h"

#include "measure/distribution.h"
#include "measure/whole_space_laws.h"
#include "theory/moments/group_moments.h"
#include "utilities/log.h"

#include <cmath>
#include <functional>

namespace dynkin
{
  namespace
  {
    constexpr unsigned int n_intervals = 200;
    constexpr double       reached     = 0.8; // part of the mesh that the table covers

    Number
    compare(const JacobiLaw::Value &own, const JacobiLaw::Value &other, const double defect)
    {
      return {own.value,
              std::abs(own.value - other.value) + own.truncation + defect * std::abs(own.value)};
    }

    /** {"distance", "value"} and its line, to `list`; a bound where no digit is known. */
    void
    add_tail(Result &result, Record &list, const double r, const Number &probability)
    {
      const std::string name  = "P(|v - w*| > " + format_number(r, 6) + ")   ";
      Record            entry = {{"distance", r}};
      if (probability.error < std::abs(probability.value) || probability.value == 0.L)
        result.quantity(entry, "value", probability, "tail", name);
      else
        {
          const double bound = static_cast<double>(std::abs(probability.value) + probability.error);
          entry.update({{"value", nullptr},
                        {"upper bound", bound},
                        {"reason", "no digit is known, only a bound"}});
          result.tell("tail", name + "not resolved, at most " + format_number(bound, 2));
        }
      list.add(entry);
    }

    /** P(|v - w*| > r). */
    template <int dim>
    Record
    tail_probabilities(const QuantityParameters     &quantities,
                       const WholeSpace             &space,
                       const ComparedDensities<dim> &densities,
                       Result                       &result)
    {
      using Above         = std::function<JacobiLaw::Value(const double)>;
      const auto above_of = [&](const Sampler<dim> &sampler, const Field<dim> &density) -> Above {
        if (dim > 1 || space.center == quantities.center)
          return [law = DistanceLaw(sampler, density, quantities.center)](const double r) {
            return law.above(r);
          };
        // on the line for any w*
        return [law = MarginalLaw(sampler, density, 0), w = quantities.center[0]](const double r) {
          const JacobiLaw::Value right = law.above(w + r), not_left = law.above(w - r);
          return JacobiLaw::Value{right.value + (1. - not_left.value),
                                  right.truncation + not_left.truncation};
        };
      };
      const Above own   = above_of(densities.sampler, densities.density),
                  other = above_of(densities.other_sampler, densities.other);
      Record list       = Record::list();
      for (const double r : quantities.distances)
        add_tail(result, list, r, compare(own(r), other(r), densities.defect));
      return list;
    }

    /** The same on an interval that stands for the whole space. */
    Record
    tail_probabilities(const Parameters           &parameters,
                       const ComparedDensities<1> &densities,
                       Result                     &result)
    {
      const Distribution own(densities.sampler, densities.density);
      const Distribution other(densities.other_sampler, densities.other);
      const double       center = parameters.quantities.center[0];
      const auto         beyond = [center](const Distribution &law, const double r) {
        return law.below(center - r) + law.above(center + r);
      };
      Record list = Record::list();
      for (const double r : parameters.quantities.distances)
        {
          const double P = beyond(own, r);
          add_tail(result, list, r, {P, std::abs(P - beyond(other, r)) + densities.defect * P});
        }
      return list;
    }

    /** Distances from w*, equidistant on the mesh. */
    std::vector<double>
    grid(const WholeSpace &space, const unsigned int i)
    {
      const unsigned int k      = space.is_radial ? 0 : i;
      double             square = 0.;
      for (const double entry : space.scale[i])
        square += entry * entry;
      std::vector<double> result;
      for (unsigned int j = 0; j <= n_intervals; ++j)
        {
          const double y = reached * space.reach[k] * (2. * j / n_intervals - 1.);
          result.push_back(std::sqrt(square) *
                           (std::isfinite(space.tail_index[k]) ? std::sinh(y) : y));
        }
      return result;
    }

    /** Of coordinates, or of radii of groups: at the points, and on a grid. */
    struct Marginals
    {
      Record list  = Record::list();
      Table  table = {"marginals",
                      {"coordinate",
                       "x",
                       "density",
                       "error estimate",
                       "probability above",
                       "error estimate of the probability above"}};

      template <typename Law>
      void
      add(const Parameters  &parameters,
          const unsigned int i,
          const Law         &own,
          const Law         &other,
          const double       defect)
      {
        const auto density = [&](const double x) {
          return compare(own.density(x), other.density(x), defect);
        };
        const auto above = [&](const double x) {
          return compare(own.above(x), other.above(x), defect);
        };
        Record values = Record::list();
        for (const std::vector<double> &point : parameters.quantities.points)
          {
            Record entry = {{"x", point[i]}};
            entry.put("value", density(point[i]));
            entry.put_also("probability above", above(point[i]));
            values.add(entry);
          }
        list.add({{"coordinate", i}, {"values", values}});
        const bool is_radius = !parameters.model.group_sizes.empty();
        for (const double offset : grid(parameters.domain.whole_space, i))
          if (offset >= 0. || !is_radius)
            {
              const double x = parameters.model.center[i] + offset;
              const Number p = density(x), P = above(x);
              table.rows.push_back({static_cast<double>(i),
                                    x,
                                    static_cast<double>(p.value),
                                    static_cast<double>(p.error),
                                    static_cast<double>(P.value),
                                    static_cast<double>(P.error)});
            }
      }
    };

    /** The law of the loss 1/2 v^T H v in R^d, from the radii of groups. */
    template <int dim>
    Table
    loss_table(const Parameters &parameters, const ComparedDensities<dim> &densities)
    {
      const std::vector<double>  h      = GroupCoefficients(parameters.model).h;
      const std::vector<double> &center = parameters.model.center;
      const DistanceLaw          own(densities.sampler, densities.density, center, h),
        other(densities.other_sampler, densities.other, center, h);
      const std::vector<double> radii = grid(parameters.domain.whole_space, 0);
      Table                     table{"loss",
                  {"loss",
                                       "density",
                                       "error estimate",
                                       "probability above",
                                       "error estimate of the probability above"}};
      for (const double r : radii)
        if (r > 0.)
          {
            // L = R^2/2, R = sqrt(v^T H v)
            const double R = std::sqrt(h[0]) * r;
            const Number p = compare(own.density(R), other.density(R), densities.defect),
                         P = compare(own.above(R), other.above(R), densities.defect);
            table.rows.push_back({0.5 * R * R,
                                  static_cast<double>(p.value) / R,
                                  static_cast<double>(p.error) / R,
                                  static_cast<double>(P.value),
                                  static_cast<double>(P.error)});
          }
      return table;
    }
  } // namespace

  template <int dim>
  Result
  density_laws(const Parameters &parameters, const ComparedDensities<dim> &compared)
  {
    Result result;
    if constexpr (dim == 1)
      if (parameters.domain.is_cut_whole_space)
        {
          if (!parameters.quantities.distances.empty())
            result.numbers["tail probabilities"] = tail_probabilities(parameters, compared, result);
          return result;
        }
    if (dim == 1 && parameters.quantities.distances.empty() && parameters.model.group_sizes.empty())
      return result;
    // polynomials of high degree in s need more points than the density
    const unsigned int n_points = 2 * (compared.density.discretization->degree() + 3);
    const auto         finer    = [&](const Field<dim> &density) {
      return Sampler<dim>(*density.discretization, n_points);
    };
    const Sampler<dim> own_sampler = finer(compared.density), other_sampler = finer(compared.other);
    const ComparedDensities<dim> densities{
      own_sampler, compared.density, other_sampler, compared.other, compared.defect};
    if (!parameters.quantities.distances.empty())
      result.numbers["tail probabilities"] =
        tail_probabilities(parameters.quantities, parameters.domain.whole_space, densities, result);
    const std::vector<double> &sizes = parameters.model.group_sizes;
    Marginals                  marginals;
    for (unsigned int i = 0; i < dim; ++i)
      if (!sizes.empty())
        {
          std::vector<double> only(dim, 0.);
          only[i] = 1.;
          marginals.add(
            parameters,
            i,
            DistanceLaw(densities.sampler, densities.density, parameters.model.center, only),
            DistanceLaw(densities.other_sampler, densities.other, parameters.model.center, only),
            densities.defect);
        }
      else if (dim > 1)
        marginals.add(parameters,
                      i,
                      MarginalLaw(densities.sampler, densities.density, i),
                      MarginalLaw(densities.other_sampler, densities.other, i),
                      densities.defect);
    if (marginals.table.rows.empty()) // on a line
      return result;
    result.numbers["marginals"] = marginals.list;
    result.tables.push_back(marginals.table);
    if (!sizes.empty())
      result.tables.push_back(loss_table(parameters, densities));
    return result;
  }

  template Result
  density_laws<1>(const Parameters &, const ComparedDensities<1> &);
  template Result
  density_laws<2>(const Parameters &, const ComparedDensities<2> &);
  template Result
  density_laws<3>(const Parameters &, const ComparedDensities<3> &);
} // namespace dynkin
