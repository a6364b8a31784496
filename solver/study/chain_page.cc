// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/chain_page.h"

#include "chain/gaussian_step.h"
#include "chain/interval_chain.h"
#include "chain/mini_batch_step.h"
#include "discretization/switch_zeros.h"
#include "study/chain_diffusion.h"
#include "study/chain_tail.h"
#include "utilities/exceptions.h"
#include "utilities/log.h"
#include "utilities/numerics.h"

#include <cmath>
#include <optional>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    using Real = Transition::Real;

    constexpr double coarse = 5., fine = 3.5; // panels in spreads
    constexpr double rounding_of_gaussians = 1e-15, rounding_of_batches = 2e-12;

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

    /** A number of the chain by two solutions. */
    Number
    compare(const Real value, const Real other, const double rounding)
    {
      return {value, std::abs(other - value) + rounding * std::abs(value)};
    }

    /** Of n-th moments E tau^n, n = 1, 2, ... at the points of a chain. */
    std::vector<IntervalChain::Vector>
    moments_of(const IntervalChain &chain, const unsigned int n_moments)
    {
      std::vector<IntervalChain::Vector> moments;
      for (unsigned int n = 1; n <= n_moments; ++n)
        {
          // tau = 1 + tau', if the step stays inside
          IntervalChain::Vector f(chain.size(), 1.L);
          Real                  binomial = 1.L;
          for (unsigned int k = 1; k < n; ++k)
            {
              binomial *= static_cast<Real>(n - k + 1) / k;
              const IntervalChain::Vector p = chain.apply(moments[k - 1]);
              for (std::size_t i = 0; i < f.size(); ++i)
                f[i] += binomial * p[i];
            }
          moments.push_back(chain.solve(f));
        }
      return moments;
    }

    /** E tau^n from x. */
    Real
    moment_at(const IntervalChain                      &chain,
              const std::vector<IntervalChain::Vector> &moments,
              const Real                                x,
              const unsigned int                        n)
    {
      Real value = 1.L, binomial = 1.L;
      for (unsigned int k = 1; k <= n; ++k)
        {
          binomial *= static_cast<Real>(n - k + 1) / k;
          value += binomial * chain.apply_at(x, moments[k - 1]);
        }
      return value;
    }
  } // namespace

  Result
  chain_page(const Parameters &parameters, const Log &log)
  {
    const ProblemKind &kind = *parameters.kind;
    log.line("equation",
             parameters.chain.is_mini_batch()
               ? "u(z) = 1 + E[u(z'); z' inside],  z' = z - eta grad of the loss on a mini-batch"
               : kind.equation);
    log.line("walls", kind.walls);
    log.line("model", create_model<1>(parameters.model)->description());
    log.line("domain", parameters.domain.describe());
    Result                            page;
    double                            largest = 0.; // relative error estimate
    const Line                        line    = line_of(parameters);
    const std::unique_ptr<Model<1>>   model   = create_model<1>(parameters.model);
    const double                      eps     = parameters.chain.step;
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
    const auto compare = [rounding](const Real value, const Real other) {
      return dynkin::compare(value, other, rounding);
    };
    const std::string   step_entry = is_mini_batch ? "Model/learning rate" : "Discrete chain/step";
    const IntervalChain rough(*other_transition, faces, coarse, step_entry),
      chain(*transition, faces, fine, step_entry);
    const unsigned int n_moments = parameters.quantities.moments;
    const auto moments = moments_of(chain, n_moments), others = moments_of(rough, n_moments);

    const auto seen =
      [&largest](const Number &number) { // nobody needs the digits of what doubles do not hold
        if (static_cast<double>(number.value) != 0.)
          largest = std::max(largest, number.relative_error());
        return number;
      };

    // by sides: probabilities and distances beyond the wall, in the end
    using Part = Real Transition::Exit::*;
    struct Side
    {
      std::string           wall;
      Part                  probability, distance;
      IntervalChain::Vector p, d, rough_p, rough_d; // at the points
    };
    const auto of_exits = [](const IntervalChain &of, const Part part) {
      IntervalChain::Vector f;
      for (const Transition::Exit &exit : of.exits())
        f.push_back(exit.*part);
      return of.solve(f);
    };
    std::vector<Side> sides;
    for (const auto &[wall, reflects, probability, distance] :
         {std::make_tuple(
            "left", line.left_reflects, &Transition::Exit::left, &Transition::Exit::distance_left),
          std::make_tuple("right",
                          line.right_reflects,
                          &Transition::Exit::right,
                          &Transition::Exit::distance_right)})
      if (!reflects)
        sides.push_back({wall,
                         probability,
                         distance,
                         of_exits(chain, probability),
                         of_exits(chain, distance),
                         of_exits(rough, probability),
                         of_exits(rough, distance)});

    const auto plain        = diffusion_of(*model, line);
    const auto with_moments = matched(parameters, line);
    Record     list         = Record::list();
    page.tell("chain",
              (is_mini_batch ? "SGD, z' = z - eta grad on mini-batches of fresh samples, eta = "
                             : "z' = z + eps b(z) + sqrt(eps) s(z) xi, xi ~ N(0, 1), eps = ") +
                format_number(eps, 15) + "; " + std::to_string(chain.size()) + " points");
    const IntervalChain::Mode *mode = chain.slowest_mode(), *other_mode = rough.slowest_mode();
    std::optional<Number>      rate;
    if (mode != nullptr && other_mode != nullptr)
      rate = compare(mode->rate, other_mode->rate);
    page.tell("rate per step", rate ? in_words(*rate) : "none: no slowest mode stands out");
    for (const std::vector<double> &point : parameters.quantities.points)
      {
        const double      x     = point[0];
        const std::string at    = point_in_words(point) + "   ";
        Record            entry = {{"point", point}};
        const Number      mean =
          seen(compare(moment_at(chain, moments, x, 1), moment_at(rough, others, x, 1)));
        page.quantity(entry, "mean steps", mean, "E[steps]", at);
        entry["log10"] = mean.log10();
        Record powers = Record::list(), survivals = powers, times = powers, places = powers;
        for (unsigned int n = 1; n <= n_moments; ++n)
          {
            const Number moment =
              seen(compare(moment_at(chain, moments, x, n), moment_at(rough, others, x, n)));
            Record part = {{"power", n}};
            part.put("value", moment);
            powers.add(part);
            if (n > 1)
              page.tell("E[steps^" + std::to_string(n) + "]", at + in_words(moment));
          }
        for (const double K : parameters.chain.steps)
          {
            const auto n    = static_cast<unsigned long>(K);
            Record     part = {{"steps", n}};
            page.quantity(part,
                          "value",
                          seen(compare(chain.survival_at(x, n), rough.survival_at(x, n))),
                          "P[steps > " + std::to_string(n) + "]",
                          at);
            survivals.add(part);
          }
        for (const double p : parameters.quantities.quantiles)
          {
            const Real K    = chain.quantile(x, p);
            Record     part = {{"probability", p}};
            part.put("steps", {K, std::abs(K - rough.quantile(x, p))});
            times.add(part);
            page.tell("quantile",
                      at + "p = " + format_number(p) + "   " +
                        format_number(static_cast<double>(K), 15));
          }
        const Transition::Exit exit = transition->exit(x), other_exit = other_transition->exit(x);
        for (const Side &side : sides)
          {
            const Real p       = exit.*side.probability + chain.apply_at(x, side.p),
                       rough_p = other_exit.*side.probability + rough.apply_at(x, side.rough_p),
                       d       = exit.*side.distance + chain.apply_at(x, side.d),
                       rough_d = other_exit.*side.distance + rough.apply_at(x, side.rough_d);
            const Number probability = seen(compare(p, rough_p)),
                         over        = seen(compare(d / p, rough_d / rough_p));
            Record part              = {{"wall", side.wall}};
            part.put("value", probability);
            part.put_also("mean overshoot", over);
            places.add(part);
            page.tell("P[" + side.wall + "]",
                      at + in_words(probability) + ", overshoot on average " + in_words(over));
          }
        entry.update({{"moments", powers},
                      {"survival", survivals},
                      {"quantiles", times},
                      {"exit place", places}});
        Record continuous = {
          {"plain", nullptr}, {"shifted", nullptr}, {"matched and shifted", nullptr}};
        const auto beside = [&](const std::string                    &name,
                                const std::optional<ScalarDiffusion> &process,
                                const double                          widths) {
          if (!process)
            return;
          try
            {
              const double steps = steps_of(*process, line, eps, x, widths);
              if (!std::isfinite(steps))
                return;
              continuous[name] = steps;
              page.tell("SDE, " + name,
                        at + format_number(steps, 10) + " steps, " +
                          format_number(100. * static_cast<double>(steps / mean.value - 1.L), 3) +
                          " %");
            }
          catch (const std::domain_error &)
            {
              // not resolved by quadrature: null
            }
        };
        beside("plain", plain, 0.);
        beside("shifted", plain, boundary_shift);
        beside("matched and shifted", with_moments, boundary_shift);
        entry["continuous"] = continuous;
        list.add(entry);
      }
    Record law;
    if (rate)
      law.put("value", seen(*rate));
    else
      law["value"] = nullptr;
    page.numbers = {{"discrete chain", list},
                    {"discrete chain rate per step", law},
                    {"step", eps},
                    {"noise", parameters.chain.noise}};

    const ChainTail tail = chain_tail(parameters, *model, line);
    if (tail.chain || tail.diffusion || tail.infinite_variance_from)
      {
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

    const double tolerance = parameters.discretization.tolerance > 0.
                               ? parameters.discretization.tolerance
                             : is_mini_batch ? 1e-6
                                             : 1e-8;
    if (!(largest <= tolerance))
      page.objection = "the largest relative error estimate is " + format_number(largest, 2) +
                       ", above " + format_number(tolerance);
    return page;
  }
} // namespace dynkin
