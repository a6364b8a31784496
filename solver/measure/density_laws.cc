// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "measure/density_laws.h"

#include "measure/distribution.h"
#include "measure/whole_space_laws.h"

#include <cmath>
#include <functional>
#include <iomanip>
#include <sstream>

namespace dynkin
{
  namespace
  {
    using Json = nlohmann::ordered_json;

    constexpr unsigned int n_intervals = 200;
    constexpr double       reached     = 0.8; // part of the mesh that the table covers

    double
    estimate(const JacobiLaw::Value &own, const JacobiLaw::Value &other, const double defect)
    {
      return std::abs(own.value - other.value) + own.truncation + defect * std::abs(own.value);
    }

    /** P(|v - w*| > r). */
    template <int dim>
    Json
    tail_probabilities(const QuantityParameters     &quantities,
                       const WholeSpace             &space,
                       const ComparedDensities<dim> &densities)
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
      Json json         = Json::array();
      for (const double r : quantities.distances)
        {
          const JacobiLaw::Value P = own(r);
          json.push_back({{"distance", r},
                          {"value", P.value},
                          {"error estimate", estimate(P, other(r), densities.defect)}});
        }
      return json;
    }

    /** The same on an interval that stands for the whole space. */
    Json
    tail_probabilities(const Parameters &parameters, const ComparedDensities<1> &densities)
    {
      const Distribution own(densities.sampler, densities.density);
      const Distribution other(densities.other_sampler, densities.other);
      const double       center = parameters.quantities.center[0];
      const auto         beyond = [center](const Distribution &law, const double r) {
        return law.below(center - r) + law.above(center + r);
      };
      Json json = Json::array();
      for (const double r : parameters.quantities.distances)
        {
          const double P = beyond(own, r);
          json.push_back(
            {{"distance", r},
             {"value", P},
             {"error estimate", std::abs(P - beyond(other, r)) + densities.defect * P}});
        }
      return json;
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
  } // namespace

  template <int dim>
  Result
  density_laws(const Parameters &parameters, const ComparedDensities<dim> &compared)
  {
    Json json = Json::object();
    if constexpr (dim == 1)
      if (parameters.domain.is_cut_whole_space)
        {
          if (!parameters.quantities.distances.empty())
            json["tail probabilities"] = tail_probabilities(parameters, compared);
          return {json};
        }
    if (dim == 1 && parameters.quantities.distances.empty())
      return {json};
    // polynomials of high degree in s need more points than the density
    const unsigned int n_points = 2 * (compared.density.discretization->degree() + 3);
    const auto         finer    = [&](const Field<dim> &density) {
      return Sampler<dim>(*density.discretization, n_points);
    };
    const Sampler<dim> own_sampler = finer(compared.density), other_sampler = finer(compared.other);
    const ComparedDensities<dim> densities{
      own_sampler, compared.density, other_sampler, compared.other, compared.defect};
    if (!parameters.quantities.distances.empty())
      json["tail probabilities"] =
        tail_probabilities(parameters.quantities, parameters.domain.whole_space, densities);
    if (dim == 1)
      return {json};

    Table        table{"marginals",
                {"coordinate",
                        "x",
                        "density",
                        "error estimate",
                        "probability above",
                        "error estimate of the probability"}};
    const double defect = densities.defect;
    json["marginals"]   = Json::array();
    for (unsigned int i = 0; i < dim; ++i)
      {
        const MarginalLaw own(densities.sampler, densities.density, i);
        const MarginalLaw other(densities.other_sampler, densities.other, i);
        Json              values = Json::array();
        for (const std::vector<double> &point : parameters.quantities.points)
          {
            const double           x = point[i];
            const JacobiLaw::Value p = own.density(x), P = own.above(x);
            values.push_back(
              {{"x", x},
               {"value", p.value},
               {"error estimate", estimate(p, other.density(x), defect)},
               {"probability above", P.value},
               {"error estimate of the probability", estimate(P, other.above(x), defect)}});
          }
        json["marginals"].push_back({{"coordinate", i}, {"values", values}});
        for (const double offset : grid(parameters.domain.whole_space, i))
          {
            const double           x = parameters.model.center[i] + offset;
            const JacobiLaw::Value p = own.density(x), P = own.above(x);
            table.rows.push_back({static_cast<double>(i),
                                  x,
                                  p.value,
                                  estimate(p, other.density(x), defect),
                                  P.value,
                                  estimate(P, other.above(x), defect)});
          }
      }
    return {json, {table}};
  }

  template Result
  density_laws<1>(const Parameters &, const ComparedDensities<1> &);
  template Result
  density_laws<2>(const Parameters &, const ComparedDensities<2> &);
  template Result
  density_laws<3>(const Parameters &, const ComparedDensities<3> &);
} // namespace dynkin
