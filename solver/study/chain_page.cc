// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/chain_page.h"

#include "chain/cell_chain.h"
#include "chain/gaussian_step.h"
#include "chain/interval_chain.h"
#include "chain/mini_batch_step.h"
#include "discretization/switch_zeros.h"
#include "domain/box.h"
#include "study/chain_diffusion.h"
#include "study/chain_tail.h"
#include "study/space_diffusion.h"
#include "utilities/exceptions.h"
#include "utilities/log.h"
#include "utilities/numerics.h"

#include <cmath>
#include <functional>
#include <optional>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    using Real = Transition::Real;

    constexpr double coarse = 5., fine = 3.5; // panels in spreads
    constexpr double rounding_of_gaussians = 1e-15, rounding_of_batches = 2e-12,
                     rounding_of_cells = 1e-13;

    /** `panel` is that of the panels of functions, in spreads. */
    std::unique_ptr<Transition>
    create_transition(const Parameters &parameters,
                      const Model<1>   &model,
                      const Line       &line,
                      const double      panel)
    {
      const double eps = parameters.chain.step;
      if (parameters.chain.is_mini_batch())
        {
          const LinearRegressionParameters &law = parameters.model.linear_regression;
          const double s = law.eigenvalues.empty() ? law.covariance[0][0] : law.eigenvalues[0];
          return std::make_unique<MiniBatchStep>(
            MiniBatchStep::Noise{law.batch_size,
                                 line.dimension,
                                 eps * s / law.batch_size,
                                 std::sqrt(law.label_noise_variance / s),
                                 parameters.model.center[0]},
            line.left,
            line.right,
            line.is_radius,
            panel);
        }
      if (!line.is_radius || line.dimension == 1.)
        return std::make_unique<GaussianStep>(
          model, eps, line.left, line.right, line.left_reflects, line.right_reflects);
      if (line.right_reflects)
        throw InputError("Domain/boundary", "needs an absorbing wall");
      return std::make_unique<RadialStep>(model, line.dimension, line.growth, eps, line.right);
    }

    /** "SDE, plain   at (0)   312.2 steps, -14 %". */
    void
    tell_deviation(Result                    &page,
                   const std::string         &name,
                   const std::vector<double> &point,
                   const double               steps,
                   const Number              &mean)
    {
      page.tell("SDE, " + name,
                point_in_words(point) + "   " + format_number(steps, 10) + " steps, " +
                  format_number(100. * static_cast<double>(steps / mean.value - 1.L), 3) + " %");
    }

    /** Of n-th moments E tau^n, n = 1, 2, ... at the places of a chain. */
    std::vector<MarkovChain::Vector>
    moments_of(const MarkovChain &chain, const unsigned int n_moments)
    {
      std::vector<MarkovChain::Vector> moments;
      for (unsigned int n = 1; n <= n_moments; ++n)
        {
          // tau = 1 + tau', if the step stays inside
          MarkovChain::Vector f(chain.size(), 1.L);
          Real                binomial = 1.L;
          for (unsigned int k = 1; k < n; ++k)
            {
              binomial *= static_cast<Real>(n - k + 1) / k;
              const MarkovChain::Vector p = chain.apply(moments[k - 1]);
              for (std::size_t i = 0; i < f.size(); ++i)
                f[i] += binomial * p[i];
            }
          moments.push_back(chain.solve(f));
        }
      return moments;
    }

    /** E tau^n from where the expectations after a step are `row`. */
    Real
    moment_from(const MarkovChain::Vector              &row,
                const std::vector<MarkovChain::Vector> &moments,
                const unsigned int                      n)
    {
      Real value = 1.L, binomial = 1.L;
      for (unsigned int k = 1; k <= n; ++k)
        {
          binomial *= static_cast<Real>(n - k + 1) / k;
          value += binomial * MarkovChain::product(row, moments[k - 1]);
        }
      return value;
    }

    /** What is told beside a number of steps from a point: by the diffusion. */
    using Beside = std::function<Record(const std::vector<double> &, const Number &, Result &)>;

    /** All numbers of a chain, with estimates from another one on fewer places. */
    class ChainNumbers
    {
    public:
      /** `rounding` is a relative error that both share; `walls` are those that absorb, by number and name. */
      ChainNumbers(const Parameters                                        &parameters,
                   const PlacedChain                                       &chain,
                   const PlacedChain                                       &rough,
                   const std::vector<std::pair<unsigned int, std::string>> &walls,
                   const double                                             rounding,
                   const double                                             tolerance)
        : parameters(parameters)
        , chain(chain)
        , rough(rough)
        , rounding(rounding)
        , tolerance(parameters.discretization.tolerance > 0. ? parameters.discretization.tolerance
                                                             : tolerance)
        , moments(moments_of(chain, parameters.quantities.moments))
        , rough_moments(moments_of(rough, parameters.quantities.moments))
      {
        for (const auto &[id, name] : walls)
          sides.push_back({id, name, of_exits(chain, id), of_exits(rough, id)});
      }

      Result
      result(const Beside &beside)
      {
        tell_rate();
        Record list = Record::list();
        for (const std::vector<double> &point : parameters.quantities.points)
          list.add(from(point, beside));
        page.numbers.update({{"discrete chain", list},
                             {"step", parameters.chain.step},
                             {"noise", parameters.chain.noise}});
        if (!(largest <= tolerance))
          page.objection = "the largest relative error estimate is " + format_number(largest, 2) +
                           ", above " + format_number(tolerance);
        return page;
      }

    private:
      /** Functions of a wall, for the chain and the rough one: of what is there. */
      struct OfExits
      {
        MarkovChain::Vector p, distance; // no distance: not known
      };

      struct Side
      {
        unsigned int id;
        std::string  name;
        OfExits      of_chain, of_rough;
      };

      static OfExits
      of_exits(const PlacedChain &of, const unsigned int id)
      {
        MarkovChain::Vector p, distance;
        for (const PlacedChain::Exit &exit : of.exits())
          {
            p.push_back(exit.probability[id]);
            if (!exit.distance.empty())
              distance.push_back(exit.distance[id]);
          }
        return {of.solve(p),
                distance.size() == of.size() ? of.solve(distance) : MarkovChain::Vector()};
      }

      /** By two solutions. */
      Number
      compare(const Real value, const Real other)
      {
        const Number number = {value, std::abs(other - value) + rounding * std::abs(value)};
        // nobody needs the digits of what doubles do not hold
        if (static_cast<double>(value) != 0.)
          largest = std::max(largest, number.relative_error());
        return number;
      }

      void
      tell_rate()
      {
        const MarkovChain::Mode *mode = chain.slowest_mode(), *other = rough.slowest_mode();
        Record                   law = {{"value", nullptr}};
        if (mode != nullptr && other != nullptr)
          {
            const Number rate = compare(mode->rate, other->rate);
            law.put("value", rate);
            page.tell("rate per step", in_words(rate));
          }
        else
          page.tell("rate per step", "none: no slowest mode stands out");
        page.numbers["discrete chain rate per step"] = law;
      }

      Record
      from(const std::vector<double> &point, const Beside &beside)
      {
        const std::string         at  = point_in_words(point) + "   ";
        const MarkovChain::Vector row = chain.row(point), other_row = rough.row(point);
        Record                    entry  = {{"point", point}};
        const auto                moment = [&](const unsigned int n) {
          return compare(moment_from(row, moments, n), moment_from(other_row, rough_moments, n));
        };
        const Number mean = moment(1);
        page.quantity(entry, "mean steps", mean, "E[steps]", at);
        entry["log10"] = mean.log10();
        Record powers = Record::list(), survivals = powers, times = powers, places = powers;
        for (unsigned int n = 1; n <= parameters.quantities.moments; ++n)
          {
            const Number number = moment(n);
            Record       part   = {{"power", n}};
            part.put("value", number);
            powers.add(part);
            if (n > 1)
              page.tell("E[steps^" + std::to_string(n) + "]", at + in_words(number));
          }
        for (const double K : parameters.chain.steps)
          {
            const auto n    = static_cast<unsigned long>(K);
            Record     part = {{"steps", n}};
            page.quantity(part,
                          "value",
                          compare(chain.survival_from(row, n), rough.survival_from(other_row, n)),
                          "P[steps > " + std::to_string(n) + "]",
                          at);
            survivals.add(part);
          }
        for (const double p : parameters.quantities.quantiles)
          {
            const Real K    = chain.quantile_from(row, p);
            Record     part = {{"probability", p}};
            part.put("steps", {K, std::abs(K - rough.quantile_from(other_row, p))});
            times.add(part);
            page.tell("quantile",
                      at + "p = " + format_number(p) + "   " +
                        format_number(static_cast<double>(K), 15));
          }
        const PlacedChain::Exit exit = chain.exit(point), other_exit = rough.exit(point);
        for (const Side &side : sides)
          {
            const Real p = exit.probability[side.id] + MarkovChain::product(row, side.of_chain.p),
                       rough_p = other_exit.probability[side.id] +
                                 MarkovChain::product(other_row, side.of_rough.p);
            const Number probability = compare(p, rough_p);
            Record       part        = {{"wall", side.name}};
            part.put("value", probability);
            std::string overshoot;
            if (!side.of_chain.distance.empty() && !side.of_rough.distance.empty() &&
                !exit.distance.empty())
              {
                const Real d = exit.distance[side.id] +
                               MarkovChain::product(row, side.of_chain.distance),
                           rough_d = other_exit.distance[side.id] +
                                     MarkovChain::product(other_row, side.of_rough.distance);
                const Number over = compare(d / p, rough_d / rough_p);
                part.put_also("mean overshoot", over);
                overshoot = ", overshoot on average " + in_words(over);
              }
            places.add(part);
            page.tell("P[" + side.name + "]", at + in_words(probability) + overshoot);
          }
        entry.update({{"moments", powers},
                      {"survival", survivals},
                      {"quantiles", times},
                      {"exit place", places}});
        entry["continuous"] = beside(point, mean, page);
        return entry;
      }

      const Parameters                      &parameters;
      const PlacedChain                     &chain, &rough;
      const double                           rounding, tolerance;
      const std::vector<MarkovChain::Vector> moments, rough_moments;
      std::vector<Side>                      sides;
      Result                                 page;
      double                                 largest = 0.; // relative error estimate
    };

    void
    tell_chain(Result &page, const Parameters &parameters, const std::size_t n_places)
    {
      page.tell("chain",
                (parameters.chain.is_mini_batch()
                   ? "SGD, z' = z - eta grad on mini-batches of fresh samples, eta = "
                   : "z' = z + eps b(z) + sqrt(eps) s(z) xi, xi ~ N(0, 1), eps = ") +
                  format_number(parameters.chain.step, 15) + "; " + std::to_string(n_places) +
                  " points");
    }

    void
    include(Result &page, const Result &numbers)
    {
      page.include(numbers, page.numbers);
      page.objection = numbers.objection;
    }

    void
    tell_tail(Result &page, const ChainTail &tail)
    {
      if (!tail.chain && !tail.diffusion && !tail.infinite_variance_from)
        return;
      Record index = {{"chain", nullptr}};
      if (tail.chain)
        {
          index["chain"]          = tail.chain->value;
          index["error estimate"] = tail.chain->error;
        }
      index.update({{"SDE", tail.diffusion},
                    {"infinite variance from learning rate", tail.infinite_variance_from}});
      page.numbers["tail index"] = index;
      page.tell("tail index",
                (tail.chain ? with_error(tail.chain->value, tail.chain->error) : "none") +
                  ", SDE " + (tail.diffusion ? format_number(*tail.diffusion, 10) : "none") +
                  (tail.infinite_variance_from ? "; infinite variance from learning rate " +
                                                   format_number(*tail.infinite_variance_from, 10)
                                               : ""));
    }

    template <int dim>
    std::unique_ptr<Model<dim>>
    tell_header(const Parameters &parameters, const Log &log)
    {
      log.line("equation",
               parameters.chain.is_mini_batch()
                 ? "u(z) = 1 + E[u(z'); z' inside],  z' = z - eta grad of the loss on a mini-batch"
                 : parameters.kind->equation);
      log.line("walls", parameters.kind->walls);
      std::unique_ptr<Model<dim>> model = create_model<dim>(parameters.model);
      log.line("model", model->description());
      log.line("domain", parameters.domain.describe());
      return model;
    }

    Result
    line_page(const Parameters &parameters, const Log &log)
    {
      const Line                        line  = line_of(parameters);
      const std::unique_ptr<Model<1>>   model = tell_header<1>(parameters, log);
      const double                      eps   = parameters.chain.step;
      const std::unique_ptr<Transition> transition =
        create_transition(parameters, *model, line, fine);
      const std::unique_ptr<Transition> other_transition =
        create_transition(parameters, *model, line, coarse);
      std::vector<double> faces;
      for (const CoefficientSwitch<1> &place : model->switches())
        find_zeros(place, line.left, line.right, 1e-3 * (line.right - line.left), faces);

      const bool is_mini_batch = parameters.chain.is_mini_batch();
      // sums of positive terms there, polynomials and log-densities of size B + d here
      const double rounding =
        is_mini_batch ? rounding_of_batches +
                          1e-15 * (parameters.model.linear_regression.batch_size + line.dimension)
                      : rounding_of_gaussians;
      const std::string step_entry = is_mini_batch ? "Model/learning rate" : "Discrete chain/step";
      const IntervalChain rough(*other_transition, faces, coarse, step_entry),
        chain(*transition, faces, fine, step_entry);
      std::vector<std::pair<unsigned int, std::string>> walls;
      if (!line.left_reflects)
        walls.emplace_back(0, "left");
      if (!line.right_reflects)
        walls.emplace_back(1, "right");

      const auto plain        = diffusion_of(*model, line);
      const auto with_moments = matched(parameters, line);
      const auto continuous =
        [&](const std::vector<double> &point, const Number &mean, Result &page) {
          Record record = {
            {"plain", nullptr}, {"shifted", nullptr}, {"matched and shifted", nullptr}};
          const auto beside = [&](const std::string                    &name,
                                  const std::optional<ScalarDiffusion> &process,
                                  const double                          widths) {
            if (!process)
              return;
            try
              {
                const double steps = steps_of(*process, line, eps, point[0], widths);
                if (!std::isfinite(steps))
                  return;
                record[name] = steps;
                tell_deviation(page, name, point, steps, mean);
              }
            catch (const std::domain_error &)
              {
                // not resolved by quadrature: null
              }
          };
          beside("plain", plain, 0.);
          beside("shifted", plain, boundary_shift);
          beside("matched and shifted", with_moments, boundary_shift);
          return record;
        };
      Result page;
      tell_chain(page, parameters, chain.size());
      include(page,
              ChainNumbers(parameters, chain, rough, walls, rounding, is_mini_batch ? 1e-6 : 1e-8)
                .result(continuous));
      tell_tail(page, chain_tail(parameters, *model, line));
      return page;
    }

    template <int dim>
    Result
    space_page(const Parameters &parameters, const Log &log)
    {
      const std::unique_ptr<Model<dim>> model  = tell_header<dim>(parameters, log);
      DomainParameters                  domain = parameters.domain;
      if (domain.shape->as<Box>()) // its walls are not even
        domain.mirror.clear();
      const CellChain<dim> rough(*model, domain, parameters.chain.step, true),
        chain(*model, domain, parameters.chain.step, false);
      std::vector<std::pair<unsigned int, std::string>> walls;
      for (const std::string &name : parameters.domain.shape->wall_names)
        walls.emplace_back(static_cast<unsigned int>(walls.size()), name);
      Result page;
      tell_chain(page, parameters, chain.size());
      const auto plain = exit_times_of_diffusion<dim>(parameters, *model, parameters.domain.shape);
      std::vector<std::optional<double>> shifted(plain.size());
      if (const auto shape = shifted_shape<dim>(parameters))
        shifted = exit_times_of_diffusion<dim>(parameters, *model, shape);
      std::size_t k = 0; // of the point
      include(page,
              ChainNumbers(parameters, chain, rough, walls, rounding_of_cells, 1e-8)
                .result([&](const std::vector<double> &point, const Number &mean, Result &page) {
                  Record record = Record::named();
                  for (const auto &[name, time] :
                       {std::make_pair("plain", plain[k]), std::make_pair("shifted", shifted[k])})
                    {
                      const double steps = time.value_or(0.) / parameters.chain.step;
                      record[name]       = time ? Record(steps) : Record();
                      if (time)
                        tell_deviation(page, name, point, steps, mean);
                    }
                  record["matched and shifted"] = nullptr;
                  ++k;
                  return record;
                }));
      return page;
    }
  } // namespace

  Result
  chain_page(const Parameters &parameters, const Log &log)
  {
    return parameters.dimension == 1   ? line_page(parameters, log)
           : parameters.dimension == 2 ? space_page<2>(parameters, log)
                                       : space_page<3>(parameters, log);
  }
} // namespace dynkin
