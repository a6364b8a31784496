// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/chain_page.h"

#include "chain/interval_chain.h"
#include "discretization/switch_zeros.h"
#include "domain/box.h"
#include "theory/exit/exit_moments.h"
#include "utilities/exceptions.h"
#include "utilities/log.h"
#include "utilities/numerics.h"

#include <boost/math/quadrature/gauss_kronrod.hpp>

#include <cmath>
#include <optional>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    using Json = nlohmann::ordered_json;
    using Real = Transition::Real;

    constexpr double coarse = 5., fine = 3.5; // panels in spreads
    constexpr double rounding = 1e-15;
    constexpr double shift    = 0.58259715793901068; // -zeta(1/2)/sqrt(2 pi)

    /** An interval, or the radius of a ball: 0 is its left end, a mirror. */
    struct Line
    {
      double left, right;
      bool   is_radius, left_reflects, right_reflects;
      double dimension; // of the ball
      double growth;    // m of the diffusion alpha 1 + m z z^T [1/time]
    };

    Line
    line_of(const Parameters &parameters)
    {
      const DomainParameters &domain = parameters.domain;
      const auto             *box    = domain.shape->as<Box>();
      if (box == nullptr)
        throw InputError("Domain/shape",
                         "needs an interval for problem = discrete chain, or a ball of one group");
      if (!domain.periodic_axes().empty())
        throw InputError("Domain/boundary",
                         "needs walls that are not periodic for problem = discrete chain");
      const auto reflects = [&](const char *wall) {
        return domain.walls.at(wall) == BoundaryKind::reflecting;
      };
      if (!parameters.model.group_sizes.empty())
        return {0.,
                box->upper[0],
                true,
                true,
                reflects("right"),
                parameters.model.group_sizes[0],
                parameters.model.eta * parameters.model.kind().radial_growth()->at(0).at(0)};
      return {box->lower[0], box->upper[0], false, reflects("left"), reflects("right"), 1., 0.};
    }

    std::unique_ptr<Transition>
    create_transition(const Parameters &parameters, const Model<1> &model, const Line &line)
    {
      const double eps = parameters.chain.step;
      if (!line.is_radius || line.dimension == 1.)
        return std::make_unique<GaussianStep>(
          model, eps, line.left, line.right, line.left_reflects, line.right_reflects);
      if (line.right_reflects)
        throw InputError("Domain/boundary", "needs an absorbing wall");
      return std::make_unique<RadialStep>(model, line.dimension, line.growth, eps, line.right);
    }

    /** The diffusion on the line, or of the radius if its dimension is an integer of moderate size. */
    std::optional<ScalarDiffusion>
    diffusion_of(const Model<1> &model, const Line &line)
    {
      const auto a = [&model](const Real x) {
        return static_cast<Real>(model.diffusion(Point<1>(static_cast<double>(x)))[0][0]);
      };
      const auto b = [&model](const Real x) {
        return static_cast<Real>(model.drift(Point<1>(static_cast<double>(x)))[0]);
      };
      if (line.dimension == 1.)
        {
          const Real middle = 0.5L * (static_cast<Real>(line.left) + line.right);
          const auto slope  = [a, b](const Real x) { return -2.L * b(x) / a(x); };
          return ScalarDiffusion{1,
                                 [slope, middle](const Real x) {
                                   using Rule = boost::math::quadrature::gauss_kronrod<Real, 31>;
                                   return x == middle
                                            ? 0.L
                                            : Rule::integrate(slope, middle, x, 8, 1e-14L);
                                 },
                                 slope,
                                 a};
        }
      if (line.dimension != std::round(line.dimension) || line.dimension > 500.)
        return {};
      // a = a0 + a2 r^2, b = -h r
      const Real R = line.right, a0 = a(0.L), a2 = (a(R) - a0) / (R * R),
                 k = -b(R) / R + 0.5L * (line.dimension - 1.) * line.growth;
      return ScalarDiffusion{
        static_cast<unsigned int>(line.dimension),
        [=](const Real r) { return k * r * r / a0 * log1p_over(a2 * r * r / a0); },
        [=](const Real r) { return 2.L * k * r / (a0 + a2 * r * r); },
        [=](const Real r) { return a0 + a2 * r * r; }};
    }

    /** E tau/eps from x of the diffusion between walls that are moved outwards. */
    double
    steps_of(const ScalarDiffusion &diffusion,
             const Line            &line,
             const double           eps,
             const double           x,
             const double           widths)
    {
      const auto out = [&](const double wall, const bool reflects) {
        return reflects ? 0. : widths * std::sqrt(static_cast<double>(diffusion.a(wall)) * eps);
      };
      const ReflectingEnd end = line.left_reflects    ? ReflectingEnd::left
                                : line.right_reflects ? ReflectingEnd::right
                                                      : ReflectingEnd::none;
      const ExitMoments   moments(diffusion,
                                line.left - out(line.left, line.left_reflects),
                                line.right + out(line.right, line.right_reflects),
                                end);
      return static_cast<double>(moments.value(1, x) / eps);
    }

    /** The process whose mean and variance after eps are those of the chain; for constant noise. */
    std::optional<ScalarDiffusion>
    matched(const Parameters &parameters, const Line &line)
    {
      const auto coordinates = parameters.model.kind().as_independent();
      if (!coordinates || coordinates->rho[0] != 0.)
        return {};
      const Real eps = parameters.chain.step, h = coordinates->h[0];
      if (!(eps * h < 1.L))
        return {};
      const Real rate = -std::log1p(-eps * h) / eps, w = parameters.model.center[0];
      const Real a = parameters.model.eta * coordinates->sigma[0] * eps * -2.L * rate /
                     std::expm1(-2.L * rate * eps);
      const auto d = static_cast<unsigned int>(line.dimension);
      if (d != line.dimension || d > 500)
        return {};
      return ScalarDiffusion{d,
                             [=](const Real x) { return rate / a * (x - w) * (x - w); },
                             [=](const Real x) { return 2.L * rate / a * (x - w); },
                             [=](const Real) { return a; }};
    }

    /** A number of the chain by two solutions. */
    struct Number
    {
      Real   value;
      double relative; // estimate
    };

    Number
    compare(const Real value, const Real other)
    {
      return {value,
              value == 0.L && other == 0.L
                ? 0.
                : static_cast<double>(std::abs(other / value - 1.L)) + rounding};
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

  ChainPage::ChainPage(const Parameters &parameters)
  {
    const Line                        line       = line_of(parameters);
    const std::unique_ptr<Model<1>>   model      = create_model<1>(parameters.model);
    const double                      eps        = parameters.chain.step;
    const std::unique_ptr<Transition> transition = create_transition(parameters, *model, line);
    std::vector<double>               faces;
    for (const CoefficientSwitch<1> &place : model->switches())
      find_zeros(place, line.left, line.right, 1e-3 * (line.right - line.left), faces);

    const IntervalChain rough(*transition, faces, coarse), chain(*transition, faces, fine);
    const unsigned int  n_moments = parameters.quantities.moments;
    const auto moments = moments_of(chain, n_moments), others = moments_of(rough, n_moments);

    const auto tell = [&](const std::string &what, const std::string &value) {
      lines += what + std::string(what.size() < 16 ? 16 - what.size() : 1, ' ') + value + "\n";
    };
    const auto text = [](const Number &number) {
      const double value = static_cast<double>(number.value);
      return std::isfinite(value)
               ? with_error(value, std::abs(value) * number.relative)
               : power_with_error(static_cast<double>(std::log10(number.value)), number.relative);
    };
    const auto put = [&](Json &json, const std::string &key, const Number &number) {
      const double value   = static_cast<double>(number.value);
      json[key]            = std::isfinite(value) ? Json(value) : Json();
      const std::string of = key == "mean steps" || key == "value" ? "" : " of " + key;
      json["error estimate" + of] =
        std::isfinite(value) ? Json(std::abs(value) * number.relative) : Json();
      json["relative error estimate" + of] = number.relative;
      largest                              = std::max(largest, number.relative);
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
    Json       list         = Json::array();
    tell("chain",
         "z' = z + eps b(z) + sqrt(eps) s(z) xi, xi ~ N(0, 1), eps = " + format_number(eps, 15) +
           "; " + std::to_string(chain.size()) + " points");
    const Number rate = compare(chain.slowest_mode().rate, rough.slowest_mode().rate);
    tell("rate per step", text(rate));
    for (const std::vector<double> &point : parameters.quantities.points)
      {
        const double      x     = point[0];
        const std::string at    = "at (" + format_number(x) + ")   ";
        Json              entry = {{"point", point}};
        const Number      mean =
          compare(moment_at(chain, moments, x, 1), moment_at(rough, others, x, 1));
        put(entry, "mean steps", mean);
        entry["log10"] = static_cast<double>(std::log10(mean.value));
        tell("E[steps]", at + text(mean));
        entry["moments"] = Json::array();
        for (unsigned int n = 1; n <= n_moments; ++n)
          {
            const Number moment =
              compare(moment_at(chain, moments, x, n), moment_at(rough, others, x, n));
            Json part = {{"power", n}};
            put(part, "value", moment);
            entry["moments"].push_back(part);
            if (n > 1)
              tell("E[steps^" + std::to_string(n) + "]", at + text(moment));
          }
        entry["survival"] = Json::array();
        for (const double K : parameters.chain.steps)
          {
            const auto   n    = static_cast<unsigned long>(K);
            const Number s    = compare(chain.survival_at(x, n), rough.survival_at(x, n));
            Json         part = {{"steps", n}};
            put(part, "value", s);
            entry["survival"].push_back(part);
            tell("P[steps > " + std::to_string(n) + "]", at + text(s));
          }
        entry["quantiles"] = Json::array();
        for (const double p : parameters.quantities.quantiles)
          {
            const Real K = chain.quantile(x, p), other = rough.quantile(x, p);
            Json       part        = {{"probability", p}, {"steps", static_cast<double>(K)}};
            part["error estimate"] = static_cast<double>(std::abs(K - other));
            entry["quantiles"].push_back(part);
            tell("quantile",
                 at + "p = " + format_number(p) + "   " +
                   format_number(static_cast<double>(K), 15));
          }
        const Transition::Exit exit = transition->exit(x);
        for (const Side &side : sides)
          {
            const Real p             = exit.*side.probability + chain.apply_at(x, side.p),
                       rough_p       = exit.*side.probability + rough.apply_at(x, side.rough_p),
                       d             = exit.*side.distance + chain.apply_at(x, side.d),
                       rough_d       = exit.*side.distance + rough.apply_at(x, side.rough_d);
            const Number probability = compare(p, rough_p),
                         over        = compare(d / p, rough_d / rough_p);
            Json part                = {{"wall", side.wall}};
            put(part, "value", probability);
            put(part, "mean overshoot", over);
            entry["exit place"].push_back(part);
            tell("P[" + side.wall + "]",
                 at + text(probability) + ", overshoot on average " + text(over));
          }
        Json continuous = {
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
              tell("SDE, " + name,
                   at + format_number(steps, 10) + " steps, " +
                     format_number(100. * static_cast<double>(steps / mean.value - 1.L), 3) + " %");
            }
          catch (const std::domain_error &)
            {
              // not resolved by quadrature: null
            }
        };
        beside("plain", plain, 0.);
        beside("shifted", plain, shift);
        beside("matched and shifted", with_moments, shift);
        entry["continuous"] = continuous;
        list.push_back(entry);
      }
    page["discrete chain"] = list;
    Json law               = Json::object();
    put(law, "value", rate);
    page["discrete chain rate per step"] = law;
    page["step"]                         = eps;
  }

  const nlohmann::ordered_json &
  ChainPage::json() const
  {
    return page;
  }

  std::string
  ChainPage::text() const
  {
    return lines;
  }

  double
  ChainPage::largest_estimate() const
  {
    return largest;
  }
} // namespace dynkin
